import { daysInLunarMonth, formatLunar, lunarOf, solarOf } from '../../domain/lunar.ts'
import { daysInMonth, monthAfter, monthOf, monthsLater, yearOf } from '../../domain/months.ts'
import { addDays, type LocalDate } from '../../domain/world.ts'
import {
  dayAway,
  dayAwayRead,
  invalid,
  looksBack,
  plainDay,
  weekdayOf,
  wholeMonth,
  type DateContext,
  type DateReading,
} from './dateReading.ts'
import { figure, NUMERAL } from './numerals.ts'
import { exactDay } from './solarDates.ts'

const PART =
  '(?:的)?(?:大?清早|一大?早|早上|早晨|早|上午|中午|下午|傍晚|晚上|晚黑?|夜里|夜|凌晨|[前后上下]?半夜|黑[儿里了夜间家价]?|[上下晏]昼|朝早)'
/** 前天, 昨儿个, 大大后天; Cantonese 寻日 and 听日, Henan 夜个; 明早 and 昨晚 name the day by its part. */
const NAMED = new RegExp(
  `^(今|当|昨|寻|琴|夜|明|听|翌|次(?=日)|(?:大*)前|(?:大*)后)(?:(?:天|日|儿个?|个|朝|晌)(?:${PART})?|${PART.slice('(?:的)?'.length)})$`,
  'u',
)
const NAMED_DAYS: Readonly<Record<string, number>> = {
  今: 0,
  当: 0,
  昨: -1,
  寻: -1,
  琴: -1,
  夜: -1,
  明: 1,
  听: 1,
  翌: 1,
  次: 1,
}
const OTHER_NAMES: Readonly<Record<string, number>> = {
  外后天: 3,
  外后日: 3,
  刚刚: 0,
  现在: 0,
  刚才: 0,
  刚: 0,
  夜来: -1,
  today: 0,
  yesterday: -1,
  tomorrow: 1,
}
const COUNT = `(\\d{1,4}|${NUMERAL}{1,4})`
const AHEAD = '(再过|再有|再等|再|还有|还差|过|往后)?'
const BEHIND = '(?:(?:之|以)?(前|后))?(?:的)?(?:今天|今日)?'
const DAYS_AWAY = new RegExp(
  `^${AHEAD}${COUNT}(?:个)?(天|日|周|星期|礼拜)(?:(?:之|以)?(前|后)(?:的(?:今|这一?)[天日])?)?$`,
  'u',
)
/** 一个月零五天后, 一年零三个月前 */
const MIXED_AWAY = new RegExp(
  `^${AHEAD}(?:${COUNT}年(?=.*[月天]))?(?:[零又加]?${COUNT}个?月)?(?:[零又加]?${COUNT}天)?(?:(?:之|以)?(前|后))?$`,
  'u',
)
/** 三周以后的礼拜天, 再过两个星期的周三 */
const WEEKDAY_AWAY = new RegExp(
  `^${AHEAD}${COUNT}个?(?:周|星期|礼拜)(?:[之以过]?(前|后))?的?那?个?(?:周|星期|礼拜)([一二三四五六日天])$`,
  'u',
)
/** 两个月后的6号 */
const DAY_OF_MONTH_AWAY = new RegExp(
  `^${AHEAD}${COUNT}个?月(?:[之以过]?(前|后))?的(\\d{1,2}|${NUMERAL}{1,3})[日号]$`,
  'u',
)
/** 上周的今天 */
const SAME_WEEKDAY = /^(上+|下+)个?(?:周|星期|礼拜)的?(?:今[天日朝]|今儿个?|这一?天)$/u
/** 一个半月后, 一年半以前 */
const AND_HALF_AWAY = new RegExp(`^${AHEAD}${COUNT}(?:个半(月)|(年)半)(?:(?:之|以)?(前|后))?$`, 'u')
const MONTHS_AWAY = new RegExp(`^${AHEAD}(${COUNT.slice(1, -1)}|半)(?:个)?(月|年)${BEHIND}$`, 'u')
const SAME_DAY = /^(去|今|明|前|后|大前|大后|(?:上+|下+)个?月)年?(?:的)?(?:今[天日朝]|今儿个?|这一?天|同一?天)$/u
const YEARS: Readonly<Record<string, number>> = { 大前: -3, 前: -2, 去: -1, 今: 0, 明: 1, 后: 2, 大后: 3 }
const WEEKDAY = /^((?:上+|下+|这|本)?(?:个)?)(?:周|星期|礼拜)([一二三四五六日天末1-7])$/u
const WEEK = /^(上+|下+|这|本)(?:个)?(?:周|星期|礼拜)(?:里|内)?$/u
const MONTH = new RegExp(
  `^(上+|下+|这|本|当)(?:个)?月(?:的)?(?:(\\d{1,2}|${NUMERAL}{1,3})[日号]?|(底|初|末|头|里|份|中旬?|上旬|下旬))?$`,
  'u',
)
const PART_OF_MONTH = /^月(?:底|初|末|中|尾|头)$/u
const SOME_DAYS = /^(?:前|这|过|近)(?:几|些)(?:天|日)$|^(?:好几|十来|十几|几)天(?:之|以)?前$|^前两天$|^最近$/u
/** 上个月初五: the days 初 and 廿 are counted in the lunar month. */
const LUNAR_MONTH = /^(上|下|这|本)(?:个)?月的?((?:初|廿)[一二三四五六七八九十]?)$/u

/** 上上 is -2, 下 is 1, 这 and 本 are 0. */
function steps(which: string): number {
  return which.startsWith('上') ? -which.length : which.startsWith('下') ? which.length : 0
}

/** 昨天, 三天后, 去年今天, 上周三, 下个月15号 and their kin. Periods (下周, 月底) are vague. Null for anything else. */
export function readRelativeDate(text: string, context: DateContext): DateReading | null {
  const named = namedDay(text)
  if (named !== null) return plainDay(addDays(context.today, named), text)
  return (
    readDaysAway(text, context) ??
    readMixedAway(text, context) ??
    readWeekdayAway(text, context) ??
    readDayOfMonthAway(text, context) ??
    readAndHalfAway(text, context) ??
    readMonthsAway(text, context) ??
    readSameDay(text, context) ??
    readWeekday(text, context) ??
    readLunarMonth(text, context) ??
    readMonth(text, context)
  )
}

function namedDay(text: string): number | null {
  // Own names only: a person may as well type the name of a thing that every object has.
  const other = Object.hasOwn(OTHER_NAMES, text) ? OTHER_NAMES[text] : undefined
  if (other !== undefined) return other
  // 前晌 and 后晌 are the halves of a day, 明晌 is a day.
  const head = /^大*[前后]晌/u.test(text) ? undefined : NAMED.exec(text)?.[1]
  if (head === undefined) return null
  // 前天 is two days ago, every 大 before it one more.
  return NAMED_DAYS[head] ?? (head.endsWith('前') ? -1 - head.length : 1 + head.length)
}

function readDaysAway(text: string, context: DateContext): DateReading | null {
  const [, ahead, count = '', unit, side] = DAYS_AWAY.exec(text) ?? []
  // 20天 alone is a span and no day; 20天后 and 再过20天 are.
  if (!unit || !(ahead ?? side)) return null
  // 过两天 is some day soon; 两天后 is the day after tomorrow.
  if (ahead === '过' && count === '两' && unit === '天' && !side)
    return { kind: 'vague', period: addDays(context.today, 2) }
  const days = (figure(count) ?? 0) * (unit === '天' || unit === '日' ? 1 : 7)
  return dayAwayRead(context.today, { days: side === '前' ? -days : days }, text)
}

/** Days in half a month, as counted in law (民法典 202 counts by days where no month is whole). */
const HALF_MONTH = 15

function readAndHalfAway(text: string, { today }: DateContext): DateReading | null {
  const [, ahead, count = '', month, year, side] = AND_HALF_AWAY.exec(text) ?? []
  const number = figure(count)
  if (number === null || !(month ?? year) || !(ahead ?? side)) return null
  const sign = side === '前' ? -1 : 1
  const months = sign * (month ? number : 12 * number + 6)
  return dayAwayRead(today, { months, days: month ? sign * HALF_MONTH : 0 }, text)
}

/** 三个月后 is the same day three months on. 还有两个月 only says about when. */
function readMonthsAway(text: string, context: DateContext): DateReading | null {
  const [, ahead, number = '', unit, side] = MONTHS_AWAY.exec(text) ?? []
  const sameDay = /今[天日]$/u.test(text)
  if (!unit || !(ahead ?? side ?? (sameDay || undefined))) return null
  const sign = side === '前' || (sameDay && side === undefined) ? -1 : 1
  if (number === '半' && unit === '月') return plainDay(addDays(context.today, sign * HALF_MONTH), text)
  const months = sign * (number === '半' ? 6 : (figure(number) ?? 0) * (unit === '年' ? 12 : 1))
  if ((ahead === '还有' || ahead === '还差' || ahead === '再有') && !side) return monthAwayRead(context.today, months)
  return dayAwayRead(context.today, { months }, text)
}

function monthAwayRead(today: LocalDate, months: number): DateReading | null {
  const day = dayAway(today, { months })
  return day === null ? null : { kind: 'vague', period: day.slice(0, 7) }
}

/** 再过一个月零五天: the month first, then the days. */
function readMixedAway(text: string, context: DateContext): DateReading | null {
  const [, ahead, years, months, days, side] = MIXED_AWAY.exec(text) ?? []
  const units = [years, months, days].filter(unit => unit !== undefined)
  if (units.length < 2 || !(ahead ?? side)) return null
  const sign = side === '前' ? -1 : 1
  const [inYears = 0, inMonths = 0, inDays = 0] = [years, months, days].map(count => sign * (figure(count ?? '') ?? 0))
  return dayAwayRead(context.today, { months: 12 * inYears + inMonths, days: inDays }, text)
}

/** Weeks are counted from Monday to Monday, as in 下周三. */
function readWeekdayAway(text: string, context: DateContext): DateReading | null {
  const [, ahead, count = '', side, weekday = ''] = WEEKDAY_AWAY.exec(text) ?? []
  const weeks = figure(count)
  if (weeks === null || !(ahead ?? side)) return null
  const days = 7 * (side === '前' ? -weeks : weeks) + weekdayNumber(weekday) - 1
  return dayAwayRead(mondayOf(context.today), { days }, text)
}

function readDayOfMonthAway(text: string, { today }: DateContext): DateReading | null {
  const [, ahead, count = '', side, said = ''] = DAY_OF_MONTH_AWAY.exec(text) ?? []
  const [months, day] = [figure(count), figure(said)]
  if (months === null || day === null || !(ahead ?? side)) return null
  const first = dayAway(`${today.slice(0, 7)}-01`, { months: side === '前' ? -months : months })
  return first === null ? null : exactDay(yearOf(first), monthOf(first), day)
}

function readSameDay(text: string, context: DateContext): DateReading | null {
  const weeks = SAME_WEEKDAY.exec(text)?.[1]
  if (weeks !== undefined) return dayAwayRead(context.today, { days: 7 * steps(weeks) }, text)
  const head = SAME_DAY.exec(text)?.[1]
  if (head === undefined) return null
  const years = YEARS[head]
  const months = years === undefined ? steps(head.replace(/个?月$/u, '')) : years * 12
  return plainDay(monthsLater(context.today, months), text)
}

function readWeekday(text: string, context: DateContext): DateReading | null {
  const week = WEEK.exec(text)
  if (week) {
    const start = addDays(mondayOf(context.today), 7 * steps(week[1] ?? ''))
    return { kind: 'vague', period: `${start}/${addDays(start, 6)}` }
  }
  const parts = WEEKDAY.exec(text)
  if (!parts) return null
  const which = (parts[1] ?? '').replace('个', '')
  const monday = addDays(mondayOf(context.today), 7 * steps(which))
  if (parts[2] === '末') return { kind: 'several', days: [5, 6].map(n => ({ date: addDays(monday, n), spoken: null })) }
  const weekday = weekdayNumber(parts[2] ?? '')
  if (which !== '') return plainDay(addDays(monday, weekday - 1), text)
  return bareWeekday(addDays(monday, weekday - 1), text, context)
}

/** 1 Monday … 7 Sunday, from 一 … 日, 天 and figures. */
function weekdayNumber(said: string): number {
  return '一二三四五六日'.indexOf(said === '天' ? '日' : said) + 1 || Number(said)
}

function mondayOf(day: LocalDate): LocalDate {
  return addDays(day, 1 - weekdayOf(day))
}

/** 周三 alone: the last one of a birth, the next one of a due date, otherwise both are offered. */
function bareWeekday(inThisWeek: LocalDate, text: string, context: DateContext): DateReading {
  const last = inThisWeek <= context.today ? inThisWeek : addDays(inThisWeek, -7)
  const next = inThisWeek >= context.today ? inThisWeek : addDays(inThisWeek, 7)
  if (looksBack(context)) return plainDay(last, text)
  if (context.sense === 'dueDate' || last === next) return plainDay(next, text)
  return { kind: 'several', days: [last, next].map(date => ({ date, spoken: null })) }
}

function readLunarMonth(text: string, { today }: DateContext): DateReading | null {
  const [, which, dayText = ''] = LUNAR_MONTH.exec(text) ?? []
  const day = figure(dayText.replace('初', ''))
  const here = lunarOf(today)
  if (which === undefined || day === null || !here) return null
  // The last day of the month before is one day before the first of this one.
  const last = daysInLunarMonth(here.year, here.month, here.leap)
  const away = which === '上' ? -here.day : which === '下' ? last - here.day + 1 : 0
  const inMonth = lunarOf(addDays(today, away))
  const solar = inMonth && solarOf({ ...inMonth, day })
  if (!solar) return null
  return solar.ok ? plainDay(solar.date, formatLunar({ ...inMonth, day })) : invalid(solar.reason)
}

function readMonth(text: string, context: DateContext): DateReading | null {
  if (PART_OF_MONTH.test(text) || SOME_DAYS.test(text)) return { kind: 'vague', period: monthAfter(context.today, 0) }
  const parts = MONTH.exec(text)
  if (!parts) return null
  const month = monthAfter(context.today, steps(parts[1] ?? ''))
  if (/^[底末]$/u.test(parts[3] ?? '')) return plainDay(wholeMonth(month)[1], text)
  if (!parts[2]) return { kind: 'vague', period: month }
  const day = figure(parts[2]) ?? 0
  if (day < 1 || day > daysInMonth(yearOf(month), monthOf(month))) return invalid('no-such-day')
  return plainDay(`${month}-${String(day).padStart(2, '0')}`, text)
}
