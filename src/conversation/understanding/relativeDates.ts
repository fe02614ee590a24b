import { addDays } from '../../domain/world.ts'
import {
  daysInMonth,
  invalid,
  monthAfter,
  plainDay,
  weekdayOf,
  yearOf,
  type DateContext,
  type DateReading,
} from './dateReading.ts'
import { NUMERAL, readChinese } from './numerals.ts'

const NAMED_DAYS: Readonly<Record<string, number>> = {
  今天: 0,
  今日: 0,
  今儿: 0,
  今朝: 0,
  今晚: 0,
  今早: 0,
  昨天: -1,
  昨日: -1,
  昨儿: -1,
  昨晚: -1,
  昨夜: -1,
  前天: -2,
  前日: -2,
  前晚: -2,
  前儿: -2,
  大前天: -3,
  明天: 1,
  明日: 1,
  明儿: 1,
  明早: 1,
  明晚: 1,
  后天: 2,
  后日: 2,
  后儿: 2,
  大后天: 3,
  刚刚: 0,
  刚才: 0,
  刚: 0,
  today: 0,
  yesterday: -1,
  tomorrow: 1,
}
const COUNT = `(\\d{1,4}|${NUMERAL}{1,4})`
const AHEAD = '(再过|还有|还差|过)?'
const DAYS_AWAY = new RegExp(`^${AHEAD}${COUNT}(?:个)?(天|日|周|星期|礼拜)(?:(?:之|以)?(前|后))?$`, 'u')
const MONTHS_AWAY = new RegExp(`^${AHEAD}(${COUNT.slice(1, -1)}|半)(?:个)?(月|年)(?:(?:之|以)?(前|后))?$`, 'u')
const WEEKDAY = /^((?:上上|下下|上|下|这|本)?(?:个)?)(?:周|星期|礼拜)([一二三四五六日天末1-7])$/u
const WEEK = /^(上上|下下|上|下|这|本)(?:个)?(?:周|星期|礼拜)$/u
const MONTH = new RegExp(
  `^(上上|下下|上|下|这|本)(?:个)?月(?:的)?(?:(\\d{1,2}|${NUMERAL}{1,3})[日号]?|(底|初|中旬?|上旬|下旬))?$`,
  'u',
)
const STEPS: Readonly<Record<string, number>> = { 上上: -2, 上: -1, 这: 0, 本: 0, '': 0, 下: 1, 下下: 2 }

/** 昨天, 三天后, 上周三, 下个月15号 and their kin. Periods (下周, 三个月后) are vague. Null for anything else. */
export function readRelativeDate(text: string, context: DateContext): DateReading | null {
  const named = NAMED_DAYS[text.replace(/(?:早上|上午|中午|下午|晚上|夜里|凌晨|半夜)$/u, '')]
  if (named !== undefined) return plainDay(addDays(context.today, named), text)
  return readDaysAway(text, context) ?? readWeekday(text, context) ?? readMonth(text, context)
}

function readDaysAway(text: string, context: DateContext): DateReading | null {
  const [, ahead, count = '', unit, side] = DAYS_AWAY.exec(text) ?? []
  // 20天 alone is a span and no day; 20天后 and 再过20天 are.
  if (unit && (ahead ?? side)) {
    const days = figure(count) * (unit === '天' || unit === '日' ? 1 : 7)
    return plainDay(addDays(context.today, side === '前' ? -days : days), text)
  }
  return readMonthsAway(text, context)
}

function readMonthsAway(text: string, context: DateContext): DateReading | null {
  const [, ahead, number = '', unit, side] = MONTHS_AWAY.exec(text) ?? []
  if (!unit || !(ahead ?? side)) return null
  const inYears = unit === '年'
  // 半年 is six months; 半个月 is about the fifteenth day from here, so only the month is taken.
  const count = number === '半' ? (inYears ? 6 : 0) : figure(number) * (inYears ? 12 : 1)
  return { kind: 'vague', period: monthAfter(context.today, side === '前' ? -count : count) }
}

function readWeekday(text: string, context: DateContext): DateReading | null {
  const week = WEEK.exec(text)
  if (week) {
    const start = addDays(mondayOf(context.today), 7 * (STEPS[week[1] ?? ''] ?? 0))
    return { kind: 'vague', period: `${start}/${addDays(start, 6)}` }
  }
  const parts = WEEKDAY.exec(text)
  if (!parts || parts[2] === '末') return null
  const monday = mondayOf(context.today)
  const weekday = '一二三四五六日'.indexOf(parts[2] === '天' ? '日' : (parts[2] ?? '')) + 1 || Number(parts[2])
  const which = (parts[1] ?? '').replace('个', '')
  if (which !== '') return plainDay(addDays(monday, 7 * (STEPS[which] ?? 0) + weekday - 1), text)
  return bareWeekday(addDays(monday, weekday - 1), text, context)
}

function mondayOf(day: string): string {
  return addDays(day, 1 - weekdayOf(day))
}

/** 周三 alone: the last one of a birth, the next one of a due date, otherwise both are offered. */
function bareWeekday(inThisWeek: string, text: string, context: DateContext): DateReading {
  const last = inThisWeek <= context.today ? inThisWeek : addDays(inThisWeek, -7)
  const next = inThisWeek >= context.today ? inThisWeek : addDays(inThisWeek, 7)
  if (context.sense === 'birthDate') return plainDay(last, text)
  if (context.sense === 'dueDate' || last === next) return plainDay(next, text)
  return { kind: 'several', days: [last, next].map(date => ({ date, spoken: null })) }
}

function readMonth(text: string, context: DateContext): DateReading | null {
  const parts = MONTH.exec(text)
  if (!parts) return null
  const month = monthAfter(context.today, STEPS[parts[1] ?? ''] ?? 0)
  if (!parts[2]) return { kind: 'vague', period: month }
  const day = figure(parts[2])
  if (day < 1 || day > daysInMonth(yearOf(month), Number(month.slice(5)))) return invalid('no-such-day')
  return plainDay(`${month}-${String(day).padStart(2, '0')}`, text)
}

function figure(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : (readChinese(text) ?? 0)
}
