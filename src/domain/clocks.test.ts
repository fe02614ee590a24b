import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ApplicationAction, ApplicationEvent } from './application.ts'
import { foldApplication, statusAfter } from './applicationState.ts'
import { clocksOf, frozenClocks } from './clocks.ts'
import * as e from './testdata/applicationLogs.ts'
import { addWorkingDays, isWorkingDay, type WorkCalendar } from './workingDays.ts'
import { addDays, shanghaiDate, startOfDay, type LocalDate } from './world.ts'

const calendars: WorkCalendar[] = [2025, 2026].map(year =>
  JSON.parse(readFileSync(`regions/calendar/${year}.json`, 'utf8')),
)
const source = { document: '某办法', checked: '2026-11-21', weight: 'law' } as const
const limits = { promiseDays: { value: 5, source }, legalDays: { value: 20, source } }
const unknown = { value: null, source: null }

/** A log of what happened on which day, each at ten in the morning. */
const on = (...days: [LocalDate, ApplicationEvent][]): ApplicationAction[] =>
  e.log(...days.map(([, event]) => event)).map((action, n) => {
    const day = days[n]?.[0] ?? ''
    return { ...action, at: startOfDay(day) + 10 * 3_600_000 }
  })
const clocks = (...days: [LocalDate, ApplicationEvent][]) => clocksOf(on(...days), limits, calendars)

describe('both clocks of a case', () => {
  test('the day of receipt does not count', () => {
    expect(clocks(['2026-11-23', e.submitted])).toEqual({
      ...{ promiseDue: '2026-11-30', legalDue: '2026-12-21', provisional: false, stopped: false, pauses: [] },
    })
  })

  test('a clock without a limit is none', () => {
    const due = clocksOf(on(['2026-12-28', e.submitted]), { ...limits, legalDays: unknown }, calendars)
    expect(due).toMatchObject({ promiseDue: '2027-01-05', legalDue: null, provisional: true })
  })

  test('waiting for a supplement does not count: the day of the request does, the day of the answer does not', () => {
    // Received on Monday; asked on Tuesday (1); answered on Thursday of the next week; the second day is Friday.
    const waited = clocks(['2026-11-23', e.submitted], ['2026-11-24', e.requested], ['2026-12-03', e.supplemented])
    expect(waited).toMatchObject({
      ...{ promiseDue: '2026-12-09', stopped: false, pauses: [{ after: '2026-11-24', until: '2026-12-03' }] },
    })
  })

  test('asked and answered on one day costs nothing', () => {
    const same = clocks(['2026-11-23', e.submitted], ['2026-11-24', e.requested], ['2026-11-24', e.supplemented])
    expect(same).toMatchObject({ promiseDue: '2026-11-30', pauses: [] })
  })

  test('pauses that overlap count once', () => {
    const overlapping = clocks(
      ['2026-11-23', e.submitted],
      ['2026-11-24', e.accepted],
      ['2026-11-24', e.requestedAgain],
      ['2026-11-26', e.paused],
      ['2026-11-30', e.supplemented],
      ['2026-12-02', e.resumed],
    )
    expect(overlapping.pauses).toEqual([{ after: '2026-11-24', until: '2026-12-02' }])
    expect(overlapping.promiseDue).toBe('2026-12-08')
  })

  test('while it stands still the case says so, with the days as they would be', () => {
    expect(clocks(['2026-11-23', e.submitted], ['2026-11-24', e.requested])).toMatchObject({
      ...{ stopped: true, promiseDue: '2026-11-30', pauses: [{ after: '2026-11-24', until: null }] },
    })
  })

  test('between a decision and its reopening no day counts', () => {
    const again = clocks(['2026-11-23', e.submitted], ['2026-11-24', e.refused], ['2026-12-03', e.reopened])
    expect(again).toMatchObject({ promiseDue: '2026-12-09', stopped: false })
  })

  test('asked for a supplement on the day of the reopening: what is over has moved the days, what lasts has not yet', () => {
    const [decided, opened] = ['2026-11-24', '2026-12-03'] as const
    const asked = clocks(
      ['2026-11-23', e.submitted],
      [decided, e.refused],
      [opened, e.reopened],
      [opened, e.requestedAgain],
    )
    expect(asked).toMatchObject({ stopped: true, promiseDue: '2026-12-09' })
    expect(asked.pauses).toEqual([
      { after: decided, until: opened },
      { after: opened, until: null },
    ])
  })

  test('withdrawn while a supplement is missing: nothing moves any more', () => {
    const gone = clocks(['2026-11-23', e.submitted], ['2026-11-24', e.requested], ['2026-11-27', e.withdrawn])
    expect(gone).toMatchObject({ stopped: false, pauses: [{ after: '2026-11-24', until: '2026-11-27' }] })
  })
})

describe('a calendar that is loaded later', () => {
  const next: WorkCalendar = {
    year: 2027,
    daysOff: ['2027-01-01', '2027-01-02', '2027-01-03', '2027-01-04', '2027-01-05'],
    makeUpDays: [],
    source: 'made up for this test',
  }
  const open = on(['2026-12-28', e.submitted])

  test('moves an open case and ends its uncertainty', () => {
    expect(clocksOf(open, limits, calendars)).toMatchObject({ promiseDue: '2027-01-05', provisional: true })
    expect(clocksOf(open, limits, [...calendars, next])).toMatchObject({ promiseDue: '2027-01-07', provisional: false })
  })

  test('never moves a closed one', () => {
    const decision: ApplicationEvent = {
      type: 'granted',
      certificateNumber: 'PZ261230-000001',
      clocks: frozenClocks(clocksOf(open, limits, calendars)),
    }
    const decided = on(['2026-12-28', e.submitted], ['2026-12-30', decision])
    const before = clocksOf(decided, limits, calendars)
    expect(clocksOf(decided, limits, [...calendars, next])).toEqual(before)
    expect(before).toMatchObject({ promiseDue: '2027-01-05', provisional: true })
  })
})

/** Any legal history, with some days between its steps. */
const anyHistory = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 9 })), { maxLength: 12 }).map(steps => {
  const [first] = on(['2026-02-10', e.submitted])
  if (!first) throw new Error('a log has a first entry')
  const actions = [first]
  let day: LocalDate = '2026-02-10'
  for (const [pick, days] of steps) {
    const state = foldApplication(actions)
    const legal = e.someEvents.filter(event => statusAfter(state, event) !== null)
    const event = legal[pick % legal.length]
    day = addDays(day, days)
    if (event) actions.push({ ...first, seq: actions.length + 1, at: startOfDay(day) + 36_000_000, event })
  }
  return actions
})

describe('whatever happens to a case', () => {
  const runs = { numRuns: 300 }

  test('its pauses are in order and apart, and at most the last is open', () => {
    fc.assert(
      fc.property(anyHistory, actions => {
        const { pauses, stopped } = clocksOf(actions, limits, calendars)
        pauses.forEach(({ after, until }, n) => {
          const before = pauses[n - 1]
          // The one that lasts may begin on the day on which the last one ended.
          if (before) expect(before.until !== null && before.until < addDays(after, until === null ? 1 : 0)).toBe(true)
          if (until !== null) expect(until > after).toBe(true)
          else expect([n, stopped]).toEqual([pauses.length - 1, true])
        })
      }),
      runs,
    )
  })

  test('exactly the promised number of working days outside all pauses lies between receipt and due day', () => {
    fc.assert(
      fc.property(anyHistory, actions => {
        const { promiseDue, pauses } = clocksOf(actions, limits, calendars)
        const stands = (day: LocalDate) =>
          pauses.some(({ after, until }) => until !== null && day > after && day <= until)
        const counted: LocalDate[] = []
        for (let day = addDays('2026-02-10', 1); day <= (promiseDue ?? ''); day = addDays(day, 1))
          if (isWorkingDay(calendars, day) && !stands(day)) counted.push(day)
        expect([counted.length, counted.at(-1)]).toEqual([5, promiseDue])
      }),
      runs,
    )
  })

  test('a pause never brings a due day nearer, and the legal one never comes before the promised one', () => {
    fc.assert(
      fc.property(anyHistory, actions => {
        const { promiseDue, legalDue } = clocksOf(actions, limits, calendars)
        const without = addWorkingDays(calendars, shanghaiDate(actions[0]?.at ?? 0), 5).date
        expect((promiseDue ?? '') >= without).toBe(true)
        expect((legalDue ?? '') >= (promiseDue ?? '')).toBe(true)
      }),
      runs,
    )
  })
})
