import { formatLunar, lunarOf } from '../../domain/lunar.ts'
import type { LocalDate } from '../../domain/world.ts'
import { dateCores, dateRuns, dateWords, inEitherCalendar, isRough, senseOf, twoDaysOfMonth } from './dateWording.ts'
import {
  dayAway,
  dayOf,
  eitherDay,
  invalid,
  namesForeignYear,
  plainDay,
  weekdayOf,
  type DateContext,
  type DateReading,
} from './dateReading.ts'
import { readFestival } from './festivals.ts'
import { readLunarDate } from './lunarDates.ts'
import { normalise } from './normalise.ts'
import { dayOfPeriod, plainStep, stepFrom } from './periodDays.ts'
import { readRelativeDate } from './relativeDates.ts'
import { readSeason } from './seasons.ts'
import { dayWithoutYear, readSolarDate } from './solarDates.ts'
import { yearsInFigures } from './yearNames.ts'

const ENGLISH_MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
/** No sentence with a date in it is longer; a pasted page is not searched. */
const LONGEST_SENTENCE = 120
/**
 * Reads one day: figures, Chinese numerals, lunar, festival, solar term, relative, English; alone or in a sentence.
 * Without a year the sense decides, the words of the text when the question has none (see `DateContext`).
 * Null when no date was said. Never throws.
 */
export function readDate(text: string, context: DateContext): DateReading | null {
  const [solar, lunar] = inEitherCalendar(text) ?? []
  if (solar !== undefined && lunar !== undefined) {
    const [first, second] = [readDate(solar, context), readDate(lunar, context)]
    return first && second ? eitherDay(first, second) : (first ?? second)
  }
  const plain = dateWords(text)
  if (namesForeignYear(plain)) return invalid('no-such-day')
  const said = senseOf(plain)
  const asked: DateContext = {
    today: context.today,
    sense: context.sense ?? said,
    said: said !== undefined && !/[年月]/u.test(plain),
  }
  const words = yearsInFigures(plain, asked)
  const reading =
    readEither(words, asked) ??
    readWhole(words, asked) ??
    readEnglish(normalise(text), asked) ??
    readSentence(words, asked)
  return judged(onWeekday(reading, words), asked, isRough(words))
}

const WEEKDAY_OF_DAY =
  /[日号][,，(（]*(?:是|就是)?(?:周|星期|礼拜)([一二三四五六日天])|(?<![上下这本个])(?:周|星期|礼拜)([一二三四五六日天])[,，]?[\d一二三四五六七八九十]{1,3}[日号]/u

/** 24号星期二: of days that compete those on the weekday that was said. */
function onWeekday(reading: DateReading | null, words: string): DateReading | null {
  const said = WEEKDAY_OF_DAY.exec(words)?.slice(1).find(Boolean)
  if (said === undefined || reading?.kind !== 'several') return reading
  const weekday = '一二三四五六日'.indexOf(said === '天' ? '日' : said) + 1
  const days = reading.days.filter(({ date }) => weekdayOf(date) === weekday)
  const [only, another] = days
  if (only === undefined) return reading
  return another ? { kind: 'several', days } : { kind: 'day', ...only }
}

/** Two days joined by 或者 or 还是 compete when both are days. */
function readEither(words: string, context: DateContext): DateReading | null {
  const days = (twoDaysOfMonth(words) ?? []).flatMap(part => {
    const reading = readWhole(part, context) ?? readSentence(part, context)
    return reading?.kind === 'day' ? [reading] : []
  })
  return days.length === 2 ? { kind: 'several', days } : null
}

function readWhole(words: string, context: DateContext): DateReading | null {
  for (const core of dateCores(words)) {
    const reading = readCore(core, context)
    if (reading) return reading
  }
  return null
}

function readCore(said: string, context: DateContext): DateReading | null {
  const core = plainStep(said)
  const read = (part: string) => readCore(part, context)
  return (
    readSeason(core, context) ??
    readFestival(core, context) ??
    readRelativeDate(core, context) ??
    readSolarDate(core, context) ??
    readLunarDate(core, context) ??
    dayOfPeriod(core, read) ??
    readTwice(core, context) ??
    stepFrom(core, (words, days) => readWithin(words, days, context))
  )
}

/**
 * A day that another is counted from. Without a year it is chosen so that the other one fits: 腊月初八第二天 of a birth is
 * past, and with it 腊月初八.
 */
function readWithin(words: string, days: number, context: DateContext): DateReading | null {
  const today = /年/u.test(words) ? null : dayAway(context.today, { days: -days })
  const counted = today === null ? context : { ...context, today }
  return readSolarDate(words, counted) ?? readLunarDate(words, counted) ?? readCore(words, context)
}

/** 七月初七农历七夕: what a feast is called behind its day. */
const FEAST_BEHIND =
  /^(.{3,14}?)(?:农历|阴历)?((?:元旦|春节|元宵|清明|端午|七夕|中秋|重阳|腊八|除夕|国庆|圣诞|冬至|立春)节?|情人节|妇女节|儿童节|劳动节|教师节)$/u

/** 明天大年初一: a day by two names; two different days compete. */
function readTwice(core: string, context: DateContext): DateReading | null {
  const [, day = '', feast = ''] = FEAST_BEHIND.exec(core) ?? []
  const dated = day === '' ? null : readCore(day, context)
  if (dated?.kind === 'day') {
    const named = readFestival(feast, { today: dated.date, sense: 'dueDate' })
    return named?.kind === 'day' && named.date !== dated.date ? { kind: 'several', days: [dated, named] } : dated
  }
  const [, near = '', name = ''] = /^((?:今|明|昨|大?前|大?后)[天日儿])(.{2,12})$/u.exec(core) ?? []
  const [first, second] = near === '' ? [] : [readRelativeDate(near, context), readCore(name, context)]
  if (first?.kind !== 'day' || second?.kind !== 'day') return null
  return first.date === second.date ? second : { kind: 'several', days: [first, second] }
}

/** A birth ahead is refused; a day that was only named roughly is not taken for the day, except a due date. */
function judged(reading: DateReading | null, { today, sense }: DateContext, rough: boolean): DateReading | null {
  const at = reading?.kind === 'day' ? reading.date : reading?.kind === 'vague' ? reading.period : ''
  // A period is compared by as much of today as it has: 2026-11 is not ahead on 2026-11-22.
  if (sense === 'birthDate' && /^\d{4}/u.test(at) && at.slice(0, 10) > today.slice(0, Math.min(at.length, 10)))
    return invalid('future-birth')
  return reading?.kind === 'day' && rough && sense !== 'dueDate' ? { kind: 'vague', period: reading.date } : reading
}

/** The date inside a sentence; two different days compete. */
function readSentence(words: string, context: DateContext): DateReading | null {
  if (words.length > LONGEST_SENTENCE) return null
  const found = dateRuns(words).flatMap(pieces => firstReading(pieces, context) ?? [])
  const readings = found.map(({ reading }) => reading)
  if (readings.length < 2) return readings[0] ?? null
  const days = withoutTwins(yearCarriedOver(found, context) ?? readings)
  const dates = new Set(days.map(({ date }) => date))
  if (dates.size > 1) return { kind: 'several', days: days.toSorted((a, b) => a.date.localeCompare(b.date)) }
  return days[0] ?? readings[0] ?? null
}

type Day = Extract<DateReading, { kind: 'day' }>
interface Piece {
  piece: string
  reading: DateReading
}

function firstReading(pieces: readonly string[], context: DateContext): Piece | null {
  for (const piece of pieces) {
    const reading = readWhole(piece, context)
    if (reading) return { piece, reading }
  }
  return null
}

/** 我是82年属狗的，腊月二十三生: the year that stands alone belongs to the one day without a year. */
function yearCarriedOver(found: readonly Piece[], context: DateContext): DateReading[] | null {
  const [year, other] = found.filter(({ reading }) => reading.kind === 'vague' && /^\d{4}$/u.test(reading.period))
  const [day, another] = found.filter(({ reading }) => reading.kind === 'day')
  if (year?.reading.kind !== 'vague' || other || !day || another || /年/u.test(day.piece)) return null
  const dated = readWhole(`${year.reading.period}年${day.piece}`, context)
  return dated?.kind === 'day' ? [dated] : null
}

/** 公历2026年3月5日（农历正月十七）: a lunar day without a year is the solar day beside it when both agree; so is a feast. */
function withoutTwins(readings: readonly DateReading[]): Day[] {
  const days = readings.flatMap(reading => (reading.kind === 'day' ? [reading] : []))
  return days.filter(({ date, spoken }) => !days.some(other => other.date !== date && isNameOf(spoken, other.date)))
}

function isNameOf(spoken: string | null, date: LocalDate): boolean {
  if (spoken === null) return false
  const [lunar, feast] = [lunarOf(date), readFestival(spoken, { today: date, sense: 'dueDate' })]
  return (lunar && formatLunar(lunar) === spoken) || (feast?.kind === 'day' && feast.date === date)
}

/** March 5, 2026 and 5 March 2026, with or without the year. */
function readEnglish(text: string, context: DateContext): DateReading | null {
  const american = /^(?:on )?([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$/u.exec(text)
  const british = /^(?:on )?(\d{1,2})(?:st|nd|rd|th)? (?:of )?([a-z]{3,9})\.?(?:,? (\d{4}))?$/u.exec(text)
  const [name, day, year] = american ? american.slice(1) : british ? [british[2], british[1], british[3]] : []
  const month = ENGLISH_MONTHS.indexOf(name?.slice(0, 3) ?? '') + 1
  if (month === 0) return null
  if (year === undefined) return dayWithoutYear(month, Number(day), context)
  const date = dayOf(Number(year), month, Number(day))
  return date ? plainDay(date) : invalid('no-such-day')
}
