import { addWorkingDays, isWorkingDay, type WorkCalendar } from '../../domain/workingDays.ts'
import { addDays, type LocalDate } from '../../domain/world.ts'
import type { DateContext } from './dateReading.ts'
import { dayAway, wholePeriod } from './dateReading.ts'
import { readDate } from './dates.ts'
import { HOLIDAY_NAMES, nextHoliday } from './holidays.ts'
import { figure, NUMERAL } from './numerals.ts'
import { one, oneOf, vague, type Reading } from './reading.ts'
import { simplified } from './wording.ts'

export interface WorkdayContext extends DateContext {
  calendars: readonly WorkCalendar[]
}

const N = `(\\d{1,4}|${NUMERAL}{1,4})`
const WORKING = '(?:工作[日天]|上班[日天]|上班的(?:日子|那一?天))'
const COUNTED = new RegExp(`${N}个?${WORKING}(?:之|以)?(前(?!完)|后|内|里|左右)?`, 'u')
const NEXT = new RegExp(`^(下下|下|上上|上|前)(?:一|1)?个?${WORKING}$`, 'u')
const NEAREST = new RegExp(`^最近的?(?:一个)?${WORKING}$`, 'u')
const HOLIDAY = `(?:(${HOLIDAY_NAMES})(?:节|假期?|长假|小长假)?|(过完?年|年)|过?节|放?假|假期|节假日|长假)`
const AFTER_HOLIDAY = new RegExp(
  `${HOLIDAY}(?:(?:之|以|过|放假|放完假?(?:以|之)?)?(?:后|完)|(?<=过完年))(?:的)?(?:(?:第?${N}|头一|首)(?:个|天)(?:${WORKING}|上班))?`,
  'u',
)
const BEFORE_HOLIDAY = new RegExp(
  `${HOLIDAY}(?:之|以|放假)?前(?:的)?(?:最后|末|倒数)?(?:第?${N})?(?:个|天)?(?:${WORKING}|上班)`,
  'u',
)
/** 本月倒数第二个工作日 */
const FROM_END = new RegExp(`^(.+?)(?:的|里|内)?倒数第?${N}个${WORKING}$`, 'u')
/** 五日内, 一周内: days of the calendar; the next working day when the last is off. */
const CALENDAR_DAYS = new RegExp(
  `${N}(?:天|日|个自然日|(?<weeks>个?(?:周|星期|礼拜))|(?<months>个月))(?:之|以)?内`,
  'u',
)
const EDGE = new RegExp(`^(.+?)(?:的|里|内)?(第|最后|头|首)(?:一|1)?个?${WORKING}$`, 'u')
const NTH = new RegExp(`^(.+?)(?:的|里|内)?第${N}个${WORKING}$`, 'u')
const BEHIND_DAY = new RegExp(`^(.+?)(?:之|以)?后(?:的)?第${N}个${WORKING}$`, 'u')

/**
 * Reads a day counted in working days by the loaded calendars: 三个工作日后, 10个工作日内 (its last day), 下个工作日,
 * 国庆节后第一个工作日, 本月最后一个工作日. The first day is not counted (民法典 201). A plain day is that day or the next
 * working one. Beyond the last loaded year only weekends and statutory days are known to be off.
 */
export function readWorkday(text: string, context: WorkdayContext): Reading<LocalDate> | null {
  const plain = simplified(text).replace(/[\s,。!]/gu, '')
  return (
    nextOrLast(plain, context) ??
    aroundHoliday(plain, context) ??
    edgeOfPeriod(plain, context) ??
    edgeInSentence(plain, context) ??
    nextInSentence(plain, context) ??
    counted(plain, context) ??
    plainDate(plain, context)
  )
}

function nextOrLast(plain: string, { today, calendars }: WorkdayContext): Reading<LocalDate> | null {
  if (NEAREST.test(plain)) return after(calendars, today, 0)
  const which = NEXT.exec(plain)?.[1]
  if (which === undefined) return null
  const steps = which.length
  return which.startsWith('下') ? after(calendars, today, steps) : before(calendars, today, steps)
}

const NEXT_IN_SENTENCE = new RegExp(
  `(?<![上下第])((?:下下|上上|[上下]|(?<!之|以|年|节|天|日)前)(?:一|1)?个?${WORKING})`,
  'u',
)
const EDGE_IN_SENTENCE = new RegExp(
  `(?:(?:上上|下下|[上下这本])个?(?:月|周|星期|礼拜)|(?:[今明]年|\\d{4}年)?(?:\\d{1,2}|${NUMERAL}{1,2})月|月底|年底|[今明]年)(?:份)?(?:的|里|内)?(?:倒数)?(?:第(?:\\d{1,2}|${NUMERAL}{1,2})|最后一|头一|首)个?${WORKING}`,
  'u',
)

/** 最晚本月最后一个工作日能拿到 */
function edgeInSentence(plain: string, context: WorkdayContext): Reading<LocalDate> | null {
  const said = EDGE_IN_SENTENCE.exec(plain)?.[0]
  return said === undefined ? null : edgeOfPeriod(said, context)
}

/** 那我下个工作日来取: nothing else in the sentence names a day that it could be counted from. */
function nextInSentence(plain: string, context: WorkdayContext): Reading<LocalDate> | null {
  const said = NEXT_IN_SENTENCE.exec(plain)?.[1]
  if (said === undefined || readDate(plain.replace(said, '，'), context) !== null) return null
  return nextOrLast(said, context)
}

/** A year of working days is the longest term anybody speaks of here; days are counted one by one. */
const LONGEST = 400

/** The same in months. */
const MOST_MONTHS = 12

/** Null for more days than anybody speaks of. */
function after(calendars: readonly WorkCalendar[], from: LocalDate, days: number): Reading<LocalDate> | null {
  return days > LONGEST ? null : one(addWorkingDays(calendars, from, days).date)
}

/** Null for more days than anybody speaks of. */
function before(calendars: readonly WorkCalendar[], from: LocalDate, days: number): Reading<LocalDate> | null {
  if (days > LONGEST) return null
  let date = from
  for (let left = days; left > 0;) {
    date = addDays(date, -1)
    if (isWorkingDay(calendars, date)) left -= 1
  }
  return one(date)
}

function aroundHoliday(plain: string, { today, calendars }: WorkdayContext): Reading<LocalDate> | null {
  const last = BEFORE_HOLIDAY.exec(plain)
  const parts = last ?? AFTER_HOLIDAY.exec(plain)
  if (!parts || /\d年|[今明去]年/u.test(plain)) return null
  const name = parts[1] ?? (parts[2] === undefined ? null : '春节')
  const holiday = nextHoliday(name, today, calendars)
  if (!holiday) return null
  const count = figure(parts[3] ?? '一') ?? 1
  return last ? before(calendars, holiday.from, count) : after(calendars, holiday.to, count)
}

/** 下周第一个工作日, 本月最后一个工作日, 12月的第三个工作日, 12月31日之后的第一个工作日. */
function edgeOfPeriod(plain: string, context: WorkdayContext): Reading<LocalDate> | null {
  const { calendars } = context
  const behind = BEHIND_DAY.exec(plain)
  if (behind) {
    const days = daysIn(behind[1] ?? '', context)
    return days && after(calendars, days[1], figure(behind[2] ?? '') ?? 1)
  }
  const fromEnd = FROM_END.exec(plain)
  if (fromEnd) {
    const days = daysIn(fromEnd[1] ?? '', context)
    return days && before(calendars, addDays(days[1], 1), figure(fromEnd[2] ?? '') ?? 1)
  }
  const edge = EDGE.exec(plain)
  const nth = edge ? null : NTH.exec(plain)
  const period = edge?.[1] ?? nth?.[1]
  const days = period === undefined ? null : daysIn(period, context)
  if (!days) return null
  // 9月24号收的件，第3个工作日: the day of what starts a term is not counted.
  if (nth && days[0] === days[1] && HANDED_IN.test(plain)) return after(calendars, days[0], figure(nth[2] ?? '') ?? 1)
  if (edge?.[2] === '最后') return before(calendars, addDays(days[1], 1), 1)
  return after(calendars, addDays(days[0], -1), figure(nth?.[2] ?? '一') ?? 1)
}

function daysIn(period: string, context: WorkdayContext): [LocalDate, LocalDate] | null {
  const reading = readDate(period.replace(/(?:之前|前)$/u, ''), context)
  if (reading?.kind === 'day') return [reading.date, reading.date]
  if (reading?.kind !== 'vague') return null
  const [from = '', to = from] = reading.period.split('/')
  return [wholePeriod(from)[0], wholePeriod(to)[1]]
}

function counted(plain: string, context: WorkdayContext): Reading<LocalDate> | null {
  const { today, calendars } = context
  const parts = COUNTED.exec(plain)
  const [low, high] = pairOf(parts?.[1] ?? '')
  const days = low ?? figure(parts?.[1] ?? '')
  if (!parts) return calendarDays(plain, context)
  if (days === null) return null
  const said = plain
    .replace(parts[0], '')
    .replace(/^(?:从|自|收到|在)+|(?:开始|受理|收到|提交|起算|算起|起|算|的|之|以)+$/gu, '')
  const base = said === '' ? null : readDate(said, { ...context, sense: context.sense ?? senseOfStart(said, plain) })
  if (base?.kind === 'invalid') return base
  const from = base?.kind === 'day' ? base.date : today
  if (parts[2] === '前' || BACKWARDS.test(said)) return before(calendars, from, days)
  const last = after(calendars, from, days)
  if (high !== undefined && last?.kind === 'one') return oneOf([last.value, addWorkingDays(calendars, from, high).date])
  return last?.kind === 'one' && parts[2] === '左右' ? vague(last.value) : last
}

/** 11月25号前三个工作日, 往前三个工作日 */
const BACKWARDS = /(?:之|以|往)?前(?:推|数)?$/u
const BARE_WEEKDAY = /^[^上下这本]*(?:周|星期|礼拜)[一二三四五六日天]/u
/** What a term is counted from when it has happened. */
const HANDED_IN = /[交递]|受理|收[到的了件]|申请|办的|报的|送/u

/** 周一提交 was the last Monday, 周三后 is told of the next one. */
function senseOfStart(start: string, plain: string): 'past' | 'dueDate' | undefined {
  if (!BARE_WEEKDAY.test(start)) return undefined
  return HANDED_IN.test(plain) ? 'past' : 'dueDate'
}

/** 两三个工作日, 三五个工作日: one or the other. */
function pairOf(said: string): number[] {
  const [low, high, another] = /^\d/u.test(said) ? [] : Array.from(said, digit => figure(digit) ?? 0)
  const isPair = low !== undefined && low < 10 && (high === low + 1 || said === '三五') && another === undefined
  return isPair ? [low, high ?? low] : []
}

function calendarDays(plain: string, { today, calendars }: WorkdayContext): Reading<LocalDate> | null {
  const found = CALENDAR_DAYS.exec(plain)
  const { weeks, months } = found?.groups ?? {}
  const number = figure(found?.[1] ?? '')
  if (months !== undefined) {
    const day = number === null || number > MOST_MONTHS ? null : dayAway(today, { months: number })
    return day === null ? null : after(calendars, day, 0)
  }
  const days = number === null ? null : number * (weeks === undefined ? 1 : 7)
  return days === null || days > LONGEST ? null : after(calendars, addDays(today, days), 0)
}

function plainDate(plain: string, context: WorkdayContext): Reading<LocalDate> | null {
  const reading = readDate(plain, context)
  if (reading?.kind === 'invalid') return reading
  const onOrAfter = (date: LocalDate) => addWorkingDays(context.calendars, date, 0).date
  if (reading?.kind === 'day') return one(onOrAfter(reading.date))
  if (reading?.kind === 'several') return oneOf(reading.days.map(({ date }) => onOrAfter(date)))
  return reading?.kind === 'vague' ? { kind: 'vague', about: reading.period } : null
}
