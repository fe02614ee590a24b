import type { LocalDate } from '../../domain/world.ts'
import { dayAway, dayAwayRead, invalid, plainDay, weekdayOf, wholePeriod, type DateReading } from './dateReading.ts'
import { figure, NUMERAL } from './numerals.ts'

/** Reads the words that a day is counted from. */
type Read = (words: string) => DateReading | null

const N = `(?:\\d{1,2}|${NUMERAL}{1,2})`
const WEEKDAY = '(?:周|星期|礼拜)([一二三四五六日天])'
const DAY_OF_PERIOD = new RegExp(
  `^(.{2,14}?)的?(?:(最[后末]一|末[尾了]一?|末|第一|头一?|首|开头[那一]|倒数第${N}|第${N})[天日]|(最[后末]一|末一|第一|头一|首|倒数第${N}|第${N})个${WEEKDAY})$`,
  'u',
)

/** 本月最后一天, 明年第一天, 三月倒数第二天, 五月的第二个星期天: a day counted from an end of a period. */
export function dayOfPeriod(core: string, read: Read): DateReading | null {
  const [, words = '', day, weekdays, weekday] = DAY_OF_PERIOD.exec(core) ?? []
  const reading = words === '' ? null : read(words)
  if (reading?.kind !== 'vague') return null
  const [from = '', to = from] = reading.period.split('/')
  const [first, last] = [wholePeriod(from)[0], wholePeriod(to)[1]]
  const count = placeOf(day ?? weekdays ?? '')
  const found = weekday === undefined ? nthDay(count, first, last) : nthWeekday(count, weekday, { first, last })
  return found !== null && found >= first && found <= last ? plainDay(found, core) : invalid('no-such-day')
}

/** 第二 is 2, 最后一 is -1, 倒数第二 is -2. */
function placeOf(words: string): number {
  const count = figure(words.replace(/^(?:倒数)?第/u, '')) ?? 1
  return /^(?:最|末|倒)/u.test(words) ? -count : count
}

function nthDay(count: number, first: LocalDate, last: LocalDate): LocalDate | null {
  return count > 0 ? dayAway(first, { days: count - 1 }) : dayAway(last, { days: count + 1 })
}

function nthWeekday(
  count: number,
  weekday: string,
  { first, last }: { first: LocalDate; last: LocalDate },
): LocalDate | null {
  const number = '一二三四五六日'.indexOf(weekday === '天' ? '日' : weekday) + 1
  return count > 0
    ? dayAway(first, { days: ((number - weekdayOf(first) + 7) % 7) + 7 * (count - 1) })
    : dayAway(last, { days: 7 * (count + 1) - ((weekdayOf(last) - number + 7) % 7) })
}

const AFTERWARDS = new RegExp(`(?<=.{2})的?[过之以]后(?=第?${N}天$)`, 'u')
const NEXT_DAY = /(?<=.{2})的?(?:次日|翌日|隔天|转天)$/u
/** 元旦头一天 is the day before it; the first day of a period and of the long holidays is told the same way. */
const DAY_BEFORE =
  /(?<=.{2})的?前一[晚夜]$|(?<=.{2})(?<![月年周份期拜里假的])的?头天$|(?<=.{2})(?<!(?:[月年周份期拜里假伏]|(?<![初十廿])[数入进一二三四五六七八九]九|国庆节?|春节|过年|五一节?|劳动节)的?)的?头一天$/u

/** 国庆之后第三天, 元旦次日, 除夕头一天 in the words of 后第三天, 后一天, 前一天. */
export function plainStep(core: string): string {
  return core.replace(AFTERWARDS, '后').replace(NEXT_DAY, '后一天').replace(DAY_BEFORE, '前一天')
}

const STEP = new RegExp(`^(.{2,20}?)的?(?:(前|后)(?:一|第?(${N}))|第(${N}))天$`, 'u')

/** 三月初八的前一天, 上周五后三天, 10月1号第二天: days from a day that was named, told to `read` with how many they are. */
export function stepFrom(core: string, read: (words: string, days: number) => DateReading | null): DateReading | null {
  const [, words = '', side, count, place] = STEP.exec(core) ?? []
  const number = place === undefined ? (figure(count ?? '一') ?? 1) : (figure(place) ?? 1) - 1
  const days = side === '前' ? -number : number
  const reading = words === '' ? null : read(words, days)
  if (reading?.kind === 'day') return dayAwayRead(reading.date, { days }, core)
  const several = reading?.kind === 'several' ? reading.days.flatMap(({ date }) => dayAway(date, { days }) ?? []) : []
  return several.length === 0 ? null : { kind: 'several', days: several.map(date => ({ date, spoken: null })) }
}
