import type { LocalDate } from '../../domain/world.ts'
import { dayOf, daysInMonth, invalid, monthAfter, pad, plainDay, yearOf } from './dateReading.ts'
import type { DateContext, DateReading } from './dateReading.ts'
import { NUMERAL, readChinese } from './numerals.ts'

const N = `(?:\\d{1,4}|${NUMERAL}{1,5})`
const YEAR = `(?:(${N}|今|去|明|前|后|大前)年(?:的)?)?`
const FULL = new RegExp(`^${YEAR}(${N})月(?:份)?(?:的)?(${N})([日号])?$`, 'u')
const MONTH = new RegExp(`^(?:公历|阳历|新历)?${YEAR}(${N})月(?:份|底|初|中|中旬|上旬|下旬|里)?$`, 'u')
const ONLY_YEAR = new RegExp(`^(\\d{4}|${NUMERAL}{4}|今|去|明|前|后)年$`, 'u')
const ONLY_DAY = /^(\d{1,2}|[一二三四五六七八九十]{1,3}(?=[日号])|三?二?十[一二三四五六七八九]?)[日号]?$/u
const SEPARATED = /^(\d{4}|\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?$/u
const MONTH_DAY = /^(\d{1,2})[-/.](\d{1,2})$/u
const RELATIVE_YEARS: Readonly<Record<string, number>> = { 大前: -3, 前: -2, 去: -1, 今: 0, 明: 1, 后: 2 }

/** Solar dates with figures or Chinese numerals, with or without year. Null when the text is something else. */
export function readSolarDate(text: string, context: DateContext): DateReading | null {
  const core = text.replace(/^(?:公历|阳历|新历)/u, '')
  return readSeparated(core, context) ?? readWritten(core, context, core !== text) ?? readVague(core, context)
}

function readSeparated(text: string, context: DateContext): DateReading | null {
  const compact = /^(\d{4})(\d{2})(\d{2})$/u.exec(text) ?? /^(\d{2})(\d{2})(\d{2})$/u.exec(text)
  const parts = SEPARATED.exec(text) ?? compact
  if (parts) return exactDay(fullYear(parts[1] ?? '', context), Number(parts[2]), Number(parts[3]))
  const yearMonth = /^(\d{4})[-/.](\d{1,2})$/u.exec(text)
  if (yearMonth) return wholeMonth(yearMonth[1], Number(yearMonth[2]), context)
  const short = MONTH_DAY.exec(text)
  return short ? dayWithoutYear(Number(short[1]), Number(short[2]), context) : null
}

/** 三月十五 and 三月三 in Chinese numerals without 日 or 号 are said of both calendars: left to the lunar reader. */
function readWritten(text: string, context: DateContext, saidSolar: boolean): DateReading | null {
  const parts = FULL.exec(text)
  if (!parts) return null
  const [, year, monthText = '', dayText = '', ending] = parts
  const month = figure(monthText)
  const day = figure(dayText)
  if (month === null || day === null) return null
  const plainWords =
    !ending && !saidSolar && !/\d/.test(monthText + dayText) && (!year || Object.hasOwn(RELATIVE_YEARS, year))
  if (plainWords && (day > 10 || day === month)) return null
  return year ? exactDay(fullYear(year, context), month, day) : dayWithoutYear(month, day, context)
}

function readVague(text: string, context: DateContext): DateReading | null {
  const month = MONTH.exec(text)
  if (month) return wholeMonth(month[1], figure(month[2] ?? ''), context)
  const year = ONLY_YEAR.exec(text)
  if (year) return { kind: 'vague', period: String(fullYear(year[1] ?? '', context)) }
  const day = ONLY_DAY.exec(text)
  const number = day && figure(day[1] ?? '')
  return number === null ? null : bareDay(number, context)
}

function wholeMonth(year: string | undefined, month: number | null, context: DateContext): DateReading | null {
  if (month === null) return null
  if (month < 1 || month > 12) return invalid('no-such-month')
  const inYear = year ? fullYear(year, context) : occurrence(`-${pad(month)}`, context, 7)
  return { kind: 'vague', period: `${inYear}-${pad(month)}` }
}

/** 15号 names no month: the two nearest that have such a day are offered. */
function bareDay(day: number, context: DateContext): DateReading {
  if (day < 1 || day > 31) return invalid('no-such-day')
  const thisMonth = context.today.slice(8) >= pad(day)
  const past = context.sense === 'birthDate'
  const first = past ? (thisMonth ? 0 : -1) : thisMonth && !context.today.endsWith(pad(day)) ? 1 : 0
  const days: { date: LocalDate; spoken: null }[] = []
  for (let step = first; days.length < 2; step += past ? -1 : 1) {
    const month = monthAfter(context.today, step)
    const date = dayOf(Number(month.slice(0, 4)), Number(month.slice(5)), day)
    if (date) days.push({ date, spoken: null })
  }
  return { kind: 'several', days }
}

/** A day of a given year, or why there is none. */
export function exactDay(year: number, month: number, day: number): DateReading {
  if (month < 1 || month > 12) return invalid('no-such-month')
  const date = dayOf(year, month, day)
  return date ? plainDay(date) : invalid('no-such-day')
}

/** The year is chosen by sense first, then the day must exist in it: 2月29日 of a common year is named as impossible. */
export function dayWithoutYear(month: number, day: number, context: DateContext): DateReading {
  if (month < 1 || month > 12) return invalid('no-such-month')
  if (day < 1 || day > daysInMonth(2024, month)) return invalid('no-such-day')
  return exactDay(occurrence(`-${pad(month)}-${pad(day)}`, context, 10), month, day)
}

/** The year in which `-MM` or `-MM-DD` comes next, or came last for births. */
function occurrence(rest: string, context: DateContext, length: number): number {
  const year = yearOf(context.today)
  const here = context.today.slice(0, length)
  const inThisYear = `${year}${rest}`
  if (context.sense === 'birthDate') return inThisYear <= here ? year : year - 1
  return inThisYear >= here ? year : year + 1
}

/** 2026, 26, 二零二六, 今, 去 … A year of two figures is the past century when it would be a birth in the future. */
export function fullYear(text: string, context: DateContext): number {
  const thisYear = yearOf(context.today)
  const relative = RELATIVE_YEARS[text]
  if (relative !== undefined) return thisYear + relative
  const number = figure(text) ?? 0
  if (text.length > 2 || number >= 100) return number
  const latest = context.sense === 'birthDate' ? thisYear : thisYear + 10
  return 2000 + number <= latest ? 2000 + number : 1900 + number
}

function figure(text: string): number | null {
  return /^\d+$/.test(text) ? Number(text) : readChinese(text)
}
