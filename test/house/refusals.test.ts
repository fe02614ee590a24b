import { describe, expect, test } from 'vitest'
import { readSource, repositoryFiles } from './tree.ts'

/** Refusals of an input that leave the caller guessing which field it was. */
const unnamed = (source: string): string[] =>
  [...source.matchAll(/(?:code: |problem\()'badInput'[^}\n]*(?:\}|\n)/g)]
    .map(([text]) => text.trim())
    .filter(text => !text.includes('fields'))

describe('who is refused for what he sent is told the name of the field', () => {
  test('a refusal without it is found', () => {
    expect(unnamed("return refused({ code: 'badInput' })")).toHaveLength(1)
    expect(unnamed("return problem('badInput')\n")).toHaveLength(1)
    expect(unnamed("return refused({ code: 'badInput', fields: ['to'] })")).toEqual([])
  })

  test('by every use case and every route', () => {
    const sources = repositoryFiles().filter(
      file => /^src\/(app|web)\/.*\.ts$/.test(file) && !file.endsWith('.test.ts'),
    )
    expect(sources.length).toBeGreaterThan(100)
    expect(sources.flatMap(file => unnamed(readSource(file).text).map(text => `${file}: ${text}`))).toEqual([])
  })
})
