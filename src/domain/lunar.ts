import { LunarDay, LunarMonth, LunarYear, SolarDay, SolarTerm } from 'tyme4ts'
import type { LocalDate } from './world.ts'

/** A day of the Chinese calendar. `year` is the solar year in which that lunar year begins. */
export interface LunarDate {
  year: number
  month: number
  leap: boolean
  day: number
}

export type LunarRefusal = 'no-such-day' | 'no-such-month' | 'no-such-leap-month'

/** Years in which the calendar was compared day by day with a second source (see the tests). */
const FIRST_YEAR = 1900
const LAST_YEAR = 2099

const MONTHS = ['正', '二', '三', '四', '五', '六', '七', '八', '九', '十', '冬', '腊'] as const
const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'] as const

/** The lunar day of a solar one. Null outside 1900–2099. */
export function lunarOf(date: LocalDate): LunarDate | null {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  if (year < FIRST_YEAR || year > LAST_YEAR) return null
  const lunar = SolarDay.fromYmd(year, month, day).getLunarDay()
  const lunarMonth = lunar.getLunarMonth()
  return { year: lunar.getYear(), month: lunarMonth.getMonth(), leap: lunarMonth.isLeap(), day: lunar.getDay() }
}

/** The solar day of a lunar one, or why there is none: month 13, no such leap month that year, a 30th in a short month. */
export function solarOf(lunar: LunarDate): { ok: true; date: LocalDate } | { ok: false; reason: LunarRefusal } {
  const { year, month, leap, day } = lunar
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12) return { ok: false, reason: 'no-such-month' }
  if (leap && leapMonthOf(year) !== month) return { ok: false, reason: 'no-such-leap-month' }
  if (day < 1 || day > daysInLunarMonth(year, month, leap)) return { ok: false, reason: 'no-such-day' }
  return { ok: true, date: isoDay(LunarDay.fromYmd(year, leap ? -month : month, day).getSolarDay()) }
}

/** Number of the month that has a leap month behind it in this lunar year; 0 for none. */
export function leapMonthOf(year: number): number {
  return LunarYear.fromYear(year).getLeapMonth()
}

/** 29 or 30. The month must exist. */
export function daysInLunarMonth(year: number, month: number, leap: boolean): number {
  return LunarMonth.fromYm(year, leap ? -month : month).getDayCount()
}

/** The 24 solar terms in the order of the solar year. */
export const SOLAR_TERMS = [
  '小寒',
  '大寒',
  '立春',
  '雨水',
  '惊蛰',
  '春分',
  '清明',
  '谷雨',
  '立夏',
  '小满',
  '芒种',
  '夏至',
  '小暑',
  '大暑',
  '立秋',
  '处暑',
  '白露',
  '秋分',
  '寒露',
  '霜降',
  '立冬',
  '小雪',
  '大雪',
  '冬至',
] as const
export type SolarTermName = (typeof SOLAR_TERMS)[number]

/** The day of a solar term in a solar year. They move by a day between years and are no lunar days. */
export function solarTermDay(year: number, name: SolarTermName): LocalDate {
  // The package counts the terms of a year from the 冬至 of the December before.
  return isoDay(SolarTerm.fromName(name === '冬至' ? year + 1 : year, name).getSolarDay())
}

/** 腊月初八, 闰六月廿三: as spoken, without the year. */
export function formatLunar(lunar: LunarDate): string {
  return `${lunar.leap ? '闰' : ''}${MONTHS[lunar.month - 1] ?? ''}月${formatLunarDay(lunar.day)}`
}

function formatLunarDay(day: number): string {
  if (day <= 10) return `初${DIGITS[day] ?? ''}`
  if (day === 20 || day === 30) return day === 20 ? '二十' : '三十'
  return `${day < 20 ? '十' : '廿'}${DIGITS[day % 10] ?? ''}`
}

function isoDay(day: SolarDay): LocalDate {
  return [String(day.getYear()).padStart(4, '0'), pad(day.getMonth()), pad(day.getDay())].join('-')
}

function pad(number: number): string {
  return String(number).padStart(2, '0')
}
