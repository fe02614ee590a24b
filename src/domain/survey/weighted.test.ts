import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wilson } from '../figures/wilson.ts'
import { postStratified, type Stratum } from './weighted.ts'

const stratum = fc
  .record({ population: fc.integer({ min: 1, max: 5000 }), answers: fc.integer({ min: 0, max: 200 }) })
  .chain(known => fc.record({ ...constant(known), hits: fc.integer({ min: 0, max: known.answers }) }))

function constant({ population, answers }: { population: number; answers: number }) {
  return { population: fc.constant(population), answers: fc.constant(answers) }
}

describe('the weighted share', () => {
  test('is the plain one, with the plain interval, where every answer speaks for as many', () => {
    const even = [
      { population: 400, answers: 40, hits: 38 },
      { population: 900, answers: 90, hits: 70 },
    ]
    expect(postStratified(even)?.share).toBeCloseTo(108 / 130, 12)
    expect(postStratified(even)?.effective).toBeCloseTo(130, 9)
    expect(postStratified(even)?.interval.low).toBeCloseTo(wilson(108, 130)?.low ?? Number.NaN, 12)
  })

  test('does not let a village count more because more of it answered', () => {
    const loud = [
      { population: 100, answers: 90, hits: 90 },
      { population: 900, answers: 10, hits: 5 },
    ]
    // 0.1 × 1 + 0.9 × 0.5
    expect(postStratified(loud)?.share).toBeCloseTo(0.55, 12)
    // Σw = 1000; Σw² = 90 × (100/90)² + 10 × 90² = 81111.1
    expect(postStratified(loud)?.effective).toBeCloseTo(1_000_000 / 81_111.111, 3)
  })

  test('says of how many households it can speak', () => {
    const silent = [
      { population: 300, answers: 30, hits: 30 },
      { population: 100, answers: 0, hits: 0 },
    ]
    expect(postStratified(silent)?.covered).toBe(0.75)
  })

  test('is unknown without any answer', () => {
    expect(postStratified([])).toBeNull()
    expect(postStratified([{ population: 80, answers: 0, hits: 0 }])).toBeNull()
  })

  test('stays between nothing and all, inside its interval, worth at most as many answers as there are', () => {
    fc.assert(
      fc.property(fc.array(stratum, { maxLength: 12 }), strata => {
        const found = postStratified(strata)
        if (!found) return
        expect(found.interval.low).toBeLessThanOrEqual(found.share + 1e-12)
        expect(found.interval.high).toBeGreaterThanOrEqual(found.share - 1e-12)
        expect(found.effective).toBeLessThanOrEqual(strata.reduce((sum, { answers }) => sum + answers, 0) + 1e-6)
        expect(found.covered).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('holds the truth in at least 94 of 100 samples of a county whose villages differ', () => {
    const random = seeded(20_261_122)
    // Rates from 0.70 to 0.99: forty villages of 50 to 830 households, of which the small ones answer more.
    const villages = Array.from({ length: 40 }, (_, n) => ({ population: 50 + n * 20, rate: 0.7 + (n % 30) / 100 }))
    const households = villages.reduce((sum, { population }) => sum + population, 0)
    const truth = villages.reduce((sum, { population, rate }) => sum + population * rate, 0) / households
    let held = 0
    for (let run = 0; run < 1000; run++) {
      const strata = villages.map(({ population, rate }): Stratum => {
        const answers = 12 + Math.round(400 / population)
        return { population, answers, hits: Array.from({ length: answers }, random).filter(n => n < rate).length }
      })
      const interval = postStratified(strata)?.interval
      if (interval && interval.low <= truth && truth <= interval.high) held++
    }
    expect(held).toBeGreaterThanOrEqual(940)
  })
})

/** Mulberry32: the same numbers in every run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
