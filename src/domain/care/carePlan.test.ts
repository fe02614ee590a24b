import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lunarOf } from '../lunar.ts'
import { careFestivals, careRulesOf, type CareRules } from '../packs/care.ts'
import { addDays, startOfDay, type LocalDate } from '../world.ts'
import type { CareEvent, YearlyDay } from './careFamily.ts'
import { dayInYear, planVisits, wasPaid } from './carePlan.ts'
import { foldCare, type CareState } from './careState.ts'

const actor = { kind: 'system' as const }
const rules: CareRules = { ...careRulesOf(undefined), everyMonths: 1, festivals: [...careFestivals] }

function family(since: LocalDate, birthdays: YearlyDay[], events: CareEvent[] = []): CareState {
  const at = startOfDay(since)
  const people = birthdays.map(birthday => ({ name: '王秀英', birthday }))
  const consent = { version: 1, at, way: 'spoken' as const }
  const first: CareEvent = { type: 'registered', consent, people, phone: null, address: null }
  return foldCare([first, ...events].map((event, n) => ({ familyId: 'f', seq: n + 1, at, actor, event })))
}

const visitOn = (on: LocalDate): CareEvent => {
  const visit = {
    id: on,
    on,
    way: 'home' as const,
    mood: 'calm' as const,
    words: '坐了一会儿',
    needs: [],
    promise: null,
  }
  return { type: 'visited', visit, taskId: null, promiseTaskId: null }
}

const day = fc.integer({ min: 0, max: 5000 }).map(n => addDays('2026-01-01', n))
const yearly = fc.oneof(
  fc.record({
    calendar: fc.constant('lunar' as const),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 30 }),
  }),
  fc.record({
    calendar: fc.constant('solar' as const),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
  }),
)

describe('days of the year', () => {
  test('the feasts of 2026 and 2027 lie where the calendar has them', () => {
    expect(dayInYear({ calendar: 'lunar', month: 1, day: 1 }, 2027)).toBe('2027-02-06')
    expect(dayInYear({ calendar: 'lunar', month: 8, day: 15 }, 2027)).toBe('2027-09-15')
    expect(dayInYear({ calendar: 'lunar', month: 5, day: 5 }, 2027)).toBe('2027-06-09')
  })

  test('a lunar day keeps its month in every year, and a thirtieth the last day of a short one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2000, max: 2090 }), yearly, (year, wanted) => {
        const found = dayInYear(wanted, year)
        expect(found).not.toBeNull()
        if (wanted.calendar === 'solar') {
          expect(found?.slice(0, 4)).toBe(String(year))
          return
        }
        const lunar = lunarOf(found ?? '')
        expect([lunar?.year, lunar?.month, lunar?.leap]).toEqual([year, wanted.month, false])
        expect(wanted.day - (lunar?.day ?? 0)).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('who was born on 29 February is visited on the 28th in a common year', () => {
    expect(dayInYear({ calendar: 'solar', month: 2, day: 29 }, 2027)).toBe('2027-02-28')
    expect(dayInYear({ calendar: 'solar', month: 2, day: 29 }, 2028)).toBe('2028-02-29')
  })
})

describe('the plan of a family', () => {
  test('planned day by day over years or all at once it is the same plan, and no visit comes twice', () => {
    fc.assert(
      fc.property(day, fc.array(yearly, { maxLength: 2 }), fc.integer({ min: 30, max: 420 }), (since, days, length) => {
        const state = family(since, days)
        const to = addDays(since, length)
        const whole = planVisits(state, rules, { from: since, to }).map(({ key }) => key)
        const step = Array.from({ length: length + 1 }, (_, n) => addDays(since, n))
        const daily = step.flatMap(one => planVisits(state, rules, { from: one, to: one }).map(({ key }) => key))
        expect(daily.toSorted()).toEqual(whole.toSorted())
        expect(new Set(whole).size).toBe(whole.length)
      }),
      { numRuns: 12 },
    )
  })

  test('every visit opens before it is due, and none is due before the family said yes', () => {
    fc.assert(
      fc.property(day, fc.array(yearly, { maxLength: 3 }), (since, days) => {
        const plan = planVisits(family(since, days), rules, { from: since, to: addDays(since, 800) })
        for (const { opens, due } of plan) expect(opens <= due && due >= since).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  test('in every whole month somebody goes there', () => {
    fc.assert(
      fc.property(day, since => {
        const state = family(since, [])
        const plan = planVisits(state, rules, { from: since, to: addDays(since, 400) })
        const months = new Set(plan.map(({ due }) => due.slice(0, 7)))
        for (let n = 31; n < 360; n += 28) expect(months.has(addDays(since, n).slice(0, 7))).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  test('a feast is kept before its day, a birthday on it, and a kept day sounds like any visit', () => {
    const state = family('2027-01-01', [{ calendar: 'lunar', month: 2, day: 3 }])
    const kept = { ...state, dates: [{ calendar: 'solar' as const, month: 3, day: 20 }] }
    const plan = planVisits(
      kept,
      { ...rules, everyMonths: null, festivals: ['spring'] },
      { from: '2027-01-01', to: '2027-04-30' },
    )
    expect(plan.map(({ reason, opens, due }) => [reason, opens, due])).toEqual([
      ['festival', '2027-01-30', '2027-02-05'],
      ['birthday', '2027-03-07', '2027-03-10'],
      ['keptDay', '2027-03-17', '2027-03-20'],
    ])
  })

  test('while nobody has set how often, there is no monthly visit at all', () => {
    const plan = planVisits(
      family('2027-01-01', []),
      { ...rules, everyMonths: null, festivals: [] },
      { from: '2027-01-01', to: '2029-01-01' },
    )
    expect(plan).toEqual([])
  })

  test('a visit that was paid in its month stands for the monthly one', () => {
    const bare = { ...rules, festivals: [] }
    const span = { from: '2027-03-01', to: '2027-03-31' }
    expect(planVisits(family('2027-01-05', []), bare, span).map(({ due }) => due)).toEqual(['2027-03-31'])
    expect(planVisits(family('2027-01-05', [], [visitOn('2027-03-09')]), bare, span)).toEqual([])
  })

  test('a feast is over when somebody was there in its days, and only then', () => {
    const state = family('2027-01-01', [], [visitOn('2027-02-03')])
    const [feast] = planVisits(
      state,
      { ...rules, everyMonths: null, festivals: ['spring'] },
      { from: '2027-01-01', to: '2027-02-28' },
    )
    expect(feast && wasPaid(feast, state)).toBe(true)
    expect(feast && wasPaid(feast, family('2027-01-01', [], [visitOn('2027-01-03')]))).toBe(false)
  })

  test('nothing is planned for a family that was only proposed, or that has ended', () => {
    const span = { from: '2026-01-01', to: '2028-01-01' }
    const proposed = foldCare([
      { familyId: 'f', seq: 1, at: 0, actor, event: { type: 'proposed', occasion: 'illness', name: null } },
    ])
    expect(planVisits(proposed, rules, span)).toEqual([])
    expect(planVisits(family('2026-01-01', [], [{ type: 'ended', why: 'withdrawn' }]), rules, span)).toEqual([])
  })
})
