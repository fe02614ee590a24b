import { platform } from '@platform'
import { t, tList } from '../text.ts'
import type { LunarDate } from './lunar.ts'
import { daysBetween, shanghaiClock, shanghaiDay, weekday, type LocalDate } from './solar.ts'

/** `2027年1月15日`: also what is sent as the answer, so that both sides read the same. */
export function sayDate(date: LocalDate): string {
  const [year, month, day] = date.split('-').map(Number)
  return t('date.day', { year: year ?? 0, month: month ?? 0, day: day ?? 0 })
}

/** What the service sends as a day is said as a day; everything else as it is. */
export const sayIfDay = (text: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? sayDate(text) : text)

export const sayWeekday = (date: LocalDate): string => tList('date.weekdays')[weekday(date)] ?? ''

export function sayLunarMonth(month: number, leap: boolean): string {
  return (leap ? t('date.leap') : '') + (tList('date.lunarMonths')[month - 1] ?? '')
}

export const sayLunarDay = (day: number): string => tList('date.lunarDays')[day - 1] ?? ''

export function sayLunar(date: LunarDate): string {
  return t('date.lunar', { month: sayLunarMonth(date.month, date.leap), day: sayLunarDay(date.day) })
}

/** RFC 3339 → the clock time today, the day before that. */
export function clockOrDay(at: string): string {
  const moment = Date.parse(at)
  if (Number.isNaN(moment)) return ''
  const day = shanghaiDay(moment)
  return day === shanghaiDay(platform.now()) ? shanghaiClock(moment) : `${sayDate(day)} ${shanghaiClock(moment)}`
}

export function sayMoment(at: string): string {
  const moment = Date.parse(at)
  return Number.isNaN(moment) ? at : `${sayDate(shanghaiDay(moment))} ${shanghaiClock(moment)}`
}

export const today = (): LocalDate => shanghaiDay(platform.now())

/** 还剩 3 天 / 今天到期 / 已超期 2 天. */
export function sayDaysLeft(due: LocalDate): string {
  const left = daysBetween(today(), due)
  if (left === 0) return t('date.dueToday')
  return left > 0 ? t('date.daysLeft', { n: left }) : t('date.daysOver', { n: -left })
}
