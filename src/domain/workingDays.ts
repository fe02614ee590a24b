import { daysInLunarMonth, solarOf, solarTermDay } from './lunar.ts'
import type { Limits } from './packs/limits.ts'
import { addDays, type LocalDate } from './world.ts'

/** One year as the State Council announced it. Days may lie in the neighbouring years. */
export interface WorkCalendar {
  year: number
  /** All days off named in the notice, weekends within them included. */
  daysOff: readonly LocalDate[]
  /** Saturdays and Sundays on which people work. */
  makeUpDays: readonly LocalDate[]
  /** The notice. */
  source: string
}

/** `provisional`: a year without a loaded calendar was counted through; the day may still move. */
export interface WorkingDay {
  date: LocalDate
  provisional: boolean
}

export interface DueDates {
  promiseDue: LocalDate | null
  legalDue: LocalDate | null
  provisional: boolean
}

/** Longest span counted; nothing in this service is due later. A higher number is a fault of a pack. */
const MOST_DAYS = 3660

/** Whether people work on this day. In years without a calendar only weekends and the statutory days are off. */
export function isWorkingDay(calendars: readonly WorkCalendar[], day: LocalDate): boolean {
  for (const calendar of calendars) {
    if (calendar.makeUpDays.includes(day)) return true
    if (calendar.daysOff.includes(day)) return false
  }
  if (isWeekend(day)) return false
  return isLoaded(calendars, day) || !lawfulDays(Number(day.slice(0, 4))).includes(day)
}

/**
 * The working day `days` after `from`. The day of receipt does not count (民法典 201); 0 means the same day,
 * or the next working day after a day off (民法典 203). Independent of the time zone of the process. Days on which the clock
 * `stands` still are no working days for it.
 * @throws RangeError for a number of days that is negative, broken or absurd.
 */
export function addWorkingDays(
  calendars: readonly WorkCalendar[],
  from: LocalDate,
  days: number,
  stands: (day: LocalDate) => boolean = () => false,
): WorkingDay {
  if (!Number.isInteger(days) || days < 0 || days > MOST_DAYS)
    throw new RangeError(`Not a number of working days: ${days}`)
  let date = from
  let left = days
  let provisional = !isLoaded(calendars, from)
  const counts = (day: LocalDate) => !stands(day) && isWorkingDay(calendars, day)
  while (left > 0 || !counts(date)) {
    date = addDays(date, 1)
    provisional ||= !isLoaded(calendars, date)
    if (left > 0 && counts(date)) left -= 1
  }
  return { date, provisional }
}

/**
 * Both clocks of a case received on a day, by the limits of its matter in its region; null where none is known. Days on which
 * they `stand` still do not count.
 */
export function dueDates(
  receivedOn: LocalDate,
  limits: Limits,
  calendars: readonly WorkCalendar[],
  stands?: (day: LocalDate) => boolean,
): DueDates {
  const dueIn = ({ value }: Limits['legalDays']) =>
    value === null ? null : addWorkingDays(calendars, receivedOn, value, stands)
  const [promise, legal] = [dueIn(limits.promiseDays), dueIn(limits.legalDays)]
  return {
    promiseDue: promise?.date ?? null,
    legalDue: legal?.date ?? null,
    provisional: Boolean(promise?.provisional) || Boolean(legal?.provisional),
  }
}

/**
 * The days off by law in a year whose notice is not out: 元旦 1, 春节 4 from its eve, 清明 1, 劳动节 2, 端午 1, 中秋 1,
 * 国庆 3 (全国年节及纪念日放假办法, as in force since 2025-01-01).
 */
export function statutoryDays(year: number): LocalDate[] {
  const eve = lunarDay(year - 1, 12, daysInLunarMonth(year - 1, 12, false))
  return [
    `${year}-01-01`,
    ...[0, 1, 2, 3].map(later => addDays(eve, later)),
    solarTermDay(year, '清明'),
    `${year}-05-01`,
    `${year}-05-02`,
    lunarDay(year, 5, 5),
    lunarDay(year, 8, 15),
    `${year}-10-01`,
    `${year}-10-02`,
    `${year}-10-03`,
  ]
}

/** By year: a lunar day takes a tenth of a millisecond, and a holiday is looked at day by day. At most 200 years. */
const lawful = new Map<number, readonly LocalDate[]>()

function lawfulDays(year: number): readonly LocalDate[] {
  const days = lawful.get(year) ?? statutoryDays(year)
  lawful.set(year, days)
  return days
}

function lunarDay(year: number, month: number, day: number): LocalDate {
  const solar = solarOf({ year, month, leap: false, day })
  if (!solar.ok) throw new RangeError(`No lunar day ${year}-${month}-${day}: ${solar.reason}`)
  return solar.date
}

function isLoaded(calendars: readonly WorkCalendar[], day: LocalDate): boolean {
  return calendars.some(({ year }) => year === Number(day.slice(0, 4)))
}

/** Saturday or Sunday. */
export function isWeekend(day: LocalDate): boolean {
  return [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
}
