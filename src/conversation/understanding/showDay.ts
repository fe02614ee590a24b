import { formatLunar, lunarOf } from '../../domain/lunar.ts'
import type { LocalDate } from '../../domain/world.ts'
import type { Language } from '../types.ts'
import { showDate, weekdayOf } from './dateReading.ts'

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** 2027年1月15日（星期五），农历腊月初八: a day in both calendars, so that a slip between them is seen. */
export function showBothCalendars(language: Language, date: LocalDate): string {
  const lunar = lunarOf(date)
  if (!lunar) return oneCalendar(language, date)
  if (language === 'zh-CN') return `${oneCalendar(language, date)}，农历${formatLunar(lunar)}`
  return `${oneCalendar(language, date)}, Chinese calendar ${lunar.leap ? 'leap ' : ''}month ${lunar.month}, day ${lunar.day}`
}

/** What was heard, and the day it means: 腊月初八，就是2027年1月15日（星期五）. Both calendars are always in it. */
export function showHeardDay(language: Language, date: LocalDate, spoken: string | null): string {
  const lunar = lunarOf(date)
  const saidLunar = spoken !== null && lunar !== null && spoken.endsWith(formatLunar(lunar))
  const day = saidLunar && language === 'zh-CN' ? oneCalendar(language, date) : showBothCalendars(language, date)
  if (spoken === null) return day
  return language === 'zh-CN' ? `${spoken}，就是${day}` : `${spoken}, that is ${day}`
}

function oneCalendar(language: Language, date: LocalDate): string {
  return language === 'zh-CN' ? showDate(date) : `${date} (${WEEKDAYS[weekdayOf(date) - 1]})`
}
