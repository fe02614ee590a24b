import type { LocalDate } from './world.ts'

/** The year of a day, or of a month as `YYYY-MM`. */
export function yearOf(day: LocalDate): number {
  return Number(day.slice(0, 4))
}

/** The month of a day, 1 to 12. */
export function monthOf(day: LocalDate): number {
  return Number(day.slice(5, 7))
}

/** 28 to 31. */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** `YYYY-MM`, `months` later or earlier than a day or such a month. */
export function monthAfter(day: LocalDate, months: number): string {
  const count = yearOf(day) * 12 + monthOf(day) - 1 + months
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`
}

/** The same day of the month that many months later or earlier, or the month's last where it has no such day (民法典 202). */
export function monthsLater(day: LocalDate, months: number): LocalDate {
  const month = monthAfter(day, months)
  const last = daysInMonth(yearOf(month), monthOf(month))
  return `${month}-${String(Math.min(Number(day.slice(8)), last)).padStart(2, '0')}`
}

/** Whole months from one day to another; negative when it lies before. */
export function wholeMonths(from: LocalDate, to: LocalDate): number {
  const months = (yearOf(to) - yearOf(from)) * 12 + monthOf(to) - monthOf(from)
  return monthsLater(from, months) > to ? months - 1 : months
}
