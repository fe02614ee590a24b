import { addDays, daysBetween, type LocalDate } from '../../domain/world.ts'
import { wholePeriod } from './dateReading.ts'
import { readDate } from './dates.ts'
import { NUMERAL } from './numerals.ts'

/** The day something was measured on, told beside the measure: 昨天刚满二十周. `rough`: some day about it. */
export interface ToldDay {
  day: LocalDate
  rough: boolean
  /** The sentence without it. */
  rest: string
}

const N = `(?:\\d{1,3}|${NUMERAL}{1,3})`
const WEEK = '(?:周|星期|礼拜)'
const PART = '(?:早上|上午|中午|下午|晚上)?'
/** 再过三天就满二十周: only before the weeks that will then be reached. */
const AHEAD = `(?:再过|还有|还差|再有|再等|还要|差|过)${N}个?(?:天|日|${WEEK})(?=(?:就|才|便|是|到|满|有)*${N}个?${WEEK})`
const AGO = `(?:${N}|半)个?(?:天|日|${WEEK}|月)(?:之|以)?前(?![天日年])`
const NAMED = `(?:(?:大*[前后]|[昨明今寻琴听])[天日儿]个?|夜儿个?)${PART}`
const WEEKDAY = `(?:(?:上上|下下|[上下这本])个?${WEEK}|(?<!\\d|个|${NUMERAL})${WEEK})[一二三四五六日天]${PART}`
const DATED = `(?:(?:\\d{4}|${NUMERAL}{4}|[今去明])年)?(?:\\d{1,2}|${NUMERAL}{1,2})月(?:初?${N}[日号]?|廿${NUMERAL}?)|(?:[上这本下]个?月)?${N}[日号]`
const DAY = new RegExp(`${AHEAD}|${AGO}|${NAMED}|${WEEKDAY}|${DATED}`, 'u')
/** 上个月建卡时, 前几天查的 */
const PERIOD = /(?:上上|[上本这])个?(?:月|周|星期|礼拜)(?:初|底|中旬?|末)?|月[初底]/u
/** Days that 前几天 and 前两天 lie back, about. */
const LATELY = /前[几两些](?:天|日)|这[几两]天/u
const SOME_DAYS = 3
const AHEAD_WORDS = /^(?:还有|还差|再有|再等|还要|差|过)/u
/** 周一就满三十周 is the next Monday, 周一查的 the last one. */
const WILL_BE = /就(?!是)|才[满到]|将|该[满到]|要[满到]/u

/** Where and when the sentence says its measure was taken; null when it names no day. */
export function toldDay(plain: string, today: LocalDate): ToldDay | null {
  const said = DAY.exec(plain)?.[0]
  if (said !== undefined) return onDay(plain, said, today)
  if (LATELY.test(plain)) return { day: addDays(today, -SOME_DAYS), rough: true, rest: plain.replace(LATELY, '') }
  const period = PERIOD.exec(plain)?.[0]
  return period === undefined ? null : inPeriod(plain, period, today)
}

function onDay(plain: string, said: string, today: LocalDate): ToldDay | null {
  const sense = WILL_BE.test(plain) ? 'dueDate' : 'past'
  const reading = readDate(said.replace(AHEAD_WORDS, '再过'), { today, sense })
  // 10号 names two days; the nearest on the side that is told of is meant.
  const days = reading?.kind === 'day' ? [reading] : reading?.kind === 'several' ? reading.days : []
  const dates = days.map(({ date }) => date).toSorted()
  const day = sense === 'past' ? dates.at(-1) : dates[0]
  return day === undefined ? null : { day, rough: false, rest: plain.replace(said, '') }
}

/** The middle of it, which cannot lie ahead: what was measured is past. */
function inPeriod(plain: string, said: string, today: LocalDate): ToldDay | null {
  const reading = readDate(said, { today, sense: 'past' })
  if (reading?.kind !== 'vague') return null
  const [from = '', to = from] = reading.period.split('/')
  const [first, last] = [wholePeriod(from)[0], wholePeriod(to)[1]]
  const middle = addDays(first, Math.floor(daysBetween(first, last) / 2))
  return { day: middle < today ? middle : today, rough: true, rest: plain.replace(said, '') }
}
