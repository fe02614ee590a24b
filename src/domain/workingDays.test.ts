import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { LegalHoliday } from 'tyme4ts'
import { describe, expect, it } from 'vitest'
import { addWorkingDays, dueDates, isWorkingDay, statutoryDays, type WorkCalendar } from './workingDays.ts'
import { addDays } from './world.ts'

const calendars: WorkCalendar[] = [2025, 2026].map(year =>
  JSON.parse(readFileSync(`regions/calendar/${year}.json`, 'utf8')),
)
const allDays = Array.from({ length: 730 }, (_, i) => addDays('2025-01-01', i))
const anyDay = fc.integer({ min: 0, max: 1500 }).map(n => addDays('2024-06-01', n))
const count = fc.integer({ min: 0, max: 60 })

describe('the calendar', () => {
  it('agrees with a table of another source on every day of 2025 and 2026', () => {
    for (const day of allDays) {
      const [y = 0, m = 0, d = 0] = day.split('-').map(Number)
      const weekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
      const expected = LegalHoliday.fromYmd(y, m, d)?.isWork() ?? !weekend
      expect(isWorkingDay(calendars, day), day).toBe(expected)
    }
  })

  it('has 248 working days in each year', () => {
    for (const year of ['2025', '2026'])
      expect(allDays.filter(day => day.startsWith(year) && isWorkingDay(calendars, day))).toHaveLength(248)
  })

  it('knows the statutory days of 2027 from the moon and the sun', () => {
    expect(statutoryDays(2027)).toEqual([
      '2027-01-01',
      '2027-02-05',
      '2027-02-06',
      '2027-02-07',
      '2027-02-08',
      '2027-04-05',
      '2027-05-01',
      '2027-05-02',
      '2027-06-09',
      '2027-09-15',
      '2027-10-01',
      '2027-10-02',
      '2027-10-03',
    ])
  })
})

describe('a term in working days', () => {
  it.each([
    ['2026-11-20', 1, '2026-11-23'],
    ['2026-11-23', 1, '2026-11-24'],
    ['2026-11-23', 5, '2026-11-30'],
    ['2026-11-21', 5, '2026-11-27'],
    ['2026-09-30', 1, '2026-10-08'],
    ['2026-10-09', 1, '2026-10-10'],
    ['2026-02-13', 1, '2026-02-14'],
    ['2026-02-14', 1, '2026-02-24'],
    ['2026-11-22', 0, '2026-11-23'],
    ['2026-11-23', 0, '2026-11-23'],
  ])('from %s, %d days, ends on %s', (from, days, date) => {
    expect(addWorkingDays(calendars, from, days)).toEqual({ date, provisional: false })
  })

  it('is provisional beyond the last notice and never ends on New Year', () => {
    expect(addWorkingDays(calendars, '2026-11-21', 29)).toEqual({ date: '2026-12-31', provisional: false })
    expect(addWorkingDays(calendars, '2026-11-21', 30)).toEqual({ date: '2027-01-04', provisional: true })
    expect(addWorkingDays(calendars, '2027-02-04', 1)).toEqual({ date: '2027-02-09', provisional: true })
  })

  it('takes up the notice of 2027 when it is loaded, with its days in the year before', () => {
    const next = {
      year: 2027,
      daysOff: ['2026-12-31', '2027-01-01'],
      makeUpDays: ['2027-01-03'],
      source: 'made up for this test',
    }
    expect(addWorkingDays([...calendars, next], '2026-12-30', 1)).toEqual({ date: '2027-01-03', provisional: false })
  })

  it('never ends on a day off, holds exactly its number of working days, and later starts never end earlier', () => {
    fc.assert(
      fc.property(anyDay, count, (from, days) => {
        const { date } = addWorkingDays(calendars, from, days)
        expect(isWorkingDay(calendars, date)).toBe(true)
        const passed = Array.from({ length: 200 }, (_, i) => addDays(from, i + 1)).filter(
          day => day <= date && isWorkingDay(calendars, day),
        )
        if (days > 0) expect(passed).toHaveLength(days)
        const later = addWorkingDays(calendars, from, days + 1).date
        // Received on a day off, term 0 and term 1 both end on the next working day.
        expect(days > 0 ? later > date : later >= date).toBe(true)
        expect(addWorkingDays(calendars, addDays(from, 1), days).date >= date).toBe(true)
      }),
    )
  })

  it('can be walked in two parts', () => {
    fc.assert(
      fc.property(anyDay, count, count, (from, a, b) => {
        const start = addWorkingDays(calendars, from, 0).date
        const middle = addWorkingDays(calendars, start, a).date
        expect(addWorkingDays(calendars, middle, b).date).toBe(addWorkingDays(calendars, start, a + b).date)
      }),
    )
  })

  it('refuses a broken number of days', () => {
    for (const days of [-1, 1.5, Number.NaN, 100_000])
      expect(() => addWorkingDays(calendars, '2026-11-23', days)).toThrow(RangeError)
  })
})

it('gives a case its two due dates, and none where the pack knows no limit', () => {
  const nothing = { value: null, source: null }
  const source = { document: '某办法', checked: '2026-11-21', weight: 'law' } as const
  const limits = { promiseDays: { value: 5, source }, legalDays: { value: 20, source } }
  expect(dueDates('2026-11-23', limits, calendars)).toEqual({
    promiseDue: '2026-11-30',
    legalDue: '2026-12-21',
    provisional: false,
  })
  const unknown = { ...limits, legalDays: nothing }
  expect(dueDates('2026-12-28', unknown, calendars)).toEqual({
    promiseDue: '2027-01-05',
    legalDue: null,
    provisional: true,
  })
})
