import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readJson } from './json.ts'

test.each([
  ['long ids to the last digit', '{"MsgId": 22548952177860547, "n": 12}', { MsgId: '22548952177860547', n: '12' }],
  ['long ids inside lists', '{"l":[1234567890123456789]}', { l: ['1234567890123456789'] }],
  [
    'quoted copies untouched',
    '{"Content":"\\"MsgId\\": 22548952177860547"}',
    { Content: '"MsgId": 22548952177860547' },
  ],
  ['booleans and null as text', '{"a":true,"b":null}', { a: 'true', b: '' }],
  ['fractions', '{"a":-1.5,"b":0.1234567890123456789}', { a: '-1.5', b: '0.12345678901234568' }],
])('reads %s', (_name, text, expected) => {
  expect(JSON.parse(JSON.stringify(readJson(text)))).toEqual(expected)
})

test.each([
  ['a list', '[]'],
  ['a word', '"x"'],
  ['17 levels', `{"a":${'['.repeat(16)}${']'.repeat(16)}}`],
  ['20,000 levels', '['.repeat(20_000)],
  ['3,000 parts', `{"a":[${'1,'.repeat(3000)}1]}`],
  ['half an object', '{"a":'],
  ['an unclosed string', '{"a":"'],
])('refuses %s', (_name, text) => {
  expect(readJson(text)).toBeNull()
})

test('a field called __proto__ pollutes nothing', () => {
  expect(readJson('{"__proto__":{"polluted":1}}')).not.toBeNull()
  expect('polluted' in {}).toBe(false)
})

test('any object of texts comes back as it was', () => {
  const texts = fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }))
  fc.assert(
    fc.property(texts, object => {
      expect(Object.entries(readJson(JSON.stringify(object)) ?? {})).toEqual(Object.entries(object))
    }),
  )
})
