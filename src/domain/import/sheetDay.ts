import { halfWidth } from '../digits.ts'
import { addDays, isRealDay, type LocalDate } from '../world.ts'
import type { Cell } from './table.ts'

/** Day 0 of a sheet's calendar, as sheets count since the leap year 1900 that never was. */
const EPOCH = '1899-12-30'
/** Sheets' numbers of 1927 to 2119: five digits, so that a year or a month is never taken for one. */
const SERIAL = { first: 10_000, last: 80_000 }
/** 2027-01-01, 2027/1/1, 2027.1.1, 2027年1月1日, 20270101; a time of day behind it is left away. */
const WRITTEN =
  /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:[T\s]+\d{1,2}[:时]\d{2}(?:[:分]\d{2}(?:\.\d+)?)?[秒Z]?)?$/u

/**
 * A day as offices write it, or a sheet's own number, also where a text file holds that number. Null for a day that does not
 * exist, and for 3/4/2027, which is two days.
 */
export function readSheetDay({ text, serial }: Pick<Cell, 'text' | 'serial'>): LocalDate | null {
  const written = halfWidth(text).trim()
  const [, year, month, day, shortMonth, shortDay] = WRITTEN.exec(written) ?? []
  if (year !== undefined) return realDay(year, month ?? shortMonth ?? '', day ?? shortDay ?? '')
  const number = serial ?? (/^\d{5}(?:\.\d+)?$/.test(written) ? Number(written) : Number.NaN)
  return number >= SERIAL.first && number < SERIAL.last ? addDays(EPOCH, Math.floor(number)) : null
}

function realDay(year: string, month: string, day: string): LocalDate | null {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isRealDay(date) ? date : null
}
