import { monthAfter } from '../../domain/months.ts'
import { dayOf, type DateContext } from './dateReading.ts'
import { readDate } from './dates.ts'
import { ASKS } from './numberInSentence.ts'
import { withoutAbout } from './numbers.ts'
import { figure, NUMERAL } from './numerals.ts'
import { one, oneOf, vague, type Reading } from './reading.ts'
import { toldDay } from './toldDay.ts'
import { simplified } from './wording.ts'

const N = `(\\d{1,3}(?:\\.\\d)?|${NUMERAL}{1,4}|半)`
const LEAD =
  /^(?:(?:出生|生下来)(?:才|有|都)?(?=\d|[一二三四五六七八九十半])|我们|我家|我|俺|孩[子儿]|宝宝|小孩|娃儿?|伢|大宝|二宝|今年|(?:到|截至)?(?:今天|今日|今儿个?|现在|目前|如今)|(?:才|刚)生(?:下来)?了?(?=\d|[一二两三四五六七八九十半])|已经|都|有|是|正好|刚好|刚|才|满|够|大约|的)+/u
const TAIL = /(?:大|了|的|吧|啊|呢|咧|嘞|噻|哒|整|喽|啰|咯|啦|龄)+$/u
const YEARS_AND_MONTHS = new RegExp(
  `^${N}(?:周?岁|年|y)(半)?(?:(?:零|又|加|过|多|带)?${N}个?(半)?(?:月|m)(半)?)?$`,
  'u',
)
const MONTHS = new RegExp(`^${N}(?:个?(半)?月(半)?|m)(?:(?:零|又|加)?(?:\\d{1,2}|${NUMERAL}{1,3})天)?$`, 'u')
/** 两岁差一个月, 差俩月满三岁 */
const LESS = new RegExp(`^(?<years>${N})周?[岁年](?:还|就|只)*[差少缺欠](?<missing>${N})个?(?<half>半)?月$`, 'u')
const LESS_BEFORE = new RegExp(
  `^(?:还?[差少缺欠]|再过|还有|再有|再等|还要)(?<missing>${N})个?(?<half>半)?月(?:就|才|满|到|不到|够|没到)*(?:(?<years>${N})周?岁|周岁)$`,
  'u',
)
const PAIR = /^(一二|一两|二三|两三|三四|四五|五六|六七|七八|八九)(?:个月|(周?岁))$/u
const ABOUT = new RegExp(
  `^(快|不到|不满|未满|将近|接近)?${N}(周?岁|年|个?[多来]?月|个月)(多|出头|几个月|余|不到|上下|开外|挂零|冒头|来往|朝上)?$`,
  'u',
)
/** 一岁半多, 快两岁三个月 */
const ROUGHLY = /^(快|不到|不满|未满|将近|接近)?(.+?)(多|出头|余|不到|上下|左右|开外|挂零|冒头|来往|朝上)?$/u
const DAYS = new RegExp(`^${N}(天|日|周|星期|个星期|礼拜)$`, 'u')
const NAMED: readonly (readonly [RegExp, Reading<number>])[] = [
  [/^[岁年]半$/u, one(18)],
  [/^个半月$/u, one(1.5)],
  [/^(?:刚|才)?(?:出生|生|落地|生下来)$|^新生儿$/u, one(0)],
  [/^(?:未|没|不|还没)满月$/u, vague(0)],
  [/^快(?:要)?(?:满月|出月子)$/u, vague(1)],
  [/^满月(?:都|有|已经|零|过了?|好)*(?:\d{1,2}|[一二两三四五六七八九十几]{1,3})天$/u, one(1)],
  [/^百(?:天|日)(?:零|过|多).{1,3}天$/u, vague(3)],
  [/^(?:快|不)满?周岁$/u, vague(12)],
  [/^满?月子?$|^出(?:了|完)?(?:满月|月子)$/u, one(1)],
  [/^双满月$/u, one(2)],
  [/^(?:快|刚过|过|满)*百(?:天|日)$/u, vague(3)],
  [/^(?:[过满办]完?)?周岁(?:生日|酒|宴)?(?:刚过)?$|^抓周$/u, one(12)],
]
/** Mean length of a month in days, for ages said in days and weeks. */
const DAYS_IN_MONTH = 30.44

/**
 * Reads an age in months: 一岁半 18, 两岁零三个月 27, 半岁 6, 满月 1, or the full months since a birth that is dated.
 * Days and weeks, 快两岁 and 虚岁 are vague; 三四个月 competes.
 */
export function readMonths(text: string, context: DateContext): Reading<number> | null {
  const said = withoutAbout(text)
  const months = readSaid(said, context)
  return months?.kind === 'one' && said !== text ? vague(months.value) : months
}

function readSaid(text: string, context: DateContext): Reading<number> | null {
  const plain = simplified(text).replace(/[\s,。!]/gu, '')
  const core = inOneForm(plain.replace(LEAD, '').replace(TAIL, ''))
  const reached = reachedOnDay(plain, context)
  if (reached !== null) return reached
  return readNamed(plain, core) ?? readSpan(core) ?? readAbout(core) ?? sinceBirth(text, context) ?? inSentence(text)
}

/** 一点五岁, 周岁零三个月 and 月龄6 as everybody else says them. */
function inOneForm(core: string): string {
  return core
    .replace(
      /^([一二两三四五六七八九十])点([一二三四五六七八九])(?=周?岁|个月|年)/u,
      (_, whole: string, tenth: string) => `${figure(whole) ?? ''}.${figure(tenth) ?? ''}`,
    )
    .replace(/^(?:过了?|刚过|满)?周岁(?=[零又加过多带半\d]|[一二两三四五六七八九十仨俩]+个)/u, '一周岁')
    .replace(/^月龄(?:是|为|:)?(?=[\d一二两三四五六七八九十]+$)(.*)$/u, '$1个月')
}

/** 满, 过 and their kin behind a day: the age was reached on it. */
const REACHED = /^(?:我们?|俺|家|娃儿?|孩子?|宝宝|小孩|伢|大宝|二宝|的|是|就|才|刚好|刚刚?|正好|都|到|满|过|够|整|了)*/u
/** 昨天生的 tells of a birth; its age is reckoned from there. */
const OF_BIRTH = /(?<![医先学])生(?!日)|出世|落地/u
/** Who says so: 我妈说. */
const BEFORE_REACHED = /^.{0,8}?(?=刚|才|正好|满|过|够|整)/u

/** 昨天刚满月, 上周三满的六个月: as old as on that day, and older by the full months since. */
function reachedOnDay(plain: string, { today }: DateContext): Reading<number> | null {
  const told = OF_BIRTH.test(plain) ? null : toldDay(plain, today)
  if (told === null || !/满|刚|正好|过|够|整/u.test(told.rest)) return null
  const age = told.rest.replace(BEFORE_REACHED, '').replace(REACHED, '').replace(TAIL, '')
  const then = readNamed(/^月$/u.test(age) ? '满月' : age, age) ?? readSpan(inOneForm(age))
  if (then?.kind === 'vague') return vague(then.about)
  if (then?.kind !== 'one') return null
  const now = then.value + monthsSince(told.day, today)
  return now < 0 ? null : told.rough ? vague(now) : one(now)
}

/** Full months between the days; less than none when the day lies ahead. */
function monthsSince(day: string, today: string): number {
  let months = day > today ? -MOST_MONTHS : 0
  while (monthAfter(day, months + 1) + day.slice(7) <= today && months < MOST_MONTHS) months += 1
  return months
}

const MOST_MONTHS = 1500

/** 年 and 岁 with or without months, months alone: what is told in a sentence as so long. */
const SPAN = new RegExp(
  `(?<about>快|不到|不满|还?[没未]满|将近|接近|差不多)?(?<span>${N}(?:周?岁|年)(?:半|(?:零|又|加)?${N}个?半?月)?|${N}个半?月(?:半)?|[仨俩]月|半岁)(?<more>多|出头|余|不到|上下|左右|开外|挂零|冒头|来往|朝上)?`,
  'gu',
)
/** 十来年; 个把月 is about one. */
const SOME_SPAN = new RegExp(`${N}[来几多](?<unit>个月|年|岁)|个把月`, 'u')
/** Days, years of a calendar and places in a row are no spans. */
const NO_SPAN = new RegExp(
  `(?:\\d{4}|0\\d|[零〇一二三四五六七八九]{2,4})年|\\d{2}年(?=出?生|下生|结|领|嫁)|[今明去前后]年|第(?:\\d{1,3}|${NUMERAL}{1,4})个?[年月]|[上下这本]个?月|(?<!\\d)(?:19|20)\\d{2}[-/.]\\d{1,2}(?:[-/.]\\d{1,2})?|虚岁`,
  'gu',
)
/** 一个月十块, 一年才回来一趟: how often, unless it closes what is said. */
const RATE = /^(?:一年|一个月)$/u
const CLOSED = /^(?:了|咯|啦|的|大|整|吧|$)/u
/** 头一年, 第二个月 and 前三个月 name a part of a time, 每个月 how often. */
const PART_OF = /[头每前后上下几]$/u

/** 在这边打工两年了, 娃满十个月了，还不会走: the one span of a sentence; two different ones are no answer. */
function inSentence(text: string): Reading<number> | null {
  const plain = simplified(text).replace(/\s/gu, '')
  if (ASKS.test(plain)) return null
  const found = plain.split(/[,，。;；!！、]/u).flatMap(clause => {
    const spans = spansIn(clause.replace(NO_SPAN, '，'))
    return spans.length > 0 ? spans : named(clause)
  })
  const values = new Set(found.map(reading => JSON.stringify(reading)))
  return values.size === 1 ? (found[0] ?? null) : null
}

/** 我妈说刚满月 */
const REACHED_AT_END = /(?<=刚刚?|才|正好|已经)(?:满月|双满月|满?周岁|[满过]百天|出月子)$/u

/** 刚满月，一个月 */
function named(clause: string): Reading<number>[] {
  const core = clause.replace(LEAD, '').replace(TAIL, '')
  const reading = readNamed(clause, REACHED_AT_END.exec(core)?.[0] ?? core)
  return reading === null ? [] : [reading]
}

function spansIn(clause: string): Reading<number>[] {
  const [some, number] = SOME_SPAN.exec(clause) ?? []
  if (some !== undefined) return [vague((count(number) ?? 1) * (/[年岁]$/u.test(some) ? 12 : 1))]
  return [...clause.matchAll(SPAN)].flatMap(({ 0: whole, index, groups }) => {
    const span = readSpan(groups?.['span']?.replace(/^(?:仨|俩)月$/u, said => `${said.charAt(0)}个月`) ?? '')
    if (PART_OF.test(clause.slice(0, index)) || span === null) return []
    if (RATE.test(groups?.['span'] ?? '') && !CLOSED.test(clause.slice(index + whole.length))) return []
    const rough = groups?.['about'] !== undefined || groups?.['more'] !== undefined
    return [rough && span.kind === 'one' ? vague(span.value) : span]
  })
}

function readNamed(plain: string, core: string): Reading<number> | null {
  return NAMED.find(([pattern]) => pattern.test(core) || pattern.test(plain.replace(TAIL, '')))?.[1] ?? null
}

function readSpan(core: string): Reading<number> | null {
  const pair = PAIR.exec(core)
  if (pair) return oneOf(Array.from(pair[1] ?? '', digit => (figure(digit) ?? 0) * (pair[2] ? 12 : 1)))
  const both = YEARS_AND_MONTHS.exec(core)
  if (both) return exact(count(both[1]), both[2], count(both[3] ?? '0'), both[4] ?? both[5])
  const short = readShort(core)
  if (short) return short
  const months = MONTHS.exec(core)
  return months ? exact(0, undefined, count(months[1]), months[2] ?? months[3]) : null
}

function readShort(core: string): Reading<number> | null {
  const { years = '一', missing, half } = (LESS.exec(core) ?? LESS_BEFORE.exec(core))?.groups ?? {}
  const [whole, less] = [count(years), count(missing)]
  if (whole === null || less === null) return null
  const months = whole * 12 - less - (half ? 0.5 : 0)
  return months < 0 ? null : one(months)
}

function exact(
  years: number | null,
  half: string | undefined,
  months: number | null,
  halfMonth: string | undefined,
): Reading<number> | null {
  return years === null || months === null ? null : one(years * 12 + (half ? 6 : 0) + months + (halfMonth ? 0.5 : 0))
}

function count(text: string | undefined): number | null {
  if (text === undefined) return null
  if (text === '半') return 0.5
  return /^[\d.]+$/u.test(text) ? Number(text) : figure(text)
}

function readAbout(core: string): Reading<number> | null {
  // 差几天满三个月
  const [, nearly = ''] = /^还?差(?:几|.{1,2})天(?:就|才|满|到|够)*(.+)$/u.exec(core) ?? []
  const full = nearly === '' ? null : readSpan(nearly)
  if (full?.kind === 'one') return vague(full.value)
  const [, near, number, unit = '', more] = ABOUT.exec(core) ?? []
  const value = count(number)
  if (value !== null && (near || more || /[多来]/u.test(unit))) return vague(value * (/[岁年]/u.test(unit) ? 12 : 1))
  const [, less, exactly = '', over] = ROUGHLY.exec(core) ?? []
  const whole = less || over ? readSpan(exactly) : null
  if (whole?.kind === 'one') return vague(whole.value)
  const nominal = new RegExp(`^虚岁${N}岁?$|^${N}岁?虚岁$|^虚${N}岁$`, 'u').exec(core)?.slice(1).find(Boolean)
  const age = count(nominal)
  if (age !== null) return vague(Math.max(0, (age - 1) * 12))
  const [, span, days = ''] = DAYS.exec(core) ?? []
  const length = count(span)
  return length === null ? null : vague(Math.floor((length * (/[天日]/u.test(days) ? 1 : 7)) / DAYS_IN_MONTH))
}

/** Full months since the day of birth, when a day was said. */
function sinceBirth(text: string, { today }: DateContext): Reading<number> | null {
  const reading = readDate(text, { today, sense: 'birthDate' })
  if (reading?.kind === 'invalid') return reading
  if (reading?.kind === 'vague' && /^\d{4}-\d{2}$/.test(reading.period)) return vague(monthsTo(reading.period, today))
  if (reading?.kind !== 'day' || !dayOf(Number(reading.date.slice(0, 4)), 1, 1)) return null
  return one(monthsSince(reading.date, today))
}

function monthsTo(month: string, today: string): number {
  const count = (at: string) => Number(at.slice(0, 4)) * 12 + Number(at.slice(5, 7))
  return count(today) - count(month)
}
