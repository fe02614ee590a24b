import type { LocalDate } from '../world.ts'

/** The same day of the month that many months later, or the month's last where it has no such day (民法典 202). */
export function monthsLater(day: LocalDate, months: number): LocalDate {
  const [year, month, date] = partsOf(day)
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(date, last))
  return first.toISOString().slice(0, 10)
}

/** Whole months from one day to another; negative when it lies before. */
export function wholeMonths(from: LocalDate, to: LocalDate): number {
  const [fromYear, fromMonth] = partsOf(from)
  const [toYear, toMonth] = partsOf(to)
  const months = (toYear - fromYear) * 12 + toMonth - fromMonth
  return monthsLater(from, months) > to ? months - 1 : months
}

/** The year of a day. */
export function yearOf(day: LocalDate): number {
  return partsOf(day)[0]
}

function partsOf(day: LocalDate): [number, number, number] {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return [year, month, date]
}
