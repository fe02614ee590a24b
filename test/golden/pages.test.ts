import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { manual, schemas } from '../../src/runtime/flowsDocs.ts'

test.each(schemas())('$file is the format as the loader checks it (npm run flows:schema)', ({ file, content }) => {
  expect(readFileSync(file, 'utf8')).toBe(content)
})

test.each(manual('.'))('$file tells every step kind, and its examples play as printed (npm run flows:manual)', page => {
  expect(readFileSync(page.file, 'utf8')).toBe(page.content)
})

test('every flow tells editors its format', () => {
  const matters = readdirSync('flows', { withFileTypes: true }).filter(entry => entry.isDirectory())
  const first = matters.map(({ name }) => readFileSync(`flows/${name}/flow.yaml`, 'utf8').split('\n')[0])
  expect(new Set(first)).toEqual(new Set(['# yaml-language-server: $schema=../flow.schema.json']))
})
