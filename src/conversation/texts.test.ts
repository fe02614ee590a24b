import fc from 'fast-check'
import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { compileTexts, type TextValues } from './texts.ts'
import type { Json } from './types.ts'

const format = (text: string, values: Record<string, Json>) => {
  const texts = compileTexts([{ language: 'zh-CN', namespace: 't', file: 't.yaml', content: { text } }])
  const named: TextValues = name => values[name] ?? null
  return texts.format('zh-CN', 't.text', named)
}

describe('a sentence', () => {
  test.each([
    ['没有名字', {}, '没有名字'],
    ['{name}，您好', { name: '李小红' }, '李小红，您好'],
    ['{name}，您好', {}, '，您好'],
    ['{due, select, null {请向当地核实} other {{due}前}}', {}, '请向当地核实'],
    ['{due, select, null {请向当地核实} other {{due}前}}', { due: '明天' }, '明天前'],
    ['{paid, select, true {已付} other {未付}}', { paid: true }, '已付'],
    ['{n, plural, =0 {没有} other {#个}}', { n: 3 }, '3个'],
    ["it''s '{'not'}' a name", {}, "it's {not} a name"],
  ])('%s', (text, values: Record<string, Json>, expected) => expect(format(text, values)).toBe(expected))

  test('is filled in as the formatter of the library does it', () => {
    const message = '甲{a}乙{b, select, x {X{a}} true {T} null {N} other {O{b}}}丙'
    const reference = new IntlMessageFormat(message, 'zh-CN', undefined, { ignoreTag: true })
    const value = fc.oneof(fc.string(), fc.integer(), fc.constantFrom('x', 'true', null))
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(format(message, { a, b })).toBe(String(reference.format({ a, b })))
      }),
    )
  })
})
