import fc from 'fast-check'
import solarLunar from 'solarlunar'
import { describe, expect, it } from 'vitest'
import { formatLunar, leapMonthOf, lunarOf, solarOf, solarTermDay } from './lunar.ts'
import { addDays } from './world.ts'

const day = fc.integer({ min: 0, max: 72_600 }).map(n => addDays('1901-01-01', n))

describe('a lunar date', () => {
  it.each([
    ['2027-01-15', '腊月初八'],
    ['2026-11-22', '十月十四'],
    ['2026-02-17', '正月初一'],
    ['2025-07-25', '闰六月初一'],
    ['2026-09-25', '八月十五'],
    ['1996-09-27', '八月十五'],
    ['2027-02-06', '正月初一'],
  ])('of %s is %s', (solar, spoken) => {
    const lunar = lunarOf(solar)
    expect(lunar && formatLunar(lunar)).toBe(spoken)
  })

  it('goes to the solar calendar and back unchanged', () => {
    fc.assert(
      fc.property(day, date => {
        const lunar = lunarOf(date)
        expect(lunar && solarOf(lunar)).toEqual({ ok: true, date })
      }),
    )
  })

  it('is refused with its reason when it does not exist', () => {
    expect(solarOf({ year: 2026, month: 6, leap: true, day: 1 })).toEqual({ ok: false, reason: 'no-such-leap-month' })
    expect(solarOf({ year: 2025, month: 6, leap: true, day: 1 })).toEqual({ ok: true, date: '2025-07-25' })
    expect(solarOf({ year: 2025, month: 12, leap: false, day: 30 })).toEqual({ ok: false, reason: 'no-such-day' })
    expect(solarOf({ year: 2025, month: 13, leap: false, day: 1 })).toEqual({ ok: false, reason: 'no-such-month' })
  })

  it('agrees with a second table of another author on every day of 1930–1939 and 1985–2034, but for one known stretch', () => {
    const differing: string[] = []
    for (let date = '1930-01-01'; date < '2035'; date = date === '1939-12-31' ? '1985-01-01' : addDays(date, 1)) {
      const [y = 0, m = 0, d = 0] = date.split('-').map(Number)
      const other = solarLunar.solar2lunar(y, m, d)
      const ours = lunarOf(date)
      if (other === -1 || !ours) throw new Error(date)
      const same =
        other.lYear === ours.year &&
        other.lMonth === ours.month &&
        other.lDay === ours.day &&
        other.isLeap === ours.leap
      if (!same) differing.push(date)
    }
    expect(differing.at(0)).toBe('1933-07-22')
    expect(differing.at(-1)).toBe('1933-08-20')
    expect(differing).toHaveLength(30)
  })
})

it('knows leap months and the two solar terms which people name as days', () => {
  expect([2023, 2024, 2025, 2026, 2028].map(leapMonthOf)).toEqual([2, 0, 6, 0, 5])
  expect(solarTermDay(2027, '清明')).toBe('2027-04-05')
  expect(solarTermDay(2026, '冬至')).toBe('2026-12-22')
})
