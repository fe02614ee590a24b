import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SamplePlan } from './campaign.ts'
import { allocate, placeInOrder, sampleSize, selector, type Stratum } from './sample.ts'
import { seededChance, shuffled } from './seededChance.ts'

const planOf = (plan: Partial<SamplePlan>): SamplePlan => ({
  ...{ method: 'stratified', size: 100, allocation: 'proportional', leastPerVillage: 0, seed: 1 },
  ...plan,
})
const strataOf = (...eligible: number[]): Stratum[] =>
  eligible.map((count, n) => ({ villageCode: String(420702104200 + n), eligible: count }))
const drawnOf = (total: number, wanted: number, seed: number): number[] => {
  const chosen = selector(total, wanted, seededChance(seed))
  return Array.from({ length: total }, (_, n) => n).filter(() => chosen())
}
const anyStrata = fc
  .array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 60 })
  .map(all => strataOf(...all))
const anyPlan = fc
  .record({
    size: fc.integer({ min: 0, max: 20_000 }),
    allocation: fc.constantFrom('proportional' as const, 'equal' as const),
    leastPerVillage: fc.integer({ min: 0, max: 50 }),
  })
  .map(planOf)
const tally = (counts: number[], n: number) => void (counts[n] = (counts[n] ?? 0) + 1)
const total = (numbers: number[]) => numbers.reduce((sum, one) => sum + one, 0)

describe('chance with a seed', () => {
  test('the same seed gives the same numbers, another seed gives others', () => {
    const ten = (seed: number) => {
      const chance = seededChance(seed)
      return Array.from({ length: 10 }, () => chance.below(1_000_000))
    }
    expect(ten(7)).toEqual(ten(7))
    expect(ten(7)).not.toEqual(ten(8))
  })

  test('no number is likelier than another: chi-square over 100 cells stays below its 99.9 % point', () => {
    const counts = Array.from({ length: 100 }, () => 0)
    const chance = seededChance(20261122)
    for (let n = 0; n < 100_000; n++) tally(counts, chance.below(100))
    const chiSquare = total(counts.map(count => (count - 1000) ** 2 / 1000))
    expect(chiSquare).toBeLessThan(148.2) // 99 degrees of freedom
  })

  test('a shuffle keeps what it shuffles', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
        expect(shuffled(items, seededChance(seed)).toSorted()).toEqual(items.toSorted())
      }),
    )
  })
})

describe('drawing from one stratum', () => {
  test('the same seed draws the same households', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 }), fc.integer(), (n, k, seed) => {
        expect(drawnOf(n, k, seed)).toEqual(drawnOf(n, k, seed))
      }),
    )
  })

  test('exactly as many as were wanted, or all there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 600 }), fc.integer(), (n, k, seed) => {
        expect(drawnOf(n, k, seed)).toHaveLength(Math.min(n, k))
      }),
    )
  })

  test('every household is equally likely: chi-square over 50 households stays below its 99.9 % point', () => {
    const draws = 10_000
    const counts = Array.from({ length: 50 }, () => 0)
    for (let seed = 0; seed < draws; seed++) for (const n of drawnOf(50, 10, seed)) tally(counts, n)
    const expected = (draws * 10) / 50
    // Drawn without replacement, the cells vary by (1 - 10/50) of what free draws would.
    const chiSquare = total(counts.map(count => (count - expected) ** 2 / expected)) / (1 - 10 / 50)
    expect(chiSquare).toBeLessThan(85.4) // 49 degrees of freedom
  })
})

describe('sharing a sample out between villages', () => {
  test('adds up to the size, within what every village has and above the least', () => {
    fc.assert(
      fc.property(anyStrata, anyPlan, (strata, plan) => {
        const shares = allocate(strata, plan)
        expect(total(shares.map(({ drawn }) => drawn))).toBe(sampleSize(strata, plan))
        for (const { drawn, eligible } of shares) {
          expect(drawn).toBeLessThanOrEqual(eligible)
          expect(drawn).toBeGreaterThanOrEqual(Math.min(plan.leastPerVillage, eligible))
        }
      }),
    )
  })

  test('in proportion, no village is a whole household away from its share', () => {
    fc.assert(
      fc.property(anyStrata, fc.integer({ min: 0, max: 20_000 }), (strata, size) => {
        const all = total(strata.map(({ eligible }) => eligible))
        fc.pre(all > 0 && size <= all)
        for (const { drawn, eligible } of allocate(strata, planOf({ size }))) {
          expect(Math.abs(drawn - (size * eligible) / all)).toBeLessThan(1.000001)
        }
      }),
    )
  })

  test('by the largest remainder: 10 of 334, 333 and 333 households are 4, 3 and 3', () => {
    expect(allocate(strataOf(333, 334, 333), planOf({ size: 10 })).map(({ drawn }) => drawn)).toEqual([3, 4, 3])
  })

  test('alike: a village that is too small gives all, the others share the rest', () => {
    const equal = planOf({ size: 30, allocation: 'equal' })
    expect(allocate(strataOf(4, 100, 1000), equal).map(({ drawn }) => drawn)).toEqual([4, 13, 13])
  })

  test('the least for every village raises a size that is too small for it', () => {
    const plan = planOf({ size: 5, leastPerVillage: 3 })
    expect(allocate(strataOf(10, 10, 2), plan).map(({ drawn }) => drawn)).toEqual([3, 3, 2])
  })

  test('everyone is everyone', () => {
    expect(sampleSize(strataOf(10, 20), planOf({ method: 'everyone', size: 1 }))).toBe(30)
  })
})

test('the order goes round all villages before any has its second', () => {
  const places = [0, 1, 2].flatMap(nth => [0, 1, 59].map(village => placeInOrder(nth, village)))
  expect(places).toEqual(places.toSorted((a, b) => a - b))
})
