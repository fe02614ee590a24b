import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asName } from './asName.ts'

test('a name is the text it was made of, whatever the text', () => {
  const same = fc.property(fc.string({ unit: 'binary' }), text => {
    expect(asName(text)).toBe(text)
  })
  fc.assert(same)
  for (const odd of ['', '__proto__', 'constructor', '0', '12', '生育登记'.slice(1)]) expect(asName(odd)).toBe(odd)
})
