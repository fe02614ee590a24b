import { solarTermDay } from './lunar.ts'
import { addDays, daysBetween, type LocalDate } from './world.ts'

/** A 甲子 day, with which the sixty begin. */
const FIRST_OF_CYCLE = '1949-10-01'
const STEMS = 10
/** 庚, the seventh of the ten stems. */
const GENG = 6
const TEN_DAYS = 10
const NINE_DAYS = 9

/** The 庚 day so many after the first one that is no earlier than the given day. */
function gengDay(from: LocalDate, further: number): LocalDate {
  const stem = ((daysBetween(FIRST_OF_CYCLE, from) % STEMS) + STEMS) % STEMS
  return addDays(from, ((GENG - stem + STEMS) % STEMS) + STEMS * further)
}

/** The dog days of a year: the first day of each of the three, and the day after the last one. */
export interface DogDays {
  first: LocalDate
  middle: LocalDate
  last: LocalDate
  over: LocalDate
}

/**
 * 初伏 begins on the third 庚 day from 夏至 on, 中伏 on the fourth, 末伏 on the first from 立秋 on and lasts ten days.
 * The almanac's rule, compared with another reckoning in the tests.
 */
export function dogDaysOf(year: number): DogDays {
  const solstice = solarTermDay(year, '夏至')
  const last = gengDay(solarTermDay(year, '立秋'), 0)
  return { first: gengDay(solstice, 2), middle: gengDay(solstice, 3), last, over: addDays(last, TEN_DAYS) }
}

/** The first day of the n-th nine days, counted from 冬至 of that year; the tenth is the day after them all. */
export function nineDaysOf(winter: number, count: number): LocalDate {
  return addDays(solarTermDay(winter, '冬至'), NINE_DAYS * (count - 1))
}
