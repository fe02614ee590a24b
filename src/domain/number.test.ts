import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CHECK_CODE_BYTES, checkCode, normaliseCheckCode, publicNumber } from './number.ts'

const bytes = fc.uint8Array({ minLength: CHECK_CODE_BYTES, maxLength: CHECK_CODE_BYTES })

test('a number names its day in Shanghai and ends in six digits', () => {
  const lateEvening = Date.parse('2026-11-22T23:30:00Z')
  expect(publicNumber('SY', lateEvening, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8))).toMatch(/^SY261123-\d{6}$/)
})

test('every check code passes its own check, in lower case and with dashes too', () => {
  fc.assert(
    fc.property(bytes, random => {
      const code = checkCode(random)
      expect(normaliseCheckCode(code)).toBe(code)
      expect(normaliseCheckCode(` ${code.slice(0, 5).toLowerCase()}-${code.slice(5)} `)).toBe(code)
    }),
  )
})

test('two neighbouring signs that changed places are found', () => {
  fc.assert(
    fc.property(bytes, fc.integer({ min: 0, max: 11 }), (random, at) => {
      const code = checkCode(random)
      const swapped = code.slice(0, at) + code.charAt(at + 1) + code.charAt(at) + code.slice(at + 2)
      const sameRest = code.charAt(at) === code.charAt(at + 1) || isPair(code.charAt(at), code.charAt(at + 1))
      if (!sameRest) expect(normaliseCheckCode(swapped)).toBeNull()
    }),
  )
})

/** 0 and Z weigh the same modulo 31: the one pair that the check sign cannot tell apart. */
function isPair(one: string, other: string): boolean {
  return [one, other].toSorted().join('') === '0Z'
}
