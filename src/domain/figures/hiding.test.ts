import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hideSmallCells, isSmall } from './hiding.ts'

test('one to four are small, nobody and five are not', () => {
  expect([0, 1, 4, 5, 80].map(isSmall)).toEqual([false, true, true, false, false])
})

test.each([
  [
    [20, 8, 3],
    [20, null, null],
  ],
  [
    [20, 2, 3],
    [20, null, null],
  ],
  [
    [20, 0, 3],
    [null, 0, null],
  ],
  [
    [20, 8, 0],
    [20, 8, 0],
  ],
  [[3], [null]],
])('%j is shown as %j', (counts, shown) => {
  expect(hideSmallCells(counts)).toEqual(shown)
})

test('a hidden cell cannot be had by subtraction while another one is not nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 12 }), { minLength: 2, maxLength: 8 }), counts => {
      const shown = hideSmallCells(counts)
      const hidden = shown.filter(count => count === null).length
      const some = counts.filter(count => count > 0).length
      expect(hidden === 1 && some > 1).toBe(false)
      expect(counts.every((count, n) => !isSmall(count) || shown[n] === null)).toBe(true)
    }),
  )
})
