import { SolarDay } from 'tyme4ts'
import { expect, test } from 'vitest'
import { lunarFromSolar, lunarMonths, solarFromLunar } from './lunar.ts'
import { dayNumber, isoDay } from './solar.ts'

test('every day from 1900 to 2100 has the lunar date that tyme4ts gives, and leads back to itself', () => {
  const wrong: string[] = []
  for (let day = dayNumber('1900-01-01'); day <= dayNumber('2100-12-31'); day++) {
    const date = isoDay(day)
    const expected = SolarDay.fromYmd(
      Number(date.slice(0, 4)),
      Number(date.slice(5, 7)),
      Number(date.slice(8)),
    ).getLunarDay()
    const month = expected.getLunarMonth()
    const lunar = {
      year: expected.getYear(),
      month: Math.abs(month.getMonth()),
      leap: month.isLeap(),
      day: expected.getDay(),
    }
    const ours = lunarFromSolar(date)
    if (JSON.stringify(ours) !== JSON.stringify(lunar) || (ours && solarFromLunar(ours) !== date)) wrong.push(date)
  }
  expect(wrong).toEqual([])
})

test('腊月初八 of 2026 is 15 January 2027', () => {
  expect(solarFromLunar({ year: 2026, month: 12, leap: false, day: 8 })).toBe('2027-01-15')
})

test('a leap month that the year does not have is refused', () => {
  expect(solarFromLunar({ year: 2026, month: 6, leap: true, day: 1 })).toBeNull()
  expect(lunarMonths(2025).filter(month => month.leap)).toMatchObject([{ month: 6 }])
})

test('years outside the table have no months', () => {
  expect(lunarMonths(2101)).toEqual([])
  expect(lunarFromSolar('1850-01-01')).toBeNull()
})
