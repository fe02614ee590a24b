import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { compileFlow } from '../flowFile.ts'
import { assembleLibrary } from '../library.ts'
import { smallTools } from '../testdata/smallLibrary.ts'
import { languages } from '../types.ts'
import type { Finding } from './finding.ts'
import { checkFlows, rules } from './registry.ts'

const texts = z.record(z.string(), z.unknown())
const side = z.strictObject({
  flows: z.array(z.unknown()),
  /** The same in both languages, unless `enOnly`/`zhOnly` say more. */
  texts: texts.default({}),
  zhOnly: texts.default({}),
  commandNames: z.array(z.string()).optional(),
  migrations: z.array(z.unknown()).default([]),
  positions: z
    .array(z.strictObject({ flow: z.string(), revision: z.int(), step: z.string(), count: z.int() }))
    .default([]),
})
/** `sound` differs from `broken` in the one thing the rule is about. */
const sample = z.strictObject({ broken: side, step: z.string().nullable(), sound: side })

describe.each(rules.map(rule => rule.name))('%s', name => {
  const file = new URL(`testdata/${name}.yaml`, import.meta.url)

  test('has a sample', () => expect(existsSync(file)).toBe(true))

  const { broken, step, sound } = sample.parse(parse(readFileSync(file, 'utf8')))
  test('finds what is wrong in its broken sample, at the right step', () => {
    expect(findings(broken, name).map(finding => finding.step)).toContain(step)
  })
  test('finds nothing in the sound one', () => expect(findings(sound, name)).toEqual([]))
})

function findings(sources: z.infer<typeof side>, rule: string): Finding[] {
  const flows = sources.flows.map((content, n) => ({ file: `flows/sample-${n + 1}.yaml`, content }))
  const locales = languages.flatMap(language =>
    Object.entries({ ...sources.texts, ...(language === 'zh-CN' ? sources.zhOnly : {}) }).map(
      ([namespace, content]) => ({
        language,
        namespace,
        file: `locales/${language}/${namespace}.yaml`,
        content,
      }),
    ),
  )
  const { commandNames } = sources
  const migrations = sources.migrations.map((content, n) => ({ file: `migrations/${n + 1}.yaml`, content }))
  const library = assembleLibrary(
    { flows, locales, migrations },
    { ...smallTools, ...(commandNames ? { commandNames } : {}) },
  )
  return checkFlows(library, flows.map(compileFlow), sources.positions).filter(finding => finding.rule === rule)
}
