import { dayNumber, isoDay, type LocalDate } from './solar.ts'
import { FIRST_LUNAR_YEAR, lunarYearCodes } from './lunarTable.ts'

export interface LunarMonth {
  month: number
  leap: boolean
  days: number
  /** Day number (see `solar.ts`) of its first day. */
  start: number
}

export interface LunarDate {
  year: number
  month: number
  leap: boolean
  day: number
}

const codes = lunarYearCodes.split(' ').map(code => parseInt(code, 36))

/** The 12 or 13 months of a lunar year in order; empty outside 1899–2100. */
export function lunarMonths(year: number): LunarMonth[] {
  const code = codes[year - FIRST_LUNAR_YEAR]
  if (code === undefined) return []
  const longMonths = code % 8192
  const leapMonth = Math.floor(code / 8192) % 16
  let start = dayNumber(`${year}-01-01`) + Math.floor(code / 8192 / 16)
  return Array.from({ length: leapMonth > 0 ? 13 : 12 }, (_unused, index) => {
    const leap = leapMonth > 0 && index === leapMonth
    const month = leapMonth > 0 && index >= leapMonth ? index : index + 1
    const days = (longMonths >> index) & 1 ? 30 : 29
    const first = start
    start += days
    return { month, leap, days, start: first }
  })
}

/** Null outside the table. */
export function lunarFromSolar(date: LocalDate): LunarDate | null {
  const day = dayNumber(date)
  const solarYear = Number(date.slice(0, 4))
  for (const year of [solarYear, solarYear - 1]) {
    const found = lunarMonths(year).find(month => day >= month.start && day < month.start + month.days)
    if (found) return { year, month: found.month, leap: found.leap, day: day - found.start + 1 }
  }
  return null
}

/** Null when the year has no such month or day. */
export function solarFromLunar(date: LunarDate): LocalDate | null {
  const month = lunarMonths(date.year).find(({ month, leap }) => month === date.month && leap === date.leap)
  if (!month || date.day < 1 || date.day > month.days) return null
  return isoDay(month.start + date.day - 1)
}
