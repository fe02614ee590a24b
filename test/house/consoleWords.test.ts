import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readSource, repositoryFiles } from './tree.ts'

const folder = path.resolve(import.meta.dirname, '../../console/src')
const files = ['words.ts', ...readdirSync(path.join(folder, 'words')).map(name => path.join('words', name))]

/** The files are spread into one table, in which the last one would win without a word. */
test.each(['zh', 'en'])('no sentence of the supervisors’ pages has the name of another one: %s', language => {
  const places = new Map<string, string[]>()
  for (const file of files) {
    const text = readFileSync(path.join(folder, file), 'utf8')
    const table = new RegExp(`const ${language}\\b[^=]*= \\{\\n([^]*?)\\n\\}`).exec(text)?.[1] ?? ''
    const names = [...table.matchAll(/^ {2}(?:'([^']+)'|([\w$]+)):/gm)].map(found => found[1] ?? found[2] ?? '')
    expect(names.length, file).toBeGreaterThan(0)
    for (const name of names) places.set(name, [...(places.get(name) ?? []), file])
  }
  expect([...places].filter(([, where]) => where.length > 1)).toEqual([])
})

/** An auditor reads what was done, not what we call it. */
test('whatever is written into the audit trail by name has words on the page of the trail', () => {
  const words = files.map(file => readFileSync(path.join(folder, file), 'utf8')).join('\n')
  const source = repositoryFiles(['src']).filter(file => file.endsWith('.ts') && !/\.test\.ts$|\/testing\//.test(file))
  const deeds = source.flatMap(file => {
    return [...readSource(file).text.matchAll(/\baction: '(\w+(?:\.\w+)+)'/g)].map(found => found[1] ?? '')
  })
  expect(deeds.length).toBeGreaterThan(30)
  const inBoth = (deed: string) => words.split(`'act_${deed}':`).length === 3
  expect([...new Set(deeds)].filter(deed => !inBoth(deed))).toEqual([])
})
