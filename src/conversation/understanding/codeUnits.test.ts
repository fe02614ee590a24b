import fc from 'fast-check'
import { expect, test } from 'vitest'
import { holdsFirstOf } from './codeUnits.ts'

test('many sets tell of a text what each finds by itself, also beyond those that share a table', () => {
  const sets = Array.from({ length: 40 }, (_, n) => [String.fromCharCode(0x4e00 + n), String.fromCharCode(0x61 + n)])
  const asked = sets.map(set => holdsFirstOf(set))
  const text = fc.string({ unit: fc.constantFrom(...sets.flat(), '吗', ' '), maxLength: 12 })
  fc.assert(
    fc.property(fc.array(text, { minLength: 1 }), texts => {
      for (const one of texts) {
        const held = asked.map(holds => holds(one))
        expect(held).toEqual(sets.map(set => set.some(character => one.includes(character))))
      }
    }),
  )
})

test('a set that comes later is asked of the text that was looked at before', () => {
  const first = holdsFirstOf(['村'])
  expect(first('城里')).toBe(false)
  expect(holdsFirstOf(['城'])('城里')).toBe(true)
})
