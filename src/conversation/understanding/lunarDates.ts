import { daysInLunarMonth, formatLunar, leapMonthOf, lunarOf, solarOf, type LunarDate } from '../../domain/lunar.ts'
import { yearOf } from '../../domain/months.ts'
import { addDays, type LocalDate } from '../../domain/world.ts'
import { FARTHEST_AHEAD, invalid, looksBack, plainDay, type DateContext, type DateReading } from './dateReading.ts'
import { figure, NUMERAL, readChinese } from './numerals.ts'
import { dayWithoutYear, exactDay, fullYear } from './solarDates.ts'

const MARK = '(农历|阴历|旧历|老历|老皇历|古历|夏历)?'
const N = `(?:\\d{1,2}|${NUMERAL}{1,3})`
const LUNAR = new RegExp(
  `^${MARK}(?:(\\d{2,4}|${NUMERAL}{2,4}|今|去|明|前|后|大前|大后)年(?:的)?)?${MARK}(闰)?(正|冬|腊|${N})月(?:的)?(初?${N}|大?三十)(?:[日号])?$`,
  'u',
)
const LUNAR_MONTH = new RegExp(
  `^${MARK}(?:(\\d{2,4}|${NUMERAL}{2,4}|今|去|明|前|后|大前|大后)年(?:的)?)?${MARK}(闰)?(正|冬|腊|${N})月(?:份|里头?|间|底|初|中|头)?$`,
  'u',
)
const BARE_DAY = /^(?:农历|阴历)?(初[一二三四五六七八九十]|廿[一二三四五六七八九]?)(?:那天)?$/u
const NAMED_MONTHS: Readonly<Record<string, number>> = { 正: 1, 冬: 11, 腊: 12 }

/** Lunar dates: said so (农历, 阴历), or plain from the words (正月, 冬月, 腊月, 闰, 初八, 廿三). Null for anything else. */
export function readLunarDate(text: string, context: DateContext): DateReading | null {
  const parts = LUNAR.exec(text)
  if (!parts) return lunarMonthOnly(text, context) ?? bareLunarDay(text, context)
  const [, before, year, behind, leap, monthText = '', dayText = ''] = parts
  const named = NAMED_MONTHS[monthText]
  const month = named ?? figure(monthText)
  const day = figure(dayText.replace(/^[初大]/u, ''))
  if (month === null || day === null) return null
  const saidLunar = Boolean(before ?? behind ?? leap ?? named) || /[初廿卅]/u.test(dayText)
  const lunar = { month, leap: Boolean(leap), day }
  if (saidLunar)
    return year
      ? lunarInYear({ year: fullYear(year, context), ...lunar }, year, context)
      : lunarWithoutYear(lunar, context)
  return /\d/.test(text) || /[日号]$/u.test(text) ? null : bothCalendars(lunar, year, context)
}

/** 腊月 alone: its first and last day, as `from/to`. */
function lunarMonthOnly(text: string, context: DateContext): DateReading | null {
  const parts = LUNAR_MONTH.exec(text)
  if (!parts) return null
  const [, before, year, behind, leap, monthText = ''] = parts
  const named = NAMED_MONTHS[monthText]
  const month = named ?? figure(monthText)
  if (!(before ?? behind ?? leap ?? named) || month === null) return null
  const lunar = { month, leap: Boolean(leap), day: 1 }
  const first = year ? exactLunar({ year: fullYear(year, context), ...lunar }) : monthHere(lunar, context)
  return first.kind === 'day' ? { kind: 'vague', period: `${first.date}/${lastOfMonth(first.date)}` } : first
}

/** The month that runs now counts as the one meant, both ways. */
function monthHere(lunar: Omit<LunarDate, 'year'>, context: DateContext): DateReading {
  const here = lunarOf(context.today)
  if (here?.month === lunar.month && here.leap === lunar.leap) return exactLunar({ ...lunar, year: here.year })
  return lunarWithoutYear(lunar, context)
}

function lastOfMonth(first: LocalDate): LocalDate {
  const lunar = lunarOf(first)
  return addDays(first, (lunar ? daysInLunarMonth(lunar.year, lunar.month, lunar.leap) : 1) - 1)
}

/** 三月十五 without 日: both readings are offered, the solar first. */
function bothCalendars(lunar: Omit<LunarDate, 'year'>, year: string | undefined, context: DateContext): DateReading {
  const inYear = year ? fullYear(year, context) : null
  const solar = inYear ? exactDay(inYear, lunar.month, lunar.day) : dayWithoutYear(lunar.month, lunar.day, context)
  const other = inYear ? exactLunar({ year: inYear, ...lunar }) : lunarWithoutYear(lunar, context)
  if (other.kind !== 'day') return solar
  return solar.kind === 'day' ? { kind: 'several', days: [solar, other] } : other
}

/** 初八 and 廿三 alone name no month: the two nearest are offered. */
function bareLunarDay(text: string, context: DateContext): DateReading | null {
  const parts = BARE_DAY.exec(text)
  const day = parts && readChinese((parts[1] ?? '').replace(/^初/u, ''))
  if (!day) return null
  const back = looksBack(context)
  const ahead = context.sense === 'dueDate'
  const days = [
    ...(ahead ? [] : lunarDays(context.today, -1, day, back ? 2 : 1)),
    ...(back ? [] : lunarDays(addDays(context.today, ahead ? 0 : 1), 1, day, ahead ? 2 : 1)),
  ]
  return days.length > 0 ? { kind: 'several', days } : invalid('no-such-day')
}

/** The nearest days with this number in their lunar month, in one direction. */
function lunarDays(from: LocalDate, step: 1 | -1, day: number, count: number): { date: string; spoken: string }[] {
  const days: { date: string; spoken: string }[] = []
  const here = lunarOf(from)
  let first = here && addDays(from, 1 - here.day)
  // No two months in a row lack a 30th more often than four times, so six hold two days of every number.
  for (let months = 0; first && months < 6 && days.length < count; months++) {
    const month = lunarOf(first)
    if (!month) break
    const length = daysInLunarMonth(month.year, month.month, month.leap)
    const date = addDays(first, day - 1)
    if (day <= length && (step === 1 ? date >= from : date <= from))
      days.push({ date, spoken: formatLunar({ ...month, day }) })
    first = step === 1 ? addDays(first, length) : monthBefore(first)
  }
  return days
}

/** The first day of the lunar month before the one that begins on this day. */
function monthBefore(first: LocalDate): LocalDate | null {
  const last = lunarOf(addDays(first, -1))
  return last && addDays(first, -last.day)
}

/**
 * 去年腊月初八 said in January, before the lunar year has turned: what the solar count puts behind the turn of the year
 * (2027-01-15 for the 去年 of 2027-01-01) counts from the lunar year that still runs.
 */
function lunarInYear(lunar: LunarDate, said: string, { today }: DateContext): DateReading {
  const counted = exactLunar(lunar)
  const running = lunarOf(today)?.year ?? yearOf(today)
  if (/^[\d零〇一二三四五六七八九]/u.test(said) || running === yearOf(today)) return counted
  return counted.kind === 'day' && yearOf(counted.date) > lunar.year
    ? exactLunar({ ...lunar, year: lunar.year - 1 })
    : counted
}

function exactLunar(lunar: LunarDate): DateReading {
  const solar = solarOf(lunar)
  return solar.ok ? plainDay(solar.date, formatLunar(lunar)) : invalid(solar.reason)
}

/** How far back a leap month is looked for: every month had one within the last century and a half of births. */
const YEARS_BACK = 100

function lunarWithoutYear(lunar: Omit<LunarDate, 'year'>, context: DateContext): DateReading {
  const here = lunarOf(context.today)?.year ?? yearOf(context.today)
  const last = latest(lunar, here, context)
  const next = [here - 1, here, here + 1]
    .map(year => exactLunar({ year, ...lunar }))
    .find(reading => reading.kind === 'day' && reading.date >= context.today)
  const found = looksBack(context) ? last : context.sense === 'dueDate' ? next : nearer(last, next, context)
  return found ?? refusalOf(exactLunar({ year: here, ...lunar })) ?? invalid('no-such-day')
}

function refusalOf(reading: DateReading): DateReading | null {
  return reading.kind === 'invalid' ? reading : null
}

/** The latest day of this name that is past, looked for year by year. */
function latest(lunar: Omit<LunarDate, 'year'>, from: number, { today }: DateContext): DateReading | undefined {
  const years = lunar.leap ? YEARS_BACK : 1
  for (let back = 0; back <= years; back++) {
    if (lunar.leap && leapMonthOf(from - back) !== lunar.month) continue
    const reading = exactLunar({ year: from - back, ...lunar })
    if (reading.kind === 'day' && reading.date <= today) return reading
  }
  return undefined
}

function nearer(last: DateReading | undefined, next: DateReading | undefined, { today }: DateContext) {
  return next?.kind === 'day' && next.date <= addDays(today, FARTHEST_AHEAD) ? next : (last ?? next)
}
