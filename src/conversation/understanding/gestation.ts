import { addDays, daysBetween, type LocalDate } from '../../domain/world.ts'
import type { DateContext, DateReading } from './dateReading.ts'
import { readDate } from './dates.ts'
import { figure, NUMERAL } from './numerals.ts'
import { one, oneOf, vague, type Reading } from './reading.ts'
import { toldDay } from './toldDay.ts'
import { simplified } from './wording.ts'

/** Age of a pregnancy today, counted from the first day of the last period, and the day it is due. */
export interface Gestation {
  /** Completed days since the first day of the last period. */
  days: number
  dueDate: LocalDate
  /** Only when the last period itself was named. */
  lastPeriod: LocalDate | null
}

/** Naegele's rule: 280 days from the first day of the last period to the due date. */
export const TERM = 280
/** 42 weeks; a pregnancy that is older was dated wrongly (过期妊娠 ends here). One week is left for late answers. */
const LONGEST = 43 * 7
/** Ovulation lies two weeks after the last period. */
const CONCEPTION = 14
/** A month of pregnancy in Chinese counting (十月怀胎): four weeks. */
const DAYS_IN_MONTH = 28

const N = `(\\d{1,3}|${NUMERAL}{1,4})`
const PREGNANT = /孕|怀|停经|没来|末次|月经|例假|姨妈|lmp|预产|受孕|周|w/u
const DUE = /预产|ed[dc]/u
/** 12到13周, 十二三周: either may be meant. */
const NEIGHBOURS = /(?<tens>[二三]?十)?(?<low>[一两二三四五六七八])(?<high>[二三四五六七八九])个?(?:周|星期|礼拜)/u
const FROM_TO = new RegExp(`${N}(?:-|到|至|~|或者?)${N}(?:个)?(?:周|星期|w)`, 'u')
const WEEKS = new RegExp(
  `${N}(?:个)?(?:孕?周|星期|礼拜|w)(?:(半)|(差)?(?:\\+|加|零|又|多?)${N}(?:天|日|d)?|(多|左右))?`,
  'u',
)
const PLUS = /^(\d{1,2})\+([0-6])$/u
/** 二十五加五 */
const PLUS_SPOKEN = new RegExp(`^(\\d{1,2}|${NUMERAL}{1,3})加([0-6零一二三四五六])$`, 'u')
/** 快四十周了，39周+6: the exact one counts. */
const PLUS_BEHIND = /(?<!\d)(\d{1,2})周?\+([0-6])(?!\d)/u
const WEEK_NUMBER = new RegExp(`孕周(?:是|为|:)?${N}(?:\\+([0-6]))?$`, 'u')
const DAYS = new RegExp(`${N}(多|来)?(?:天|日)(多|左右)?`, 'u')
const MONTHS = new RegExp(
  `${N}个?(半)?多?月(?!初|廿|(?:\\d{1,2}|${NUMERAL}{1,3})(?!\\d|${NUMERAL}|[个天日周星]|$)|(?:\\d{1,2}|${NUMERAL}{1,3})[日号]?$)(?:(半)|多|(?:零|又|加)?${N}个?(天|日|周|星期))?`,
  'u',
)
/** 五六个月 */
const PAIR = /(?<!十)[一两二三四五六七八]([二三四五六七八九])个月/u
/** 预产期过了三天, 过了预产期三天 */
const OVERDUE = new RegExp(
  `(?:预产.*(?:过了|超过?了?)|(?:过了?|超过?了?)预产期?)(?:都|已经|有)*${N}个?(天|周|星期|礼拜)`,
  'u',
)
const AMOUNT_LEFT = `(?:(半)个?|(个把)|${N}(?:个)?(半)?)(多|来)?(天|周|星期|礼拜|月)(?:零|又|加)?(?:${N}天)?`
const NEARLY = '(?:大概|差不多|整整?|足足|正好|刚好|有|等|上|个(?=半))*'
const LEFT = new RegExp(
  `(?:(?:还有|还差|还要|再过|再有|再等)|(?:离|距)?预产期?(?:还)?[差剩]|差(?=.{1,5}(?:预产|生$)))${NEARLY}${AMOUNT_LEFT}`,
  'u',
)
/** 就剩十天到日子了, 离生还得五周: said of the birth, the same words in other sentences are none of it. */
const LEFT_TO_BIRTH = new RegExp(
  `(?:还剩|还得|还需|就剩|[就只]差|只剩|只有|剩|不到|不足|仅有|还不到)(?:不到)?${NEARLY}${AMOUNT_LEFT}`,
  'u',
)
const BIRTH_AHEAD = /预产|到日子|离日子|日子就?到|[才就要该快离]生|生产|临盆|分娩|坐月子/u
/** Half a month is fifteen days. */
const HALF_MONTH = 15
const NOT = /没有?怀|未孕|没有?孕|不孕|没怀上|备孕|[离到]足月/u

/**
 * Reads how far a pregnancy is: weeks and days, last period, days without period, conception, due date, 还有三周生.
 * Months are vague (five months are about twenty weeks). Null when nothing was said or it is longer than any pregnancy.
 */
export function readGestation(text: string, { today }: DateContext): Reading<Gestation> | null {
  const plain = simplified(text)
    .replace(/[\s,。!]/gu, '')
    .replace(/l\.m\.p\.?/u, 'lmp')
  if (NOT.test(plain)) return null
  const said = fromDay(text, plain, { today })
  if (said !== undefined) return said ?? fromAge(plain, { today })
  return toldOfAnotherDay(plain, today) ?? onItsOwn(plain, { today })
}

/** What is said in weeks, or of what is left. */
function fromAge(plain: string, asked: DateContext): Reading<Gestation> | null {
  const spans = /月/u.test(plain) && MONTHS.test(plain)
  return (
    overdue(plain, asked) ??
    fromLeft(plain, asked) ??
    (spans ? null : (fromTwo(plain, asked) ?? fromWeeks(plain, asked)))
  )
}

function onItsOwn(plain: string, asked: DateContext): Reading<Gestation> | null {
  return fromAge(plain, asked) ?? fromMonths(plain, asked) ?? fromDays(plain, asked)
}

/** 昨天刚满二十周: as old as it was on that day, and older by the days since. The due date stays. */
function toldOfAnotherDay(plain: string, today: LocalDate): Reading<Gestation> | null {
  const told = toldDay(plain, today)
  if (told === null || !/周|星期|礼拜|w|天|\+/u.test(told.rest)) return null
  const then = onItsOwn(told.rest, { today: told.day })
  if (then?.kind !== 'one' && then?.kind !== 'several') return null
  const passed = daysBetween(told.day, today)
  const now = (then.kind === 'one' ? [then.value] : then.values).flatMap(
    ({ days }) => gestationOf(days + passed, today) ?? [],
  )
  const [first] = now
  return told.rough && first ? vague(showGestation(first)) : oneOf(now)
}

/** 8月1号到8月5号: the first day of a period counts. */
const PERIOD_END = /(?<=[日号])(?:到|至|-|~).*$/u
/** 9月28号来的，之后就没来了 */
const SINCE_THEN = /(?:之后|后来|以后|后面|往后)(?:就|都|一直|再)*没[再有]?来.*$/u
const ONLY_LAST = /^[,，、]?(?:这|那|就)?是?(?:最后|末)一?次[的了。]*$/u

/** 末次月经 and 受孕 are past days, 预产期 one ahead. Undefined when none of them was named with a day. */
function fromDay(text: string, plain: string, { today }: DateContext): Reading<Gestation> | null | undefined {
  const period =
    /末次|月经|例假|姨妈|身上(?:来|最后|.*来)|来的?身上|老朋友|最后一[次回]来|lmp/u.test(plain) &&
    (/末次/u.test(plain) || !/停经|没来(?!的)/u.test(plain.replace(SINCE_THEN, '')))
  const conception = /受孕|同房|移植|排卵/u.test(plain)
  if (!period && !conception && !DUE.test(plain)) return undefined
  const behind = text.replace(
    /^.*?(?:lmp|ed[dc]|末次月经|最后一[次回](?:来)?(?:身上|月经|例假)?|月经.*末次|月经|例假|大?姨妈|老朋友|来?身上(?:来|最后一[次回])?|受孕|排卵|末次)(?:第一天|日期?|时间|来)?[是为:：]?\s*/iu,
    '',
  )
  // 9月1日末次月经, 上个月十号来的例假，是最后一次: the day may come first.
  const said =
    (/\d|[一二三四五六七八九十初天]/u.test(behind) || namesDay(behind, today)) && !ONLY_LAST.test(behind)
      ? behind
      : text.replace(/(?:是)?(?:我)?(?:的)?(?:末次月经|月经|例假|大?姨妈|lmp).*$/iu, '')
  const past = period || conception
  const reading = readDate(period ? said.replace(PERIOD_END, '') : said, { today, sense: past ? 'past' : 'dueDate' })
  if (reading?.kind === 'invalid') return reading
  if (reading?.kind === 'vague') return vague(reading.period)
  if (reading === null) return undefined
  const before = period ? 0 : conception ? CONCEPTION : TERM
  const found = startedBefore(reading, before, today, period)
  // 预产期11月20号 said on the 23rd is the day that has just passed, not the one next year.
  const passed = found.length > 0 || past ? null : readDate(said, { today, sense: 'past' })
  return oneOf(passed === null ? found : startedBefore(passed, before, today, false))
}

/** 是中秋节, 夜儿个: a day without any figure. */
function namesDay(words: string, today: LocalDate): boolean {
  return words.trim() !== '' && readDate(words, { today, sense: 'past' })?.kind === 'day'
}

function startedBefore(reading: DateReading, before: number, today: LocalDate, lastPeriodSaid: boolean): Gestation[] {
  const days = reading.kind === 'day' ? [reading] : reading.kind === 'several' ? reading.days : []
  // Doctors ask for solar days: 七月十六 without 农历 is one.
  const solar = days.filter(({ spoken }) => spoken === null)
  const dates = (lastPeriodSaid && solar.length > 0 ? solar : days).map(({ date }) => date)
  return dates.flatMap(date => gestationFrom(addDays(date, -before), today, lastPeriodSaid) ?? [])
}

function gestationFrom(start: LocalDate, today: LocalDate, lastPeriodSaid: boolean): Gestation | null {
  const gestation = gestationOf(daysBetween(start, today), today)
  return gestation && { ...gestation, lastPeriod: lastPeriodSaid ? start : null }
}

/** Looks at the days before it counts back: 三亿周 lies before the calendar begins. */
function gestationOf(days: number, today: LocalDate): Gestation | null {
  return days < 0 || days > LONGEST ? null : { days, dueDate: addDays(today, TERM - days), lastPeriod: null }
}

function overdue(plain: string, { today }: DateContext): Reading<Gestation> | null {
  const [, number = '', unit = ''] = OVERDUE.exec(plain) ?? []
  const over = figure(number)
  return over === null ? null : dated(TERM + over * daysOf(unit), today)
}

function daysOf(unit: string): number {
  return /[天日]/u.test(unit) ? 1 : 7
}

function fromLeft(plain: string, { today }: DateContext): Reading<Gestation> | null {
  const parts = LEFT.exec(plain) ?? (BIRTH_AHEAD.test(plain) ? LEFT_TO_BIRTH.exec(plain) : null)
  const [said = '', halfMonth, monthOrSo, number = '', half, more, unit = '', days] = parts ?? []
  if (halfMonth !== undefined) return unit === '月' ? dated(TERM - HALF_MONTH, today) : null
  const pair = /^[一二三四五六七八]([二三四五六七八九])$/u.test(number)
  const left = monthOrSo === undefined ? figure(pair ? number.charAt(0) : number) : 1
  if (left === null) return null
  if (unit === '月') return roughly(TERM - (left + (half === undefined ? 0 : 0.5)) * DAYS_IN_MONTH, today)
  const age = TERM - left * daysOf(unit) - (figure(days ?? '零') ?? 0)
  return pair || more !== undefined || half !== undefined || /不[到足]/u.test(said)
    ? roughly(age, today)
    : dated(age, today)
}

function fromTwo(plain: string, { today }: DateContext): Reading<Gestation> | null {
  const weeks = neighbours(plain) ?? (FROM_TO.exec(plain) ?? []).slice(1).flatMap(number => figure(number) ?? [])
  const found = weeks.flatMap(week => gestationOf(7 * week, today) ?? [])
  return found.length === 2 ? oneOf(found) : null
}

function neighbours(plain: string): number[] | null {
  const { tens = '', low = '', high = '' } = NEIGHBOURS.exec(plain)?.groups ?? {}
  const weeks = [low, high].flatMap(week => (week === '' ? [] : (figure(tens + week) ?? [])))
  const [first, second] = weeks
  return first !== undefined && second === first + 1 ? weeks : null
}

function fromWeeks(plain: string, { today }: DateContext): Reading<Gestation> | null {
  const plus = PLUS.exec(plain.replace(/^(?:怀孕|孕|ga)/u, '').replace(/周?[了。]*$/u, '')) ?? PLUS_BEHIND.exec(plain)
  if (plus) return dated(Number(plus[1]) * 7 + Number(plus[2]), today)
  const [spokenWeeks, spokenDays] = (PLUS_SPOKEN.exec(plain)?.slice(1) ?? []).map(figure)
  if (spokenWeeks && typeof spokenDays === 'number') return dated(spokenWeeks * 7 + spokenDays, today)
  const numbered = WEEK_NUMBER.exec(plain)
  const [, number = '', half, short, more, about] =
    WEEKS.exec(plain) ?? (numbered ? ['', numbered[1], undefined, undefined, numbered[2]] : [])
  const weeks = figure(number)
  const rest = more === undefined ? 0 : figure(more)
  if (weeks === null || rest === null || rest > 6) return null
  const days = weeks * 7 + (short ? -rest : rest)
  return half || about || /不到|快(?!要?生|了)|大概|约/u.test(plain)
    ? roughly(days + (half ? 3 : 0), today)
    : dated(days, today)
}

function fromDays(plain: string, { today }: DateContext): Reading<Gestation> | null {
  // 12周8天 is no age in weeks, and its days alone are not meant.
  if (!PREGNANT.test(plain) || WEEKS.test(plain)) return null
  const [, number = '', many, about] = DAYS.exec(plain) ?? []
  const days = figure(number)
  if (days === null) return null
  return many || about ? roughly(days, today) : dated(days, today)
}

function fromMonths(plain: string, { today }: DateContext): Reading<Gestation> | null {
  const [, number = '', half, behind, more = '零', unit = '天'] = MONTHS.exec(plain.replace(PAIR, '$1个月')) ?? []
  const [months, days] = [figure(number), figure(more)]
  if (months === null || days === null || months > 11) return null
  return roughly(months * DAYS_IN_MONTH + ((half ?? behind) ? DAYS_IN_MONTH / 2 : days * daysOf(unit)), today)
}

function dated(days: number, today: LocalDate): Reading<Gestation> | null {
  const gestation = gestationOf(days, today)
  return gestation && one(gestation)
}

function roughly(days: number, today: LocalDate): Reading<Gestation> | null {
  const gestation = gestationOf(days, today)
  return gestation && vague(showGestation(gestation))
}

/** ga=12w0d;edd=2027-06-06, and ;lmp= when the last period was named. */
export function showGestation({ days, dueDate, lastPeriod }: Gestation): string {
  const period = lastPeriod ? `;lmp=${lastPeriod}` : ''
  return `ga=${Math.floor(days / 7)}w${days % 7}d;edd=${dueDate}${period}`
}
