import { addDays } from '../../domain/world.ts'
import { pad, type DateContext } from './dateReading.ts'
import { readDate } from './dates.ts'
import { weekFirst } from './dateWording.ts'
import { figure, NUMERAL } from './numerals.ts'
import { oneOf, vague, type Reading } from './reading.ts'
import { simplified } from './wording.ts'

const N = `(?:\\d{1,2}|${NUMERAL}{1,3})`
const PARTS_OF_DAY =
  '大?清早|(?<![周期拜])一大?早|早上|早晨|上午|今早|早|中午|正午|晌午|下午|后晌|傍晚|晚上|晚间|晚|夜里|夜晚|夜间|深夜|半夜|凌晨|夜|am|pm'
/** 差五分, 欠一刻: what is missing to the hour. */
const missing = (by: string, quarter: string) => `(?:还|就|只)?[差欠]了?(?:(?<${quarter}>一刻)钟?|(?<${by}>${N})分?钟?)`
const CLOCK = new RegExp(
  `(?<part>${PARTS_OF_DAY})?(?:的)?(?:${missing('short', 'shortQuarter')}(?:就|不)?到?(?<partBetween>${PARTS_OF_DAY})?)?` +
    `(?:(?<spoken>${N})(?:点|时)(?:钟)?(?:(?<half>半)|(?:过了?)?(?<quarter>[一二两三1-3])刻|(?:过了?|零|又|〇)?(?<minutes>${N})分?)?(?:钟)?(?:${N}秒)?|(?<digits>\\d{1,2}):(?<exact>\\d{2})(?::\\d{2})?)` +
    `(?:整|钟|左右|之前|以前)?\\s*(?<behind>am|pm)?(?:${missing('less', 'lessQuarter')})?`,
  'u',
)
const PART_ALONE = new RegExp(PARTS_OF_DAY, 'u')
const FULL = /^(\d{4}-\d{2}-\d{2})t(\d{2}):(\d{2})/u
/** 早起, 黑了: words of other things, and a part of the day only before its hour. */
const HOUR_AHEAD = '(?=的?(?:[\\d差欠]|[零一二两三四五六七八九十]{1,2}[点时]))'
/** 三天后天刚亮 and 今天天不亮 speak of the sky, 后天刚 does not. */
const SKY = '(?<!(?<![天之以])[今昨明后前])天'
/** Parts of the day in Cantonese writing, simplified, and as Henan, Hubei and Sichuan name them. */
const SPOKEN_PARTS: readonly (readonly [RegExp, string])[] = [
  [
    new RegExp(
      `${SKY}(?:还没|还不|没|不|刚|快|蒙蒙|麻麻)(?:蒙蒙|麻麻)?亮(?:的?时候|就)?|大清早上|(?<=[今明昨])晨|朝头?早(?!上|晨)|清晨|早起${HOUR_AHEAD}|(?<=听)(?:晨|朝(?!头?早))|一大?清早|清早八早|(?:${SKY})?(?:麻麻|蒙蒙|麻|放|微)亮(?:的?时候|就)?|(?<!今|明|后|昨|前)天光${HOUR_AHEAD}`,
      'gu',
    ),
    '早上',
  ],
  [/上昼|[前头]晌(?!午)|上半[日天]|前半晌/gu, '上午'],
  [/晏昼|(?:晌午|中午|晌)头/gu, '中午'],
  [
    new RegExp(
      `下昼|[过下]晌(?!午)|[下后]半[日天]|[后下]半晌|午后|(?:下[晏晡]|偏晌|下午些|歇?晌午?[过之以]?后|(?:吃[了过罢完]?)?(?:晌午|中|午)饭(?:[过之以]?后)?)${HOUR_AHEAD}`,
      'gu',
    ),
    '下午',
  ],
  [
    new RegExp(
      `(?:${SKY})?(?:[一刚]?[擦傍挨煞撒杀断落齐麻]黑[儿天]?|麻麻黑|快黑|刚黑)(?:的?时候)?|(?:黑影|打麻影|夜快)${HOUR_AHEAD}|黄昏|${SKY}一?黑(?!了)`,
      'gu',
    ),
    '傍晚',
  ],
  [
    new RegExp(
      `夜晚黑|晚[黑嘿]|(?:黑[里价哒了家咾老间]|晚夕|夜头|(?<=[今昨])宵|(?<=[今明昨夜后]儿?|[今昨明后][天日]|夜来|[今明昨夜后]儿?个)夜?黑儿?)${HOUR_AHEAD}`,
      'gu',
    ),
    '晚上',
  ],
  [new RegExp(`(?:鸡叫(?:[头二三]遍)?|打鸣|[起打]?五更天?)${HOUR_AHEAD}`, 'gu'), '凌晨'],
  [/下半夜|(?<!(?<![今昨明后前])天|[周月期拜之以])后半夜/gu, '凌晨'],
]
/** 星期三十五点 is Wednesday at three, and no hour of thirty-five; 初一零点 is midnight. */
const HOUR_BEHIND_WEEKDAY =
  /((?:周|星期|礼拜)[一二三四五六日天]|初[一二三四五六七八九十]|[正冬腊]月(?:二?十|廿)[一二三四五六七八九])(?=[\d零一二两三四五六七八九十]{1,3}[点时])/gu
/** 早上9.30 */
const DOTTED = /(?<=[午早晚上晨])(\d{1,2})\.([0-5]\d)(?!\d)/gu
/** 差一点就, 快点: a little, and no hour. */
const A_LITTLE = /[差快慢多少好有]一?点(?!钟|半|整|[零\d一二三四五六七八九])/gu
/** 九点三个字: the figures on the dial, five minutes each. */
const FIVE_MINUTES = /(?<=点)([一二两三四五六七八九十]{1,2}|1?\d)个字/gu
/** 两点踏三, 两点搭三: the same in Cantonese; 踏正 is the full hour, 踏半 the half, and 个骨 a quarter. */
const POINTED = /(?<=点)[踏搭]([一二两三四五六七八九十]{1,2}|1?\d)(?!分|个)/gu
const POINTED_AT = /(?<=点)[踏搭](?=[正半整])|[踏搭]正(?=[\d一二两三四五六七八九十]{1,3}点)/gu
const QUARTERS = /(?<=点)([一二两三1-3]?)个骨/gu
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
  const plain = plainMoment(text)
  const full = FULL.exec(plain)
  if (full) return oneOf([`${full[1]}T${full[2]}:${full[3]}${ZONE}`])
  const clock = CLOCK.exec(plain)
  if (!clock) return dayOnly(plain, context)
  const hours = hoursOf(clock)
  if (hours === null) return null
  const around = plain.replace(clock[0], dayPartKept(clock.groups?.['part'], clock[0], plain)).trim()
  return onDays(around, hours, context)
}

/** One spelling of a moment: the day first, parts of the day as everybody says them, nothing that only looks like an hour. */
function plainMoment(text: string): string {
  const said = weekFirst(simplified(text))
    .replace(/[噚㖊]/gu, '寻')
    .replace(YEAR_BEHIND, '$2$1')
    .replace(/(?<=\D)\s+|\s+(?=\D)/gu, '')
    .replace(/[,。]/gu, '')
    .replace(HOUR_BEHIND_WEEKDAY, '$1的')
  return SPOKEN_PARTS.reduce((words, [spoken, part]) => words.replace(spoken, part), said)
    .replace(FIVE_MINUTES, (_, count: string) => `${5 * (figure(count) ?? 0)}分`)
    .replace(POINTED, (_, count: string) => `${5 * (figure(count) ?? 0)}分`)
    .replace(POINTED_AT, '')
    .replace(QUARTERS, (_, count: string) => `${count === '' ? '一' : count}刻`)
    .replace(DOTTED, '$1:$2')
    .replace(A_LITTLE, '')
    .replace(MONTH_BEHIND, '$2$1')
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
function hoursOf({ groups = {} }: RegExpExecArray): Hour[] | null {
  const { part, partBetween, spoken, digits, exact, behind } = groups
  const hour = figure(spoken ?? digits ?? '')
  const minute = minuteOf(groups)
  if (hour === null || minute === null || hour > 24 || minute > 59) return null
  const written = (digits !== undefined && exact?.length === 2) || /^0\d$/u.test(spoken ?? '')
  const missing = missingOf(groups)
  const readings = dayHours(hour, behind ?? part ?? partBetween, written)
  return readings.map(each => shifted({ hour: each, minute }, missing))
}

type Said = Record<string, string | undefined>

function minuteOf({ half, quarter, minutes, exact }: Said): number | null {
  if (half !== undefined) return 30
  if (quarter !== undefined) return QUARTER * (figure(quarter) ?? 0)
  return figure(minutes ?? exact ?? '零')
}

const QUARTER = 15

/** 差五分九点, 九点差一刻: the minutes before the hour. */
function missingOf({ short, shortQuarter, less, lessQuarter }: Said): number {
  return (shortQuarter ?? lessQuarter) === undefined ? (figure(short ?? less ?? '零') ?? 0) : QUARTER
}

function shifted({ hour, minute }: Hour, missing: number): Hour {
  const total = hour * 60 + minute - missing
  return { hour: Math.floor(total / 60), minute: (total + 60) % 60 }
}

/** Hours by the part of the day; 24 stands for midnight at its end. `written`: 3:30 is read as written. */
function dayHours(hour: number, part: string | undefined, written: boolean): number[] {
  if (part === undefined) return hour >= 1 && hour <= 6 && !written ? [hour, hour + 12] : [hour]
  if (/^(?:下午|后晌|傍晚|晚|pm)/u.test(part) || /^(?:夜|深夜)/u.test(part)) {
    if (hour === 12 || hour === 0) return [/^(?:下午|pm)/u.test(part) ? 12 : 24]
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
    /^(?:在|约在|就|的|是|大概)+|(?:的时候|的|见|(?<!夜)来|去|吧|可以吗|行不|见面|开会|过来|到)+$/gu,
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
  const day = addDays(date, Math.floor(hour / 24))
  return `${day}T${pad((hour + 24) % 24)}:${pad(minute)}${ZONE}`
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
