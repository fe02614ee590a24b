import { daysInMonth, monthOf, yearOf } from '../../domain/months.ts'
import type { LocalDate } from '../../domain/world.ts'
import type { RefusalReason } from './types.ts'

/** What a date answer may mean before minimum and maximum are looked at. */
export type DateReading =
  /** `spoken`: the words to repeat before 就是 when the day was not given plainly (腊月初八, 昨天). */
  | { kind: 'day'; date: LocalDate; spoken: string | null }
  | { kind: 'several'; days: { date: LocalDate; spoken: string | null }[] }
  /** `YYYY-MM`, `YYYY`, a day that was only named roughly, or `from/to` of days or months: ask for more. */
  | { kind: 'vague'; period: string }
  | { kind: 'invalid'; reason: RefusalReason }

/**
 * `dueDate`: the next occurrence is meant; `birthDate`: the latest past one, and none ahead; `past`: the latest past
 * one. Without a sense: the next one while a due date can lie that far ahead, otherwise the latest past one.
 */
export interface DateContext {
  today: LocalDate
  sense?: 'dueDate' | 'birthDate' | 'past' | undefined
  /** The sense was said beside the day (预产期28号), so that a bare day names one day; an answer alone leaves two. */
  said?: boolean
}

/** No due date lies further ahead than a pregnancy (40 weeks) and its two weeks of delay; rounded up to 300 days. */
export const FARTHEST_AHEAD = 300

export function looksBack({ sense }: DateContext): boolean {
  return sense === 'birthDate' || sense === 'past'
}

export function invalid(reason: RefusalReason): DateReading {
  return { kind: 'invalid', reason }
}

export function plainDay(date: LocalDate, spoken: string | null = null): DateReading {
  return { kind: 'day', date, spoken }
}

/** The calendar day, or null when the month or day does not exist. Years 1800–2199. */
export function dayOf(year: number, month: number, day: number): LocalDate | null {
  if (year < 1800 || year > 2199 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null
  return `${year}-${pad(month)}-${pad(day)}`
}

/** 1 Monday … 7 Sunday. */
export function weekdayOf(day: LocalDate): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7
}

/** The first and the last day of `YYYY-MM`. */
export function wholeMonth(month: string): [LocalDate, LocalDate] {
  return [`${month}-01`, `${month}-${daysInMonth(yearOf(month), monthOf(month))}`]
}

/** The first and the last day of `YYYY`, `YYYY-MM` or of the day itself. */
export function wholePeriod(period: string): [LocalDate, LocalDate] {
  if (period.length === 4) return [`${period}-01-01`, `${period}-12-31`]
  return period.length === 7 ? wholeMonth(period) : [period, period]
}

/** 2027年1月15日（星期五）: how dates are shown to people. */
export function showDate(date: LocalDate): string {
  const weekday = '一二三四五六日'.charAt(weekdayOf(date) - 1)
  return `${yearOf(date)}年${monthOf(date)}月${Number(date.slice(8))}日（星期${weekday}）`
}

export function pad(number: number): string {
  return String(number).padStart(2, '0')
}
