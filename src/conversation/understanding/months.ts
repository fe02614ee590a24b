import { monthAfter } from '../../domain/months.ts'
import type { DateContext, DateReading } from './dateReading.ts'
import { readDate } from './dates.ts'
import { figure } from './numerals.ts'
import { readRange } from './ranges.ts'
import { oneOf, vague, type Reading } from './reading.ts'

/**
 * Reads a month as `YYYY-MM`: 明年三月, 下个月, 三个月前, or the month of a day. A lunar month lies in two solar ones
 * (腊月) and 三四月 names two: they compete. A bare year is vague.
 */
export function readMonth(text: string, context: DateContext): Reading<string> | null {
  const compact = /(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(?!\d|[块元个户])/u.exec(text)
  if (compact) return oneOf([`${compact[1]}-${compact[2]}`])
  const short = /^\s*(1[3-9]|2\d)[-/.](0?[1-9]|1[0-2])\s*$/u.exec(text)
  if (short) return oneOf([`20${short[1]}-${short[2]?.padStart(2, '0')}`])
  const inPeriod = monthOfPeriod(text, context)
  if (inPeriod !== null) return inPeriod
  const reading = readDate(text, context)
  switch (reading?.kind) {
    case undefined:
      return null
    case 'invalid':
      return reading
    case 'day':
      return oneOf([reading.date.slice(0, 7)])
    case 'several':
      return oneOf(reading.days.map(({ date }) => date.slice(0, 7)))
    case 'vague':
      return monthsOf(reading)
  }
}

/** 四季度第一个月, 上半年最后一个月 */
const MONTH_OF_PERIOD = /^(.*(?:季度?|半年))的?(?:第([一二三四五六])|头一|(最后一))个月/u

function monthOfPeriod(text: string, context: DateContext): Reading<string> | null {
  const [, period = '', which, last] = MONTH_OF_PERIOD.exec(text) ?? []
  const span = period === '' ? null : readRange(period, { ...context, calendars: [] })
  if (span?.kind !== 'one') return null
  const { from, to } = span.value
  const month = last === undefined ? monthAfter(from, (figure(which ?? '一') ?? 1) - 1) : to.slice(0, 7)
  return month <= to.slice(0, 7) ? oneOf([month]) : null
}

function monthsOf({ period }: Extract<DateReading, { kind: 'vague' }>): Reading<string> | null {
  const [from = '', to = from] = period.split('/').map(end => end.slice(0, 7))
  if (!/^\d{4}-\d{2}$/.test(from)) return vague(period)
  return oneOf(from === to ? [from] : monthsBetween(from, to))
}

function monthsBetween(from: string, to: string): string[] {
  const months = [from]
  for (let next = monthAfter(from, 1); next <= to; next = monthAfter(next, 1)) months.push(next)
  return months
}
