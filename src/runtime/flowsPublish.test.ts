import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { assembleLibrary } from '../conversation/library.ts'
import { smallTools } from '../conversation/testdata/smallLibrary.ts'
import { languages } from '../conversation/types.ts'
import { publishFlows } from './flowsPublish.ts'
import { loadLibrarySources } from './loadLibrary.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'nx-flows-'))
  for (const language of languages) write(`locales/${language}/test.yaml`, texts)
})
afterEach(() => rmSync(root, { recursive: true }))

const ask = (id: string) => ({ id, kind: 'ask', slot: id, type: 'text', tries: 3 })
const part = { text: 'T', label: 'L', help: 'H', example: 'E' }
const texts = { title: 'T', steps: { a: part, b: part, c: part, fin: { text: 'F' } } }
const flow = (revision: number, ...steps: string[]) => ({
  flow: 'test',
  revision,
  steps: [...steps.map(ask), { id: 'fin', kind: 'end' }],
})

function write(file: string, content: unknown): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  writeFileSync(path.join(root, file), stringify(content))
}

/** Publishes what stands in the folder while people stand at these steps of revision 1. */
function publish(...steps: string[]): { code: number; said: string } {
  write('positions.json', [])
  const positions = steps.map(step => ({ flow: 'test', revision: 1, step, count: 2 }))
  writeFileSync(path.join(root, 'positions.json'), JSON.stringify(positions))
  const said: string[] = []
  const library = assembleLibrary(loadLibrarySources(root), smallTools)
  const args = [path.join(root, 'positions.json')]
  const code = publishFlows({ root, library, args, say: line => said.push(line) })
  return { code, said: said.join('\n') }
}
const kept = () => readdirSync(path.join(root, 'flows/test/revisions'))

test('keeps a copy of what is published, so that people can finish on it', () => {
  write('flows/test/flow.yaml', flow(1, 'a', 'b'))
  expect(publish()).toEqual({ code: 0, said: 'test revision 1: published, kept as revisions/1.yaml' })
  write('flows/test/flow.yaml', flow(2, 'a', 'c'))
  const second = publish('b')
  expect(second.code).toBe(0)
  expect(second.said).toContain('2 at test revision 1 b: finish on this revision')
  expect(kept()).toEqual(['1.yaml', '2.yaml'])
})

test('refuses to take away a step at which people stand', () => {
  write('flows/test/flow.yaml', flow(2, 'a', 'c'))
  const { code, said } = publish('b')
  expect(code).toBe(1)
  expect(said).toContain('2 at test revision 1 b: WOULD BE LOST: revision 1 is not loaded')
  expect(said).toContain('nothing was published')
})

test('lets people be moved by a declared move, and says where to', () => {
  write('flows/test/flow.yaml', flow(2, 'a', 'c'))
  write('flows/test/migrations/1-2.yaml', { flow: 'test', from: 1, to: 2, reason: 'b is c now', steps: { b: 'c' } })
  const { code, said } = publish('b')
  expect(said).toContain('2 at test revision 1 b: move to revision 2, c')
  expect(code).toBe(0)
})

test('refuses steps that changed under the number of a published revision', () => {
  write('flows/test/flow.yaml', flow(1, 'a', 'b'))
  publish()
  write('flows/test/flow.yaml', flow(1, 'a', 'c'))
  const { code, said } = publish('b')
  expect(code).toBe(1)
  expect(said).toContain('[changedRevision]')
})

test('asks for the positions when nobody gave them', () => {
  write('flows/test/flow.yaml', flow(1, 'a'))
  const library = assembleLibrary(loadLibrarySources(root), smallTools)
  expect(publishFlows({ root, library, args: [], say: () => undefined })).toBe(2)
})
