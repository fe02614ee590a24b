import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import type { FlowSource } from '../../src/conversation/flowFile.ts'
import { compileLibrary } from '../../src/conversation/library.ts'
import { commitmentsSchema } from '../../src/domain/packs/commitments.ts'
import { libraryTools } from '../../src/runtime/knowledge.ts'
import { loadLibrarySources } from '../../src/runtime/loadLibrary.ts'

/* How a county adds a commitment is written down with an example; the example is held against the real schema and checker. */

/** Blocks of the page by the file that their first line names. */
function blocks(): Map<string, string> {
  const page = readFileSync('flows/marriage-proof/README.md', 'utf8')
  return new Map([...page.matchAll(/```yaml\n# (\S+)\n([^]*?)```/g)].map(([, file = '', body = '']) => [file, body]))
}
const block = (file: string): unknown => parse(blocks().get(file) ?? '')

/** The matter with the calling step before its review. */
function calling({ file, content }: FlowSource, steps: unknown): FlowSource {
  const flow = z.looseObject({ steps: z.array(z.looseObject({ id: z.string() })) }).parse(content)
  const at = flow.steps.findIndex(({ id }) => id === 'review')
  return { file, content: { ...flow, steps: flow.steps.toSpliced(at, 0, ...stepsOf.parse(steps)) } }
}
const stepsOf = z.array(z.looseObject({ id: z.string() })).min(1)

/** The real library with the example's flow and texts in it. */
function withExample(change: (text: string) => string = text => text) {
  const real = loadLibrarySources('.')
  const file = 'flows/booklet-proof/flow.yaml'
  const called = 'flows/additional-birth-permit/flow.yaml'
  const flows = [
    ...real.flows.map(one => (one.file === called ? calling(one, block(called)) : one)),
    { file, content: parse(change(blocks().get(file) ?? '')) },
  ]
  const locales = (['zh-CN', 'en'] as const).map(language => ({
    ...{ language, namespace: 'booklet-proof', file: `locales/${language}/booklet-proof.yaml` },
    content: block(`locales/${language}/booklet-proof.yaml`),
  }))
  return () => compileLibrary({ ...real, flows, locales: [...real.locales, ...locales] }, libraryTools('.', flows))
}

test('the pack entry of the example is one that a county may write', () => {
  const { commitments } = z.strictObject({ commitments: commitmentsSchema }).parse(block('regions/packs/<county>.yaml'))
  expect(Object.keys(commitments)).toEqual(['householdBooklet'])
})

test('the flow and the texts of the example pass the checker, which finds what is broken in them', () => {
  expect(withExample()).not.toThrow()
  expect(withExample(text => text.replace('refused: bring', 'refused: nowhere'))).toThrow('booklet-proof')
})
