import { addDays } from '../../domain/world.ts'
import { pad, type DateContext } from './dateReading.ts'
import { readDate } from './dates.ts'
import { weekFirst } from './dateWording.ts'
import { figure, NUMERAL } from './numerals.ts'
import { oneOf, vague, type Reading } from './reading.ts'
import { simplified } from './wording.ts'

const N = `(\\d{1,2}|${NUMERAL}{1,3})`
const PART =
  '(大?清早|(?<![周期拜])一大?早|早上|早晨|上午|今早|早|中午|正午|晌午|下午|后晌|傍晚|晚上|晚间|晚|夜里|夜晚|夜间|深夜|半夜|后半夜|凌晨|夜|am|pm)?'
const CLOCK = new RegExp(
  `${PART}(?:的)?(?:(差)(?:${N}分?|(一刻))(?:到)?)?(?:${N}(?:点|时)(?:钟)?(?:(半)|([一二两三1-3])刻|(?:过|零|又)?${N}分?(?:钟)?)?|(\\d{1,2}):(\\d{2})(?::\\d{2})?)(?:整|钟|左右|之前|以前)?\\s*(am|pm)?(?:差(?:${N}分|(一刻)))?`,
  'u',
)
const PART_ALONE = new RegExp(`(?:${PART.slice(1, -2)})`, 'u')
const FULL = /^(\d{4}-\d{2}-\d{2})t(\d{2}):(\d{2})/u
/** Parts of the day in Cantonese writing, simplified, and dusk as Henan, Hubei and Sichuan name it. */
const PARTS: Readonly<Record<string, string>> = {
  朝早: '早上',
  朝头早: '早上',
  上昼: '上午',
  晏昼: '中午',
  下昼: '下午',
  夜晚黑: '晚上',
  晚黑: '晚上',
  前晌: '上午',
  上半日: '上午',
  过晌: '下午',
  下晌: '下午',
  下半日: '下午',
  擦黑: '傍晚',
  傍黑: '傍晚',
  挨黑: '傍晚',
  麻麻黑: '傍晚',
}
const SPOKEN_PARTS = /朝头早|朝早|上昼|晏昼|下昼|夜晚黑|晚黑|前晌|上半日|过晌|下晌|下半日|擦黑|傍黑|挨黑|麻麻黑/gu
/** 星期三十五点 is Wednesday at three, and no hour of thirty-five; 初一零点 is midnight. */
const HOUR_BEHIND_WEEKDAY =
  /((?:周|星期|礼拜)[一二三四五六日天]|初[一二三四五六七八九十])(?=[\d零一二两三四五六七八九十]{1,3}[点时])/gu
/** 早上9.30 */
const DOTTED = /(?<=[午早晚上晨])(\d{1,2})\.([0-5]\d)(?!\d)/gu
/** 差一点就, 快点: a little, and no hour. */
const A_LITTLE = /[差快慢多少好有]一?点(?!钟|半|整|[零\d一二三四五六七八九])/gu
/** 九点三个字: the figures on the dial, five minutes each. */
const FIVE_MINUTES = /(?<=点)([一二两三四五六七八九十]{1,2}|1?\d)个字/gu
/** 12号上午九点下个月 */
const MONTH_BEHIND = /^((?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号].{2,12}?)([下这本]个?月)$/u
/** 大年初一零点十分生的，今年 */
const YEAR_BEHIND = /^([^年]+?)[,，、]([今去明前]年)的?$/u
/** Official time of the service: China has one zone. */
const ZONE = '+08:00'

/**
 * Reads a moment as `YYYY-MM-DDTHH:MM+08:00`: 明天上午九点半, 后天下午三点, 今晚八点, 差一刻九点. Without a day today is
 * meant. One to six o'clock without 上午 or 下午 competes with the afternoon. A day without an hour is vague.
 */
export function readDateTime(text: string, context: DateContext): Reading<string> | null {
  const plain = weekFirst(simplified(text))
    .replace(YEAR_BEHIND, '$2$1')
    .replace(/(?<=\D)\s+|\s+(?=\D)/gu, '')
    .replace(/[,。]/gu, '')
    .replace(HOUR_BEHIND_WEEKDAY, '$1的')
    .replace(SPOKEN_PARTS, word => PARTS[word] ?? word)
    .replace(FIVE_MINUTES, (_, count: string) => `${5 * (figure(count) ?? 0)}分`)
    .replace(DOTTED, '$1:$2')
    .replace(A_LITTLE, '')
    .replace(MONTH_BEHIND, '$2$1')
  const full = FULL.exec(plain)
  if (full) return oneOf([`${full[1]}T${full[2]}:${full[3]}${ZONE}`])
  const clock = CLOCK.exec(plain)
  if (!clock) return dayOnly(plain, context)
  const hours = hoursOf(clock)
  if (hours === null) return null
  const around = plain.replace(clock[0], dayPartKept(clock[1], clock[0], plain)).trim()
  return onDays(around, hours, context)
}

/** 明晚七点: 晚 belongs to the hour and to the name of the day. */
function dayPartKept(part: string | undefined, whole: string, plain: string): string {
  const before = plain.slice(0, plain.indexOf(whole))
  return part !== undefined && /[今昨明听寻琴]$/u.test(before) ? '天' : ''
}

interface Hour {
  hour: number
  minute: number
}

/** One or two readings of the hour; null when there is no such hour. */
function hoursOf(clock: RegExpExecArray): Hour[] | null {
  const [, before, short, shortBy, shortQuarter, spoken, half, quarter, minutes, digits, exact, behind] = clock
  const hour = figure(spoken ?? digits ?? '')
  const minute = half
    ? 30
    : quarter
      ? 15 * (figure(quarter) ?? 0)
      : minutes || exact
        ? figure(minutes ?? exact ?? '')
        : 0
  if (hour === null || minute === null || hour > 24 || minute > 59) return null
  const missing = short
    ? shortQuarter
      ? 15
      : (figure(shortBy ?? '') ?? 0)
    : clock[12]
      ? (figure(clock[12]) ?? 0)
      : clock[13]
        ? 15
        : 0
  const written = (digits !== undefined && (exact?.length ?? 0) === 2) || /^0\d$/u.test(spoken ?? '')
  const readings = dayHours(hour, behind ?? before, written)
  return readings.map(each => shifted({ hour: each, minute }, missing))
}

function shifted({ hour, minute }: Hour, missing: number): Hour {
  const total = hour * 60 + minute - missing
  return { hour: Math.floor(total / 60), minute: total % 60 }
}

/** Hours by the part of the day; 24 stands for midnight at its end. `written`: 3:30 is read as written. */
function dayHours(hour: number, part: string | undefined, written: boolean): number[] {
  if (part === undefined) return hour >= 1 && hour <= 6 && !written ? [hour, hour + 12] : [hour]
  if (/^(?:下午|后晌|傍晚|晚|pm)/u.test(part) || /^(?:夜|深夜)/u.test(part)) {
    if (hour === 12) return [/^(?:下午|pm)/u.test(part) ? 12 : 24]
    const night = /^(?:夜|深夜)/u.test(part)
    return [hour < 12 && !(night && hour < 5) ? hour + 12 : hour]
  }
  if (/^(?:中午|正午|晌午)/u.test(part)) return [hour >= 1 && hour <= 3 ? hour + 12 : hour]
  if (/半夜|凌晨/u.test(part))
    return [hour === 12 ? (part === '半夜' ? 24 : 0) : hour >= 10 && hour <= 11 ? hour + 12 : hour]
  return [hour === 12 && part === 'am' ? 0 : hour]
}

const BARE_WEEKDAY = /(?<![上下这本个])(?:周|星期|礼拜)[一二三四五六日天](?![一二三四五六七八九十])/u
const IS_PAST = /生|[过了]的|了$|是.*的$|[号日]/u
/** An hour is named for what is to come: 周五上午 is the next one. */
function senseOfDay(day: string): 'dueDate' | undefined {
  return BARE_WEEKDAY.test(day) && !IS_PAST.test(day) ? 'dueDate' : undefined
}

function onDays(around: string, hours: Hour[], context: DateContext): Reading<string> | null {
  const day = around.replace(
    /^(?:在|约在|就|的|是|大概)+|(?:的时候|的|见|来|去|吧|可以吗|行不|见面|开会|过来|到)+$/gu,
    '',
  )
  const sense = context.sense ?? senseOfDay(day)
  const reading = day === '' ? null : readDate(day, { today: context.today, sense })
  if (reading?.kind === 'invalid') return reading
  if (reading?.kind === 'vague') return vague(reading.period)
  if (reading === null && /[\d一二三四五六七八九十]/u.test(day)) return null
  const dates =
    reading === null ? [context.today] : reading.kind === 'day' ? [reading.date] : reading.days.map(({ date }) => date)
  return oneOf(dates.flatMap(date => hours.map(hour => moment(date, hour))))
}

function moment(date: string, { hour, minute }: Hour): string {
  const day = hour >= 24 ? addDays(date, 1) : date
  return `${day}T${pad(hour % 24)}:${pad(minute)}${ZONE}`
}

function dayOnly(plain: string, context: DateContext): Reading<string> | null {
  const reading = readDate(plain, {
    today: context.today,
    sense: context.sense ?? senseOfDay(plain.replace(PART_ALONE, '')),
  })
  if (reading?.kind === 'invalid') return reading
  if (reading?.kind === 'day') return vague(reading.date)
  if (reading?.kind === 'vague') return vague(reading.period)
  if (reading?.kind === 'several') return vague(reading.days.map(({ date }) => date).join('/'))
  return PART_ALONE.test(plain) && plain.length <= 4 ? vague(context.today) : null
}
