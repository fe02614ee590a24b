import { daysInMonth, monthAfter, yearOf } from '../../domain/months.ts'
import { addDays, type LocalDate } from '../../domain/world.ts'
import { dayOf, FARTHEST_AHEAD, invalid, looksBack, pad, plainDay } from './dateReading.ts'
import type { DateContext, DateReading } from './dateReading.ts'
import { figure, NUMERAL } from './numerals.ts'

const N = `(?:\\d{1,4}|${NUMERAL}{1,5})`
const YEAR = `(?:(${N}|今|去|明|前|后|大前|大后)年(?:的)?)?`
/** 公历2026年3月5号 and 去年阳历三月八号: the mark before the year or behind it. */
const SOLAR_MARK = new RegExp(`^((?:${N}|今|去|明|前|后|大前|大后)年的?)?(?:公历|阳历|新历)的?`, 'u')
const FULL = new RegExp(`^${YEAR}(${N})月(?:份)?(?:的)?(${N})([日号])?$`, 'u')
const MONTH = new RegExp(`^(?:公历|阳历|新历)?${YEAR}(${N})月(?:份|底|初|中|中旬|上旬|下旬|里)?$`, 'u')
const PAIR_OF_MONTHS = new RegExp(
  `^${YEAR}(一二|二三|三四|四五|五六|六七|七八|八九|十(?=十一)|十一(?=十二))(十[一二])?月(?:份)?$`,
  'u',
)
const ONLY_YEAR = new RegExp(
  `^(\\d{4}|${NUMERAL}{4}|[5-9]\\d|[零〇五六七八九][零〇一二三四五六七八九]|今|去|明|前|后|大前|大后)年(?:里|内)?$|^((?:19|20)\\d{2}|[一二][零〇九][零〇一二三四五六七八九]{2})$`,
  'u',
)
const PART_OF_YEAR = new RegExp(`^(?:(\\d{4}|${NUMERAL}{4}|今|去|明|前|后)年?)?年?(底|末|尾|初|头|中)$`, 'u')
/** 今年头一个月, 明年第三个月 */
const MONTH_OF_YEAR = new RegExp(
  `^(\\d{4}|${NUMERAL}{4}|今|去|明|前|后)年的?(?:(?:头|第)(\\d{1,2}|${NUMERAL}{1,2})|(最后一|末))个?月$`,
  'u',
)
/** 明年春天; a winter lies in two years and is asked for. */
const SEASON = new RegExp(`^(\\d{4}|${NUMERAL}{4}|今|去|明|前|后)年的?(?:开春|[春夏秋](?:天|上|季)?|热天)$`, 'u')
const ONLY_DAY = /^(\d{1,2}|[一二三四五六七八九十]{1,3}(?=[日号])|三?二?十[一二三四五六七八九]?)[日号]?$/u
const SEPARATED = /^(\d{4}|\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?$/u
/** 明年3.5 */
const RELATIVE_SEPARATED = /^(今|去|明|前|后|大前|大后)年的?(\d{1,2})[-/.](\d{1,2})$/u
const YEAR_AND_MONTH = /^((?:19|20)\d{2})(0[1-9]|1[0-2])$/u
const MONTH_DAY = /^(\d{1,2})[-/.](\d{1,2})$/u
/** 0109 */
const MONTH_DAY_CLOSE = /^(0[1-9]|1[0-2])([0-2]\d|3[01])$/u
const RELATIVE_YEARS: Readonly<Record<string, number>> = { 大前: -3, 前: -2, 去: -1, 今: 0, 明: 1, 后: 2, 大后: 3 }

/** Solar dates with figures or Chinese numerals, with or without year. Null when the text is something else. */
export function readSolarDate(text: string, context: DateContext): DateReading | null {
  const core = text.replace(SOLAR_MARK, '$1')
  return readSeparated(core, context) ?? readWritten(core, context, core !== text) ?? readVague(core, context)
}

function readSeparated(text: string, context: DateContext): DateReading | null {
  const compact = /^(\d{4})(\d{2})(\d{2})[日号]?$/u.exec(text) ?? /^(\d{2})(\d{2})(\d{2})$/u.exec(text)
  const parts = SEPARATED.exec(text) ?? RELATIVE_SEPARATED.exec(text) ?? compact
  const written = YEAR_AND_MONTH.exec(text)
  // 202603 as 20-26-03 would be no day: it is March.
  if (written && Number(compact?.[2]) > 12) return readMonth(written[1], Number(written[2]), context)
  if (parts) return exactDay(fullYear(parts[1] ?? '', context), Number(parts[2]), Number(parts[3]))
  const endYear = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/u.exec(text)
  if (endYear) return dayOrMonthFirst(endYear)
  const yearMonth = /^(\d{4})[-/.](\d{1,2})$/u.exec(text)
  if (yearMonth) return readMonth(yearMonth[1], Number(yearMonth[2]), context)
  const short = MONTH_DAY.exec(text) ?? MONTH_DAY_CLOSE.exec(text)
  if (!short) return null
  const [first, second] = [Number(short[1]), Number(short[2])]
  // 25/11 can only be the 25th of November.
  return first > 12 && second <= 12 && text.includes('/')
    ? dayWithoutYear(second, first, context)
    : dayWithoutYear(first, second, context)
}

/** 5/3/2026 is the fifth of March or the third of May, by where it was learnt. */
function dayOrMonthFirst([, first, second, year]: RegExpExecArray): DateReading {
  const readings = [
    exactDay(Number(year), Number(second), Number(first)),
    exactDay(Number(year), Number(first), Number(second)),
  ]
  const days = readings.flatMap(reading => (reading.kind === 'day' ? [reading] : []))
  const dates = new Set(days.map(({ date }) => date))
  return dates.size > 1 ? { kind: 'several', days } : (days[0] ?? invalid('no-such-day'))
}

/** 三月十五 and 三月三 in Chinese numerals without 日 or 号 are said of both calendars: left to the lunar reader. */
function readWritten(text: string, context: DateContext, saidSolar: boolean): DateReading | null {
  const parts = FULL.exec(text)
  if (!parts) return null
  const [, year, monthText = '', dayText = '', ending] = parts
  const month = figure(monthText)
  const day = figure(dayText)
  if (month === null || day === null) return null
  // 廿 and 卅 count days of the lunar month unless 日, 号 or 公历 says otherwise.
  if (/^[廿卅]/u.test(dayText) && !ending && !saidSolar) return null
  const plainWords =
    !ending && !saidSolar && !/\d/.test(monthText + dayText) && (!year || Object.hasOwn(RELATIVE_YEARS, year))
  if (plainWords && (day > 10 || day === month)) return null
  return year ? exactDay(fullYear(year, context), month, day) : dayWithoutYear(month, day, context)
}

function readVague(text: string, context: DateContext): DateReading | null {
  const part = readPartOfYear(text, context) ?? readMonthPair(text, context)
  if (part) return part
  const month = MONTH.exec(text)
  const number = month && figure(month[2] ?? '')
  if (month && number !== null) return readMonth(month[1], number, context)
  const year = ONLY_YEAR.exec(text) ?? SEASON.exec(text)
  if (year) return { kind: 'vague', period: String(fullYear(year[1] ?? year[2] ?? '', context)) }
  const day = ONLY_DAY.exec(text)
  const dayNumber = day && figure(day[1] ?? '')
  return dayNumber === null ? null : bareDay(dayNumber, context)
}

/** 年底, 明年初: the last or first month. Without a year this year's. */
function readPartOfYear(text: string, context: DateContext): DateReading | null {
  const [, ofYear, count, end] = MONTH_OF_YEAR.exec(text) ?? []
  if (ofYear !== undefined) return readMonth(ofYear, end ? 12 : (figure(count ?? '') ?? 0), context)
  const [, year, part] = /年/u.test(text) ? (PART_OF_YEAR.exec(text) ?? []) : []
  if (part === undefined) return null
  const month = /[底末尾]/u.test(part) ? '12' : part === '中' ? '06' : '01'
  return { kind: 'vague', period: `${year ? fullYear(year, context) : yearOf(context.today)}-${month}` }
}

/** 三四月份: from the one to the other. */
function readMonthPair(text: string, context: DateContext): DateReading | null {
  const [, year, pair = '', later] = PAIR_OF_MONTHS.exec(text) ?? []
  if (pair === '') return null
  const low = figure(later ? pair : pair.charAt(0)) ?? 0
  const first = readMonth(year, low, context)
  return first.kind === 'vague' ? { kind: 'vague', period: `${first.period}/${monthAfter(first.period, 1)}` } : first
}

function readMonth(year: string | undefined, month: number, context: DateContext): DateReading {
  if (month < 1 || month > 12) return invalid('no-such-month')
  const inYear = year ? fullYear(year, context) : occurrence(`-${pad(month)}`, context, 7)
  return { kind: 'vague', period: `${inYear}-${pad(month)}` }
}

/**
 * 15号 names no month: two days that have this number are offered, the next two for a due date, the last two for a
 * birth, otherwise the last and the next one (today with the next). Said with its sense (预产期28号) it is the nearest.
 */
function bareDay(day: number, context: DateContext): DateReading {
  if (day < 1 || day > 31) return invalid('no-such-day')
  const back = looksBack(context)
  const ahead = context.sense === 'dueDate'
  const most = context.said ? 1 : 2
  const days = [
    ...(ahead ? [] : monthsWith(day, context, -1).slice(0, back ? most : 1)),
    ...(back ? [] : monthsWith(day, context, 1).slice(0, ahead ? most : 1)),
  ]
  const [only] = days
  if (context.said && only !== undefined && days.length === 1) return plainDay(only, `${day}号`)
  const other = back || ahead || days[0] !== days[1] ? [] : monthsWith(day, context, 1).slice(1, 2)
  const dates = [...new Set([...days, ...other])]
  // The last ones of a birth come nearest first, everything else as time goes.
  if (!back) dates.sort()
  return { kind: 'several', days: dates.map(date => ({ date, spoken: null })) }
}

/** The days of this number from today on, or back from today, nearest first. */
function monthsWith(day: number, { today }: DateContext, step: 1 | -1): LocalDate[] {
  return Array.from({ length: 5 }, (_, i) => monthAfter(today, i * step))
    .flatMap(month => dayOf(Number(month.slice(0, 4)), Number(month.slice(5)), day) ?? [])
    .filter(date => (step === 1 ? date >= today : date <= today))
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

/** The year meant by `-MM` or `-MM-DD` without one (see `DateContext`). */
function occurrence(rest: string, context: DateContext, length: number): number {
  const year = yearOf(context.today)
  const here = context.today.slice(0, length)
  const last = `${year}${rest}` <= here ? year : year - 1
  const next = `${year}${rest}` >= here ? year : year + 1
  if (looksBack(context)) return last
  const farthest = addDays(context.today, FARTHEST_AHEAD)
  return context.sense === 'dueDate' || `${next}${rest}` <= farthest ? next : last
}

/** 2026, 26, 二零二六, 今, 去 … A year of two figures is the past century when it would be a birth in the future. */
export function fullYear(text: string, context: DateContext): number {
  const thisYear = yearOf(context.today)
  const relative = Object.hasOwn(RELATIVE_YEARS, text) ? RELATIVE_YEARS[text] : undefined
  if (relative !== undefined) return thisYear + relative
  const number = figure(text) ?? 0
  if (text.length > 2 || number >= 100) return number
  const latest = looksBack(context) ? thisYear : thisYear + 10
  return 2000 + number <= latest ? 2000 + number : 1900 + number
}
