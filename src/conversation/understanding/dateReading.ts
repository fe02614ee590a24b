import { daysInMonth, monthOf, monthsLater, yearOf } from '../../domain/months.ts'
import { addDays, type LocalDate } from '../../domain/world.ts'
import { figure, NUMERAL } from './numerals.ts'
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

/** Both days compete, as time goes; null when one of them says too little. */
export function eitherDay(first: DateReading, second: DateReading): DateReading | null {
  const [some, others] = [daysOf(first), daysOf(second)]
  if (some.length === 0 || others.length === 0) return null
  const days = [...new Map([...some, ...others].map(day => [day.date, day])).values()]
  const [only, another] = days
  return only && !another
    ? { kind: 'day', ...only }
    : { kind: 'several', days: days.toSorted((a, b) => a.date.localeCompare(b.date)) }
}

function daysOf(reading: DateReading): { date: LocalDate; spoken: string | null }[] {
  if (reading.kind === 'day') return [{ date: reading.date, spoken: reading.spoken }]
  return reading.kind === 'several' ? reading.days : []
}

export function invalid(reason: RefusalReason): DateReading {
  return { kind: 'invalid', reason }
}

export function plainDay(date: LocalDate, spoken: string | null = null): DateReading {
  return { kind: 'day', date, spoken }
}

/** Nobody's papers name a year outside of these. */
const YEARS = { first: 1800, last: 2199 }
const MONTHS_OF_ALL = (YEARS.last - YEARS.first + 1) * 12

const isInCalendar = (year: number): boolean => year >= YEARS.first && year <= YEARS.last

const YEAR_SAID = new RegExp(`(\\d+|${NUMERAL}+)年`, 'gu')

/** Whether a year is named that is none of a calendar (999年, 三亿年). Small figures are years of a century, or a span. */
export function namesForeignYear(words: string): boolean {
  return [...words.matchAll(YEAR_SAID)].some(([, said = '']) => {
    const year = figure(said)
    return year !== null && year >= 100 && !isInCalendar(year)
  })
}

/** The calendar day, or null when the month or day does not exist. Years 1800–2199. */
export function dayOf(year: number, month: number, day: number): LocalDate | null {
  if (!isInCalendar(year) || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null
  return `${year}-${pad(month)}-${pad(day)}`
}

/** The day so many months and then days away, back when negative. Null outside of the years of `dayOf`: 三亿天后. */
export function dayAway(
  from: LocalDate,
  { months = 0, days = 0 }: { months?: number; days?: number },
): LocalDate | null {
  if (Math.abs(months) > MONTHS_OF_ALL || Math.abs(days) > MONTHS_OF_ALL * 31) return null
  const inMonths = monthsLater(from, months)
  if (!isInCalendar(yearOf(inMonths))) return null
  const day = addDays(inMonths, days)
  return isInCalendar(yearOf(day)) ? day : null
}

/** The same as a reading of these words. */
export function dayAwayRead(
  from: LocalDate,
  away: { months?: number; days?: number },
  spoken: string,
): DateReading | null {
  const day = dayAway(from, away)
  return day === null ? null : plainDay(day, spoken)
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
