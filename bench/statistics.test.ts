import { expect, test } from 'vitest'
import { median, percentile, spread } from './statistics.ts'

test('the median of an even count lies between the middle two', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([1, 9, 5, 3])).toBe(4)
})

test('a percentile is one of the values, the largest at most', () => {
  expect(percentile([1, 2, 3, 4], 0.5)).toBe(3)
  expect(percentile([1, 2, 3, 4], 1)).toBe(4)
  expect(percentile([], 0.5)).toBeNaN()
})

test('the spread of equal values is nothing', () => {
  expect(spread([4, 4, 4])).toBe(0)
  expect(spread([2, 4, 6])).toBe(1)
})
