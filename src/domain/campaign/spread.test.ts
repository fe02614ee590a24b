import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SamplePlan } from './campaign.ts'
import { allocate, sampleSize, type Stratum } from './sample.ts'
import { villageSpreads, type EarlierAnswers } from './spread.ts'

const codeOf = (n: number) => String(420702104200 + n)
const planOf = (plan: Partial<SamplePlan>): SamplePlan => ({
  ...{ method: 'stratified', size: 100, allocation: 'spread', leastPerVillage: 2, seed: 1 },
  ...plan,
})
const said = (n: number, answers: number, hits: number): EarlierAnswers => ({ villageCode: codeOf(n), answers, hits })

const villages = fc.array(
  fc.record({ eligible: fc.nat(3000), answers: fc.nat(60), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  { minLength: 1, maxLength: 60 },
)
const cut = (some: { eligible: number; answers: number; share: number }[]) => ({
  strata: some.map(({ eligible }, n): Stratum => ({ villageCode: codeOf(n), eligible })),
  earlier: some.map(({ answers, share }, n) => said(n, answers, Math.round(answers * share))),
})
/** How far off a figure may be with these numbers drawn: the variance that Neyman's shares make smallest. */
const varianceOf = (
  drawn: readonly { villageCode: string; eligible: number; drawn: number }[],
  spread: (c: string) => number,
) =>
  drawn.reduce((sum, one) => sum + (one.drawn === 0 ? 0 : (one.eligible * spread(one.villageCode)) ** 2 / one.drawn), 0)

test('adds up to the size, never above what a village has, and two of each that has two', () => {
  fc.assert(
    fc.property(villages, fc.nat(20_000), fc.integer({ min: 2, max: 10 }), (some, size, leastPerVillage) => {
      const { strata, earlier } = cut(some)
      const plan = planOf({ size, leastPerVillage })
      const shares = allocate(strata, plan, villageSpreads(earlier) ?? undefined)
      expect(shares.reduce((sum, { drawn }) => sum + drawn, 0)).toBe(sampleSize(strata, plan))
      for (const { drawn, eligible } of shares) {
        expect(drawn).toBeLessThanOrEqual(eligible)
        expect(drawn).toBeGreaterThanOrEqual(Math.min(2, eligible))
      }
    }),
  )
})

test('with nothing known it is in proportion to the households', () => {
  fc.assert(
    fc.property(villages, fc.nat(20_000), (some, size) => {
      const { strata } = cut(some)
      const none = villageSpreads(some.map((_, n) => said(n, 4, 2)))
      expect(none).toBeNull()
      const inProportion = allocate(strata, planOf({ size, allocation: 'proportional' }))
      expect(allocate(strata, planOf({ size }))).toEqual(inProportion)
    }),
  )
})

test('a village of two minds is asked more than one of the same size that is of one mind', () => {
  const spread = villageSpreads([said(0, 40, 20), said(1, 40, 40)])
  if (!spread) throw new Error('nothing known')
  const strata = [0, 1].map(n => ({ villageCode: codeOf(n), eligible: 500 }))
  const [split, agreed] = allocate(strata, planOf({ size: 100 }), spread)
  expect(split?.drawn).toBeGreaterThan(60)
  expect(agreed?.drawn).toBeGreaterThan(10)
})

test('no shares in proportion give a narrower figure, rounding aside', () => {
  fc.assert(
    fc.property(villages, some => {
      const { strata, earlier } = cut(some.map(one => ({ ...one, eligible: one.eligible + 200 })))
      const spread = villageSpreads(earlier)
      fc.pre(spread !== null)
      const size = strata.length * 60
      const best = varianceOf(allocate(strata, planOf({ size }), spread), spread)
      const plain = varianceOf(allocate(strata, planOf({ size, allocation: 'proportional' })), spread)
      expect(best).toBeLessThanOrEqual(plain * 1.02)
    }),
  )
})

test('what a village of fewer than five answers said changes nothing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.nat(4), fc.nat(4), (answers, one, other) => {
      const spreads = [one, other].map(hits =>
        villageSpreads([said(0, 30, 12), said(1, answers, Math.min(hits, answers))]),
      )
      expect(spreads[0]?.(codeOf(1))).toBe(spreads[1]?.(codeOf(1)))
    }),
  )
})
