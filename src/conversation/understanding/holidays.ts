import { daysInLunarMonth, solarOf, solarTermDay } from '../../domain/lunar.ts'
import { yearOf } from '../../domain/months.ts'
import { isWorkingDay, type WorkCalendar } from '../../domain/workingDays.ts'
import { addDays, type LocalDate } from '../../domain/world.ts'

/** The day by which a holiday is found, in a year; 春节 by its first lunar day. */
const CORE: Readonly<Record<string, (year: number) => LocalDate>> = {
  元旦: year => `${year}-01-01`,
  春节: year => lunarDay(year, 1, 1),
  过年: year => lunarDay(year, 1, 1),
  清明: year => solarTermDay(year, '清明'),
  五一: year => `${year}-05-01`,
  劳动: year => `${year}-05-01`,
  端午: year => lunarDay(year, 5, 5),
  中秋: year => lunarDay(year, 8, 15),
  国庆: year => `${year}-10-01`,
  十一: year => `${year}-10-01`,
}
export const HOLIDAY_NAMES = Object.keys(CORE).join('|')

interface Holiday {
  from: LocalDate
  to: LocalDate
}

/** The days off in a row around a holiday: of the given year, otherwise the row nearest to today. */
export function holidayAround(
  name: string,
  year: number | null,
  { today, calendars }: { today: LocalDate; calendars: readonly WorkCalendar[] },
): Holiday | null {
  const core = CORE[name]
  if (!core) return null
  if (year !== null) return rowAround(core(year), calendars)
  const away = (day: LocalDate) => Math.abs(Date.parse(day) - Date.parse(today))
  const days = [-1, 0, 1].map(n => core(yearOf(today) + n)).toSorted((a, b) => away(a) - away(b))
  return rowAround(days[0] ?? today, calendars)
}

/** The next row of days off of this holiday that has not ended, or of any holiday when no name is given. */
export function nextHoliday(name: string | null, today: LocalDate, calendars: readonly WorkCalendar[]): Holiday | null {
  const names = name === null ? Object.keys(CORE) : [name]
  const rows = names.flatMap(each =>
    [-1, 0, 1].flatMap(n => {
      const day = CORE[each]?.(yearOf(today) + n)
      return day === undefined ? [] : [rowAround(day, calendars)]
    }),
  )
  return rows.filter(({ to }) => to >= today).toSorted((a, b) => a.from.localeCompare(b.from))[0] ?? null
}

function rowAround(day: LocalDate, calendars: readonly WorkCalendar[]): Holiday {
  let [from, to] = [day, day]
  while (!isWorkingDay(calendars, addDays(from, -1))) from = addDays(from, -1)
  while (!isWorkingDay(calendars, addDays(to, 1))) to = addDays(to, 1)
  return { from, to }
}

function lunarDay(year: number, month: number, day: number): LocalDate {
  const last = Math.min(day, daysInLunarMonth(year, month, false))
  const solar = solarOf({ year, month, leap: false, day: last })
  return solar.ok ? solar.date : `${year}-01-01`
}
