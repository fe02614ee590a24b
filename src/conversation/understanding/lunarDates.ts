import { formatLunar, lunarOf, solarOf, type LunarDate } from '../../domain/lunar.ts'
import { addDays } from '../../domain/world.ts'
import { invalid, plainDay, yearOf, type DateContext, type DateReading } from './dateReading.ts'
import { NUMERAL, readChinese } from './numerals.ts'
import { dayWithoutYear, exactDay, fullYear } from './solarDates.ts'

const MARK = '(农历|阴历|旧历|老历|古历|夏历)?'
const N = `(?:\\d{1,2}|${NUMERAL}{1,3})`
const LUNAR = new RegExp(
  `^${MARK}(?:(\\d{2,4}|${NUMERAL}{2,4}|今|去|明|前|后)年(?:的)?)?${MARK}(闰)?(正|冬|腊|${N})月(?:的)?(初?${N}|大?三十)(?:[日号])?$`,
  'u',
)
const LUNAR_MONTH = new RegExp(`^${MARK}(闰)?(正|冬|腊|${N})月(?:份|里|底|初|中)?$`, 'u')
const BARE_DAY = /^(?:农历|阴历)?(初[一二三四五六七八九十]|廿[一二三四五六七八九]?)(?:那天)?$/u
const NAMED_MONTHS: Readonly<Record<string, number>> = { 正: 1, 冬: 11, 腊: 12 }

/** Lunar dates: said so (农历, 阴历), or plain from the words (正月, 冬月, 腊月, 闰, 初八, 廿三). Null for anything else. */
export function readLunarDate(text: string, context: DateContext): DateReading | null {
  const parts = LUNAR.exec(text)
  if (!parts) return lunarMonthOnly(text) ?? bareLunarDay(text, context)
  const [, before, year, behind, leap, monthText = '', dayText = ''] = parts
  const named = NAMED_MONTHS[monthText]
  const month = named ?? figure(monthText)
  const day = figure(dayText.replace(/^[初大]/u, ''))
  if (month === null || day === null) return null
  const saidLunar = Boolean(before ?? behind ?? leap ?? named) || /[初廿]/u.test(dayText)
  const lunar = { month, leap: Boolean(leap), day }
  if (saidLunar)
    return year ? exactLunar({ year: fullYear(year, context), ...lunar }) : lunarWithoutYear(lunar, context)
  return /\d/.test(text) || /[日号]$/u.test(text) ? null : bothCalendars(lunar, year, context)
}

function lunarMonthOnly(text: string): DateReading | null {
  const parts = LUNAR_MONTH.exec(text)
  if (!parts || !(parts[1] ?? parts[2] ?? NAMED_MONTHS[parts[3] ?? ''])) return null
  return { kind: 'vague', period: text }
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
  const step = context.sense === 'birthDate' ? -1 : 1
  const days: { date: string; spoken: string }[] = []
  // Two lunar months have at most 60 days, so the day comes up twice within 90 unless it does not exist.
  for (let away = 0; away <= 90 && days.length < 2; away++) {
    const date = addDays(context.today, away * step)
    const lunar = lunarOf(date)
    if (lunar?.day === day) days.push({ date, spoken: formatLunar(lunar) })
  }
  return days.length > 0 ? { kind: 'several', days } : invalid('no-such-day')
}

function exactLunar(lunar: LunarDate): DateReading {
  const solar = solarOf(lunar)
  return solar.ok ? plainDay(solar.date, formatLunar(lunar)) : invalid(solar.reason)
}

/** How far back a leap month is looked for: every month had one within the last century and a half of births. */
const YEARS_BACK = 100

function lunarWithoutYear(lunar: Omit<LunarDate, 'year'>, context: DateContext): DateReading {
  const here = lunarOf(context.today)?.year ?? yearOf(context.today)
  const past = context.sense === 'birthDate'
  const years = past ? countdown(here, lunar.leap ? YEARS_BACK : 1) : [here, here + 1]
  const readings = years.map(year => exactLunar({ year, ...lunar }))
  const fits = (reading: DateReading) =>
    reading.kind === 'day' && (past ? reading.date <= context.today : reading.date >= context.today)
  return readings.find(fits) ?? readings.find(reading => reading.kind === 'invalid') ?? invalid('no-such-day')
}

function countdown(from: number, years: number): number[] {
  return Array.from({ length: years + 1 }, (_, i) => from - i)
}

function figure(text: string): number | null {
  return /^\d+$/.test(text) ? Number(text) : readChinese(text)
}
