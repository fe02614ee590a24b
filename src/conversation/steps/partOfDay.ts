import { formatLunar, lunarOf } from '../../domain/lunar.ts'
import { daysInMonth, monthOf, yearOf } from '../../domain/months.ts'
import { showMonth } from '../showValue.ts'
import { plainValue } from '../plainText.ts'
import type { Json, Language } from '../types.ts'
import type { Understood } from '../understanding/types.ts'

/** What is asked next: the day of a month, month and day of a year, the month of a year. */
export type Missing = 'day' | 'lunarDay' | 'monthAndDay' | 'month'

const YEAR = /^\d{4}$/
const MONTH = /^\d{4}-\d{2}$/
const LUNAR_MONTH = /^(\d{4}-\d{2}-\d{2})\/\d{4}-\d{2}-\d{2}$/

/** What is missing to a day (or month) that is known by this much; null where it was only named roughly. */
export function missingOf(period: string, precision: 'day' | 'month'): Missing | null {
  if (YEAR.test(period)) return precision === 'month' ? 'month' : 'monthAndDay'
  if (MONTH.test(period)) return 'day'
  return lunarMonthOf(period) === null ? null : 'lunarDay'
}

/** As its giver reads it back: 2027年, 2027年3月, 农历三月. */
export function showPeriod(language: Language, period: string): string {
  if (YEAR.test(period)) return language === 'zh-CN' ? `${period}年` : period
  return lunarMonthOf(period) ?? showMonth(language, period)
}

/** 农历三月 for the days from its first to its last. */
function lunarMonthOf(period: string): string | null {
  const first = LUNAR_MONTH.exec(period)?.[1]
  const lunar = first === undefined ? null : lunarOf(first)
  return lunar && `农历${formatLunar({ ...lunar, day: 1 }).replace('初一', '')}`
}

/** The answer together with what was said before: 15号 after 2027年3月. Null where it says month or year itself. */
export function completed(period: string, said: string): string | null {
  const year = `${yearOf(period)}年`
  if (/年|\d{4}/u.test(said)) return null
  if (YEAR.test(period))
    return `${year}${/^[\d一二三四五六七八九十]{1,2}$/u.test(said.trim()) ? `${said.trim()}月` : said}`
  if (/[月/.-]/u.test(said)) return null
  const lunar = lunarMonthOf(period)
  return lunar === null ? `${year}${monthOf(period)}月${said}` : `${year}${lunar}${said}`
}

/** The month that was heard, where only a month is asked for. */
export function asMonth(language: Language, heard: Understood): Understood {
  const ok = (month: string): Understood => ({
    status: 'ok',
    value: month,
    confirm: false,
    shown: showMonth(language, month),
  })
  if (heard.status === 'approx' && MONTH.test(heard.detail)) return ok(heard.detail)
  if (heard.status === 'ok') return ok(monthIn(heard.value))
  if (heard.status !== 'ambiguous') return heard
  const months = [...new Set(heard.options.map(({ value }) => monthIn(value)))]
  const [only = '', ...others] = months
  if (others.length === 0) return ok(only)
  return { status: 'ambiguous', options: months.map(value => ({ value, label: showMonth(language, value) })) }
}

const monthIn = (day: Json): string => plainValue(day).slice(0, 'YYYY-MM'.length)

/** Whether a month lies before or after what is allowed, told as the reader tells it of days. */
export function beyond(
  month: string,
  { min, max }: { min?: number | string; max?: number | string },
): Understood | null {
  const last = `${month}-${daysInMonth(yearOf(month), monthOf(month))}`
  if (typeof min === 'string' && last < min) return { status: 'invalid', reason: 'too-early', detail: min }
  if (typeof max === 'string' && `${month}-01` > max) return { status: 'invalid', reason: 'too-late', detail: max }
  return null
}
