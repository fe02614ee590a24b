import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exclusionReasons, type ExclusionReason, type PopulationCount } from './campaign.ts'
import { allocate, inWholeUnits, sampleSize } from './sample.ts'
import {
  QUIET_UNIT,
  quietHouseholds,
  quietReasons,
  reachable,
  shownExclusions,
  shownPopulation,
  takesParts,
  type VillageFound,
} from './shownPopulation.ts'

const SMALLEST = 30

interface Household {
  village: string
  members: number
  reason: ExclusionReason | null
}

interface Filter {
  villages: string[]
  membersFrom: number | null
  membersTo: number | null
}

/** What an officer is answered, as the desk puts it together. */
function answer(county: readonly Household[], filter: Filter) {
  const { membersFrom, membersTo } = filter
  const found = county.filter(
    ({ village, members }) =>
      filter.villages.includes(village) && members >= (membersFrom ?? 0) && members <= (membersTo ?? Infinity),
  )
  const rows = found.map(({ village, reason }): VillageFound => ({ villageCode: village, reason, households: 1 }))
  const excluded: PopulationCount['excluded'] = {}
  for (const { reason } of found) if (reason !== null) excluded[reason] = (excluded[reason] ?? 0) + 1
  const count = { found: found.length, eligible: found.filter(({ reason }) => reason === null).length, excluded }
  const villages = Object.fromEntries([...reachable(rows)].toSorted())
  return { shown: shownPopulation(count, quietHouseholds(filter, rows, SMALLEST)), villages }
}

const villages = ['a', 'b', 'c', 'd']
const reason = fc.option(fc.constantFrom(...exclusionReasons.filter(one => one !== 'notSent')), { nil: null })
const household = fc.record({ village: fc.constantFrom(...villages), members: fc.integer({ min: 1, max: 7 }), reason })
const county = fc.array(household, { minLength: 1, maxLength: 150 })
const limit = fc.option(fc.integer({ min: 1, max: 7 }), { nil: null })
const filter = fc.record({ villages: fc.subarray(villages), membersFrom: limit, membersTo: limit })

/** The same household, in any quiet state or none. */
const states = [...quietReasons, null]

describe('two filters', () => {
  test('that differ in one household, or in fewer than a campaign needs, tell nothing of their state', () => {
    fc.assert(
      fc.property(county, filter, filter, fc.infiniteStream(fc.constantFrom(...states)), (all, one, other, drawn) => {
        const inOne = (home: Household) => fits(home, one)
        const apart = all.filter(home => inOne(home) !== fits(home, other))
        // One by size is told nothing of quiet states (below), so with it another tells no more than alone.
        fc.pre(apart.length > 0 && apart.length < SMALLEST && takesParts(one) === takesParts(other))
        // Whatever the quiet state of those few is, the difference of the two answers is the same.
        const changed = all.map(home =>
          apart.includes(home) && isQuietOrNone(home) ? { ...home, reason: drawn.next().value ?? null } : home,
        )
        expect(difference(changed, one, other)).toEqual(difference(all, one, other))
      }),
      { numRuns: 500 },
    )
  })

  test('by size tell nothing of any quiet state at all', () => {
    fc.assert(
      fc.property(county, filter, fc.infiniteStream(fc.constantFrom(...states)), (all, asked, drawn) => {
        fc.pre(takesParts(asked))
        const changed = all.map(home => (isQuietOrNone(home) ? { ...home, reason: drawn.next().value ?? null } : home))
        expect(answer(changed, asked)).toEqual(answer(all, asked))
      }),
    )
  })

  test('of one village of any size tell at most in tens how many are left alone', () => {
    fc.assert(
      fc.property(county, fc.constantFrom(...villages), (all, village) => {
        const { excluded } = answer(all, { villages: [village], membersFrom: null, membersTo: null }).shown
        const together = excluded.find(line => line.reason === 'together')?.households ?? 0
        expect(together % QUIET_UNIT).toBe(0)
        if (all.filter(home => home.village === village).length < SMALLEST) expect(together).toBe(0)
        for (const line of excluded) expect(quietReasons.some(quiet => quiet === line.reason)).toBe(false)
      }),
    )
  })
})

const isQuietOrNone = ({ reason: why }: Household) => why === null || quietReasons.some(quiet => quiet === why)

function fits({ village, members }: Household, { villages: places, membersFrom, membersTo }: Filter): boolean {
  return places.includes(village) && members >= (membersFrom ?? 0) && members <= (membersTo ?? Infinity)
}

/** What somebody learns who asks both. */
function difference(all: readonly Household[], one: Filter, other: Filter) {
  const [a, b] = [answer(all, one), answer(all, other)]
  const told = (given: typeof a) => given.shown.excluded.find(line => line.reason === 'together')?.households ?? 0
  return {
    eligible: a.shown.eligible - b.shown.eligible,
    together: told(a) - told(b),
    villages: [a.villages, b.villages],
  }
}

test('what was drawn by size is whole tens, so that one more or less is not seen', () => {
  const strata = fc.array(fc.record({ villageCode: fc.uuid(), eligible: fc.integer({ min: 1, max: 80 }) }), {
    minLength: 1,
    maxLength: 12,
  })
  const plan = fc.record({
    method: fc.constantFrom('everyone' as const, 'simple' as const, 'stratified' as const),
    size: fc.integer({ min: 1, max: 900 }),
    allocation: fc.constantFrom('proportional' as const, 'equal' as const),
    leastPerVillage: fc.integer({ min: 0, max: 40 }),
    seed: fc.constant(1),
  })
  fc.assert(
    fc.property(strata, plan, (places, wanted) => {
      const all = places.reduce((sum, { eligible }) => sum + eligible, 0)
      const whole = inWholeUnits(places, wanted)
      expect(whole.method).not.toBe('everyone')
      expect(sampleSize(places, whole)).toBeLessThanOrEqual(Math.floor(all / QUIET_UNIT) * QUIET_UNIT)
      const drawn = allocate(places, whole).reduce((sum, share) => sum + share.drawn, 0)
      if (whole.method === 'stratified') expect(drawn).toBe(sampleSize(places, whole))
    }),
  )
})

test('of a sample the quiet ones are one rounded number, the others as they are', () => {
  expect(shownExclusions({ leftAlone: 2, openComplaint: 9, optedOut: 7, askedLately: 3, gone: 1, notSent: 4 })).toEqual(
    [
      { reason: 'gone', households: 1 },
      { reason: 'notSent', households: 4 },
      { reason: 'together', households: 20 },
    ],
  )
  expect(shownExclusions({ leftAlone: 4 })).toEqual([])
})
