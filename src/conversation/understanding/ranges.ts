import { addDays, type LocalDate } from '../../domain/world.ts'
import type { WorkCalendar } from '../../domain/workingDays.ts'
import { daysInMonth, monthAfter, monthOf, pad, sameDayAfter, wholeMonth, yearOf } from './dateReading.ts'
import type { DateContext, DateReading } from './dateReading.ts'
import { readDate } from './dates.ts'
import { holidayAround } from './holidays.ts'
import { figure, NUMERAL } from './numerals.ts'
import { one, vague, type Reading } from './reading.ts'
import { fullYear } from './solarDates.ts'
import { simplified } from './wording.ts'

export interface DateRange {
  from: LocalDate
  to: LocalDate
}
export interface RangeContext extends DateContext {
  calendars: readonly WorkCalendar[]
}

const N = `(\\d{1,4}|${NUMERAL}{1,4}|半)`
const YEAR = `(?:(\\d{2,4}|${NUMERAL}{2,4}|今|去|明|前|后)年(?:的|度)?)?`
const JOINT =
  /^(.+?)(?:到|至|~|—+|–|--|_|(?<=\d)-(?=\d{4}[-/.年]|\d{8}$)|(?<=[日号月])-|(?<=^\d{1,2}[-/.]\d{1,2})-)(?:了)?(.+)$/u
const HALF_YEAR = new RegExp(`^${YEAR}(上|下)半年$`, 'u')
const QUARTER = new RegExp(`^${YEAR}(?:第)?([一二三四1-4]|本|这个?|上个?)季度?$`, 'u')
const THREE_QUARTERS = new RegExp(`^${YEAR}前三(?:个)?季度$`, 'u')
const TENTH = new RegExp(`^(.*月)(?:份)?的?(上旬|中旬|下旬|上半月|下半月)$`, 'u')
const LATELY = new RegExp(`^(?:最近|近|过去|这)(?:的)?${N}?(?:个)?(天|日|周|星期|礼拜|月|年)(?:内|里|来|以来)?$`, 'u')
const SOON = new RegExp(`^(?:未来|今后|接下来|往后|以后)(?:的)?${N}?(?:个)?(天|日|周|星期|礼拜|月|年)(?:内|里)?$`, 'u')
const HOLIDAY = new RegExp(
  `^${YEAR}(元旦|春节|清明|五一|劳动|端午|中秋|国庆|十一)(?:节)?(?:假期?|期间|长假|放假|黄金周)$`,
  'u',
)
const UNTIL_NOW = /^(?:现在|今天|目前|今|当前|为止)$/u

/**
 * Reads a span of days: 3月1号到15号, 上个月, 上半年, 三季度, 最近七天 (today included), 12月上旬, 国庆假期.
 * Without a year the span nearest to today is meant. An end before the start lies in the next year.
 */
export function readRange(text: string, context: RangeContext): Reading<DateRange> | null {
  const plain = simplified(text)
    .replace(/\s+(?=\D)|(?<=\D)\s+/gu, '')
    .replace(/[。,]/gu, '')
    .replace(/^(?:从|自|在|就是|查|统计)+/u, '')
    .replace(/(?:为止|之间|这段时间|这几天|的数据|的)$/u, '')
    .replace(/^这一周$/u, '本周')
    .replace(/^(本|今|当)年(?:度)?以来$|^今年到现在$/u, '今年初到现在')
    .replace(/^本年/u, '今年')
  return named(plain, context) ?? joined(plain, context) ?? single(plain, context)
}

function named(plain: string, context: RangeContext): Reading<DateRange> | null {
  return (
    partOfYear(plain, context) ?? tenthOfMonth(plain, context) ?? aroundToday(plain, context) ?? holiday(plain, context)
  )
}

function partOfYear(plain: string, context: RangeContext): Reading<DateRange> | null {
  const half = HALF_YEAR.exec(plain)
  if (half) return months(yearIn(half[1], context), half[2] === '上' ? 1 : 7, 6)
  const three = THREE_QUARTERS.exec(plain)
  if (three) return months(yearIn(three[1], context), 1, 9)
  const quarter = QUARTER.exec(plain)
  if (quarter) return quarterOf(quarter[1], quarter[2] ?? '', context)
  const whole = new RegExp(`^(\\d{4}|${NUMERAL}{4}|今|去|明|前|后)年(?:全年|度|一年|一整年|整年|整个)?$`, 'u').exec(
    plain,
  )
  return whole ? months(yearIn(whole[1], context), 1, 12) : null
}

function quarterOf(year: string | undefined, which: string, context: RangeContext): Reading<DateRange> {
  const here = Math.ceil(monthOf(context.today) / 3)
  const relative = /^[本这]/u.test(which) ? here : which.startsWith('上') ? here - 1 : null
  if (relative === 0) return months(yearOf(context.today) - 1, 10, 3)
  return months(yearIn(year, context), 3 * (relative ?? figure(which) ?? 1) - 2, 3)
}

function yearIn(said: string | undefined, context: RangeContext): number {
  return said === undefined ? yearOf(context.today) : fullYear(said, context)
}

function months(year: number, first: number, count: number): Reading<DateRange> {
  const last = first + count - 1
  return one({ from: `${year}-${pad(first)}-01`, to: `${year}-${pad(last)}-${daysInMonth(year, last)}` })
}

function tenthOfMonth(plain: string, context: RangeContext): Reading<DateRange> | null {
  const [, monthText = '', part] = TENTH.exec(plain) ?? []
  if (part === undefined) return null
  const month = near(monthText, context)
  if (month?.kind !== 'vague' || !/^\d{4}-\d{2}$/.test(month.period)) return null
  const days: Record<string, [number, number]> = {
    上旬: [1, 10],
    中旬: [11, 20],
    下旬: [21, 31],
    上半月: [1, 15],
    下半月: [16, 31],
  }
  const [from, to] = days[part] ?? [1, 31]
  const last = Number(wholeMonth(month.period)[1].slice(8))
  return one({ from: `${month.period}-${pad(from)}`, to: `${month.period}-${pad(Math.min(to, last))}` })
}

/** 最近七天 ends today and counts it; 未来三天 begins tomorrow; months and years go from day to same day. */
function aroundToday(plain: string, { today }: RangeContext): Reading<DateRange> | null {
  const lately = LATELY.exec(plain)
  const soon = SOON.exec(plain)
  const [, number, unit = ''] = lately ?? soon ?? []
  if (unit === '' || (number === undefined && !/^(?:最近|近|过去|未来)/u.test(plain))) return null
  const half = number === '半'
  const count = half ? 1 : (figure(number ?? '一') ?? 1)
  const back = lately !== null
  if (/[天日周星期礼拜]/u.test(unit) || (half && unit === '月')) {
    const days = half ? 15 : count * (/[天日]/u.test(unit) ? 1 : 7)
    return one(
      back ? { from: addDays(today, 1 - days), to: today } : { from: addDays(today, 1), to: addDays(today, days) },
    )
  }
  const span = half ? 6 : count * (unit === '年' ? 12 : 1)
  const end = sameDayAfter(today, back ? -span : span)
  return one(back ? { from: end, to: today } : { from: today, to: end })
}

function holiday(plain: string, context: RangeContext): Reading<DateRange> | null {
  const [, year, name = ''] = HOLIDAY.exec(plain) ?? []
  if (name === '') return null
  const found = holidayAround(name, year === undefined ? null : fullYear(year, context), context)
  return found && one(found)
}

function joined(plain: string, context: RangeContext): Reading<DateRange> | null {
  const [, left = '', right = ''] = JOINT.exec(plain) ?? []
  if (left === '') return null
  const start = UNTIL_NOW.test(right)
    ? endsOf(left, context, { ...context, sense: 'past' })
    : endsOf(left, context, context)
  if (start.kind !== 'one') return start.kind === 'none' ? null : start
  if (UNTIL_NOW.test(right)) return one({ from: start.value.from, to: context.today })
  const end = endsOf(withMonthOf(right, start.value.from), context, {
    ...context,
    today: start.value.from,
    sense: 'dueDate',
  })
  if (end.kind !== 'one') return end.kind === 'none' ? null : end
  return end.value.to < start.value.from ? null : one({ from: start.value.from, to: end.value.to })
}

/** 11月20号到25号: the second day takes the month of the first. */
function withMonthOf(right: string, from: LocalDate): string {
  const day = new RegExp(`^(\\d{1,2}|${NUMERAL}{1,3})[日号]?$`, 'u').exec(right)?.[1]
  const number = day === undefined ? null : figure(day)
  if (number === null) return right
  return number >= Number(from.slice(8))
    ? `${from.slice(0, 7)}-${pad(number)}`
    : `${monthAfter(from, 1)}-${pad(number)}`
}

type Ends = Reading<DateRange> | { kind: 'none' }

/** One side of a range. Words like 今天 and 下周五 are always seen from today; a day without year from `without`. */
function endsOf(side: string, context: RangeContext, without: RangeContext): Ends {
  const own = named(side, context)
  if (own) return own
  const relative = /[今昨明后前去上下这本]/u.test(side) || /^\d{4}/u.test(side)
  const bare = new RegExp(`^(?:\\d{1,2}|${NUMERAL}{1,3})[日号]?$`, 'u').test(side)
  const reading = bare
    ? readDate(`本月${side}`, context)
    : without === context || relative
      ? near(side, context)
      : readDate(side, { today: without.today, sense: without.sense })
  return reading ? spanOf(reading) : { kind: 'none' }
}

/** The reading nearest to today when the year was left out. */
function near(side: string, { today }: RangeContext): DateReading | null {
  const last = readDate(side, { today, sense: 'past' })
  const next = readDate(side, { today, sense: 'dueDate' })
  const [before, after] = [last && spanOf(last), next && spanOf(next)]
  if (before?.kind !== 'one' || after?.kind !== 'one') return next?.kind === 'invalid' ? (last ?? next) : next
  const away = (from: LocalDate) => Math.abs(Date.parse(from) - Date.parse(today))
  return away(before.value.from) <= away(after.value.from) ? last : next
}

function spanOf(reading: DateReading): Ends {
  if (reading.kind === 'invalid') return reading
  if (reading.kind === 'several') return { kind: 'none' }
  const [from = '', to = from] = reading.kind === 'day' ? [reading.date] : reading.period.split('/')
  return one({ from: edge(from, 0), to: edge(to, 1) })
}

function edge(period: string, end: 0 | 1): LocalDate {
  if (period.length === 4) return end === 0 ? `${period}-01-01` : `${period}-12-31`
  return period.length === 7 ? wholeMonth(period)[end] : period
}

/** A period that is a range by itself: 上个月, 2026年3月, 下周, 腊月, 这周末. */
function single(plain: string, context: RangeContext): Reading<DateRange> | null {
  const reading = near(plain, context)
  if (reading?.kind === 'several' && plain.endsWith('周末')) {
    const [first, last] = reading.days
    return first && last ? one({ from: first.date, to: last.date }) : null
  }
  if (reading?.kind === 'day') return vague(reading.date)
  const ends = reading && spanOf(reading)
  return !ends || ends.kind === 'none' ? null : ends
}
