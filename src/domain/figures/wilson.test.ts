import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wilson } from './wilson.ts'

describe('the interval of a share', () => {
  test.each([
    // Values of R's prop.test(correct = FALSE) and of Newcombe (1998), table I.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
    [29, 29, 0.883, 1],
  ])('of %i in %i is that of the literature', (hits, n, low, high) => {
    const found = wilson(hits, n)
    expect(found?.low).toBeCloseTo(low, 4)
    expect(found?.high).toBeCloseTo(high, 4)
  })

  test('of nothing is unknown, not zero', () => {
    expect(wilson(0, 0)).toBeNull()
  })

  test.each([
    [-1, 4],
    [5, 4],
    [0.5, 4],
    [1, Number.NaN],
  ])('of %d in %d is refused', (hits, n) => {
    expect(() => wilson(hits, n)).toThrow(RangeError)
  })

  const shares = fc
    .integer({ min: 1, max: 100_000 })
    .chain(n => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))

  test('holds the share that was seen, and stays between nothing and all', () => {
    fc.assert(
      fc.property(shares, ([hits, n]) => {
        const { low = Number.NaN, high = Number.NaN } = wilson(hits, n) ?? {}
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        expect(low).toBeLessThanOrEqual(hits / n)
        expect(high).toBeGreaterThanOrEqual(hits / n)
      }),
    )
  })

  test('is the mirror of that of the misses, and narrows with n', () => {
    fc.assert(
      fc.property(shares, ([hits, n]) => {
        const [one, other, more] = [wilson(hits, n), wilson(n - hits, n), wilson(10 * hits, 10 * n)]
        if (!one || !other || !more) throw new Error('n is not 0')
        expect(one.low).toBeCloseTo(1 - other.high, 9)
        expect(more.high - more.low).toBeLessThan(one.high - one.low)
      }),
    )
  })
})
