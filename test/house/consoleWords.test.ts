import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

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
