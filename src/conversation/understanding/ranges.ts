import { daysInLunarMonth, lunarOf, solarOf } from '../../domain/lunar.ts'
import { daysInMonth, monthAfter, monthOf, yearOf } from '../../domain/months.ts'
import { addDays, daysBetween, type LocalDate } from '../../domain/world.ts'
import type { WorkCalendar } from '../../domain/workingDays.ts'
import { dayAway, namesForeignYear, pad, wholeMonth, wholePeriod } from './dateReading.ts'
import type { DateContext, DateReading } from './dateReading.ts'
import { readDate } from './dates.ts'
import { holidayAround } from './holidays.ts'
import { lastingIn, spanLasting } from './lastingSpans.ts'
import { figure, NUMERAL } from './numerals.ts'
import { spanInSentence, spanInTwoClauses } from './spanInSentence.ts'
import { aroundNewYear, lastOfSpan, untilNow, UNTIL_NOW } from './spanTails.ts'
import { spanWords } from './spanWords.ts'
import { one, vague, type Reading } from './reading.ts'
import { ANIMALS, CYCLE_NAME } from './sexagenary.ts'
import { fullYear } from './solarDates.ts'
import { simplified } from './wording.ts'
import { readYear } from './years.ts'

export interface DateRange {
  from: LocalDate
  to: LocalDate
}
export interface RangeContext extends DateContext {
  calendars: readonly WorkCalendar[]
}

const N = `(\\d{1,4}|${NUMERAL}{1,4}|半)`
const YEAR = `(?:(\\d{2,4}|${NUMERAL}{2,4}|今|去|明|前|后)年(?:的|度)?)?`
const JOINT =
  /^(.+?)(?:到|至(?<!(?<!立)[冬夏]至)|~|—+|–|--|_|(?<=\d)-(?=\d{4}[-/.年]|\d{8}$)|(?<=[日号月])-|(?<=^(?:.*年)?\d{1,2})-(?=\d{1,2}月(?:份)?$)|(?<=^\d{1,2}[-/.]\d{1,2})-)(?:了)?(.+)$/u
const HALF_YEAR = new RegExp(`^${YEAR}(上|下|前|后|头)半年$`, 'u')
const QUARTER = new RegExp(`^${YEAR}(?:第)?([一二三四1-4]|本|这一?个?|上上一?个?|[上下]一?个?)季度?$`, 'u')
/** 2026Q1, 2026年Q1, Q3 */
const Q = new RegExp(`^(?:(\\d{4}|\\d{2}(?=年)|${NUMERAL}{4}(?=年)|[今去明前后](?=年))年?的?)?(?:第)?q([1-4])$`, 'u')
/** 今年前两个月: the first months of a year that is named. */
const FIRST_MONTHS = new RegExp(`^(\\d{4}|${NUMERAL}{4}|今|去|明|前)年的?(?:头|前)${N}个月$`, 'u')
const WHOLE_YEAR = new RegExp(
  `^(\\d{4}|${NUMERAL}{4}|今|去|明|前|后|大前|大后|上一?|下一?)年(?:全年|度|一年|一整年|整年|整个)?$`,
  'u',
)
const THREE_QUARTERS = new RegExp(`^${YEAR}前三(?:个)?季度$`, 'u')
const TENTH = new RegExp(`^((?:(?![到至~]).)*月|)(?:份)?的?(上旬|中旬|下旬|上半月|下半月)$`, 'u')
const LATELY = new RegExp(`^(?:最近|近|过去|这)(?:的)?${N}?(?:个)?(天|日|周|星期|礼拜|月|年)(?:内|里|来|以来)?$`, 'u')
const SOON = new RegExp(`^(?:未来|今后|接下来|往后|以后)(?:的)?${N}?(?:个)?(天|日|周|星期|礼拜|月|年)(?:内|里)?$`, 'u')
/** 三天内 begins today. */
const WITHIN = new RegExp(`^${N}个?(天|日|周|星期|礼拜|月|年)(?:之|以)?内$`, 'u')
const BEFORE = /^(.{2,12}?)(?:之|以)?前$/u
const HOLIDAY = new RegExp(
  `^${YEAR}(元旦|春节|清明|五一|劳动|端午|中秋|国庆|十一)(?:节)?(?:假期?|期间|长假|放假|黄金周)$`,
  'u',
)
const MONTH_ONLY = new RegExp(`^(?:\\d{1,2}|${NUMERAL}{1,2})月(?:份)?$`, 'u')
const ENDS_IN_NUMBER = new RegExp(`^(?:.*年)?(?:\\d{1,2}|${NUMERAL}{1,2})$`, 'u')
const LUNAR_DAY = /农历|阴历|旧历|老历|古历|[正冬腊]月|月(?:廿|初[一二三四五六七八九十])/u
const LUNAR_NUMERALS = new RegExp(`^(?:闰?(?:[正冬腊]|${NUMERAL}{1,3})月)?(?:初|廿)?${NUMERAL}{0,3}$`, 'u')

/** 第三季度，今年的: the year said last. */
const YEAR_BEHIND =
  /^((?:[^年]|半年){2,12}?)(?:[,，、\s]+(?:就?是?)?|就是?)((?:[今去明前后本]|\d{4}|[零〇一二三四五六七八九]{4})年)(?:度|那(?:会儿?|阵子?|段|时候))?的?$/u
/** 马年一整年, 整个丙午年 */
const NAMED_YEAR_WHOLE = new RegExp(`(?:整个)?(${CYCLE_NAME}|[${ANIMALS}])年的?(?:一整年|全年|整年|一年)?$`, 'u')
/** Words before a span that say nothing of it: 俺, 医生说, 反正是. */
const LEAD =
  /^(?:反正|差不多|哎?呀|(?:我|俺|咱)们?(?:家|屋里)?|[爸妈]|家里|医生|大夫|他|她|那会儿?|说|跟你说?|是|就|的)+(?=[\d一二三四五六七八九十今昨明去前上下这本大正腊冬初农阴春国元清端中五除年])/u
/** 国庆那几天: the days off around it. */
const FEAST_DAYS =
  /(元旦|春节|清明|五一|劳动|端午|中秋|国庆|十一)(?:节)?(?:放?假期?|长假|小长假)?的?(?:[那这](?:几|些|[一二三五七八])天|[三五七八3578]天假?|那段时间|那一?周)$/u

/** 这周末两天都在家: Saturday and Sunday are both of them. */
const WEEKEND_DAYS =
  /^[^\d到至]{0,6}?((?:上上|下下|[上下这本])?个?(?:周|星期|礼拜)末)(?:的|[这那]|一共)*(?:两|俩|二|2)天(?![之以]?[前后内])[^\d到至]{0,10}$/u

/**
 * Reads a span of days: 3月1号到15号, 上个月, 上半年, 三季度, 最近七天 (today included), 12月上旬, 国庆假期.
 * Without a year months that have begun are this year's, otherwise the span
 * nearest to today is meant. An end before the start lies in the next year.
 */
export function readRange(text: string, context: RangeContext): Reading<DateRange> | null {
  const whole = simplified(text)
  const told = aroundNewYear(whole, context)
  if (told !== null) return readRange(told.span, { ...context, today: told.newYear })
  const said = whole
    .replace(YEAR_BEHIND, '$2$1')
    .replace(/\s+(?=\D)|(?<=\D)\s+/gu, '')
    .replace(/[。,]/gu, '')
    .replace(
      /^(?:(?:(?:帮|给|替)我|我[要想]?|麻烦|请|查|看|调|统计|算|报)+(?:一下|下(?![个周月半下星礼])|看)?)?(?:的?(?:时间|日期|时段))?(?:从|自|打(?!头)|在|就是|是)*/u,
      '',
    )
    .replace(/(?<=月份?的?)([前头后])半个月/gu, (_, half: string) => (half === '后' ? '下半月' : '上半月'))
    .replace(FEAST_DAYS, '$1假期')
    .replace(WEEKEND_DAYS, '$1')
    .replace(/(?<![前后起])(?:了|嘞|噻|哒|咧|咯)+$/u, '')
    .replace(/(?:(?<!起.{1,14})为止|(?<![和跟与同].{1,14})之间|(?<![和跟与同].{1,14})这段时间|这几天|的数据|的)$/u, '')
    .replace(/^([这上下])一周$/u, '$1周')
    .replace(/(?<=[这上下]个?(?:周|星期|礼拜))一?整(?:个?(?:周|星期|礼拜))(?:都?在.{1,6})?$/u, '')
    .replace(
      /(?<=月)(?:份)?的?(?:一?整个?月|一个月|全月)$|整个(?=闰?(?:[正冬腊]|[\d一二三四五六七八九十]{1,2})月)/gu,
      '',
    )
    .replace(NAMED_YEAR_WHOLE, '$1年')
    .replace(/(?<=[一二三四五六七八九十])-(?=[一二三四五六七八九十]{1,2}月)/u, '到')
    .replace(/^(本|今|当)年(?:度)?以来$|^今年到现在$/u, '今年初到现在')
    .replace(/^(\d{4})(?=[上下前后]半年|第?[一二三四1-4]季|前三)/u, '$1年')
    .replace(/^本年|^(?=全年)/u, '今年')
    .replace(/^今年全年/u, '今年')
    .replace(/^(今年)?开年(?=以来|[到至])/u, '$1年初')
    .replace(LEAD, '')
  const plain = spanWords(untilNow(said))
  if (namesForeignYear(plain)) return null
  return (
    named(plain, context) ??
    lasting(plain, context) ??
    joined(plain, context) ??
    twoDays(plain, context) ??
    spanInTwoClauses(whole, context) ??
    spanInSentence(whole, words => named(words, context)) ??
    single(plain, context)
  )
}

function named(plain: string, context: RangeContext): Reading<DateRange> | null {
  return (
    partOfYear(plain, context) ??
    tenthOfMonth(plain, context) ??
    aroundToday(plain, context) ??
    fromToday(plain, context) ??
    holiday(plain, context)
  )
}

function partOfYear(plain: string, context: RangeContext): Reading<DateRange> | null {
  const half = HALF_YEAR.exec(plain)
  if (half) return months(yearIn(half[1], context), /[上前头]/u.test(half[2] ?? '') ? 1 : 7, 6)
  const three = THREE_QUARTERS.exec(plain)
  if (three) return months(yearIn(three[1], context), 1, 9)
  const quarter = QUARTER.exec(plain)
  if (quarter) return quarterOf(quarter[1], quarter[2] ?? '', context)
  const q = Q.exec(plain)
  if (q) return quarterOf(q[1], q[2] ?? '', context)
  const first = FIRST_MONTHS.exec(plain)
  const count = figure(first?.[2] ?? '')
  if (count !== null && count >= 1 && count <= 12) return months(yearIn(first?.[1], context), 1, count)
  const decade = /^.{0,6}年代$/u.test(plain) ? readYear(plain, context) : null
  if (decade?.kind === 'vague') {
    const [first = '', last = first] = decade.about.split('/')
    return one({ from: wholePeriod(first)[0], to: wholePeriod(last)[1] })
  }
  const whole = WHOLE_YEAR.exec(plain)
  return whole ? months(yearIn(whole[1], context), 1, 12) : null
}

function quarterOf(year: string | undefined, which: string, context: RangeContext): Reading<DateRange> {
  const steps = /^[本这]/u.test(which) ? 0 : (/^[上下]+/u.exec(which)?.[0] ?? '')
  if (steps === '') return months(yearIn(year, context), 3 * (figure(which) ?? 1) - 2, 3)
  const away = steps === 0 ? 0 : steps.startsWith('上') ? -steps.length : steps.length
  const count = yearOf(context.today) * 4 + Math.ceil(monthOf(context.today) / 3) - 1 + away
  return months(Math.floor(count / 4), 3 * (count % 4) + 1, 3)
}

function yearIn(said: string | undefined, context: RangeContext): number {
  if (said?.startsWith('上')) return yearOf(context.today) - 1
  if (said?.startsWith('下')) return yearOf(context.today) + 1
  return said === undefined ? yearOf(context.today) : fullYear(said, context)
}

function months(year: number, first: number, count: number): Reading<DateRange> {
  const last = first + count - 1
  return one({ from: `${year}-${pad(first)}-01`, to: `${year}-${pad(last)}-${daysInMonth(year, last)}` })
}

function tenthOfMonth(plain: string, context: RangeContext): Reading<DateRange> | null {
  const [, monthText = '', part] = TENTH.exec(plain) ?? []
  if (part === undefined) return null
  const month = near(monthText === '' ? '本月' : monthText, context)
  if (month?.kind !== 'vague' || !/^\d{4}-\d{2}$/.test(month.period)) return null
  const days: Record<string, [number, number]> = {
    上旬: [1, 10],
    中旬: [11, 20],
    下旬: [21, 31],
    上半月: [1, 15],
    下半月: [16, 31],
  }
  const [from, to] = days[part] ?? [1, 31]
  const last = Number(wholeMonth(month.period)[1].slice(8))
  return one({ from: `${month.period}-${pad(from)}`, to: `${month.period}-${pad(Math.min(to, last))}` })
}

function between(from: LocalDate | null, to: LocalDate | null): Reading<DateRange> | null {
  return from === null || to === null ? null : one({ from, to })
}

/** 最近七天 ends today and counts it; 未来三天 begins tomorrow; months and years go from day to same day. */
function aroundToday(plain: string, { today }: RangeContext): Reading<DateRange> | null {
  const lately = LATELY.exec(plain)
  const soon = SOON.exec(plain)
  const [, number, unit = ''] = lately ?? soon ?? []
  if (unit === '' || (number === undefined && !/^(?:最近|近|过去|未来)/u.test(plain))) return null
  const half = number === '半'
  const count = half ? 1 : (figure(number ?? '一') ?? 1)
  const back = lately !== null
  if (/[天日周星期礼拜]/u.test(unit) || (half && unit === '月')) {
    const days = half ? 15 : count * (/[天日]/u.test(unit) ? 1 : 7)
    return back
      ? between(dayAway(today, { days: 1 - days }), today)
      : between(addDays(today, 1), dayAway(today, { days }))
  }
  const span = half ? 6 : count * (unit === '年' ? 12 : 1)
  const end = dayAway(today, { months: back ? -span : span })
  return back ? between(end, today) : between(today, end)
}

/** 三天内: from today to the third day on. 年底前: from today to its end, when that lies ahead. */
function fromToday(plain: string, context: RangeContext): Reading<DateRange> | null {
  const { today } = context
  const [, number, unit = ''] = WITHIN.exec(plain) ?? []
  if (number !== undefined) {
    const half = number === '半'
    const count = half ? 1 : (figure(number) ?? 0)
    const days = /[天日]/u.test(unit)
      ? count
      : /[周星期礼拜]/u.test(unit)
        ? 7 * count
        : half && unit === '月'
          ? 15
          : null
    const span = half ? 6 : count * (unit === '年' ? 12 : 1)
    return between(today, dayAway(today, days === null ? { months: span } : { days }))
  }
  const reading = near(BEFORE.exec(plain)?.[1] ?? '', context)
  const end = reading && spanOf(reading)
  return end?.kind === 'one' && end.value.to > today ? one({ from: today, to: end.value.to }) : null
}

function holiday(plain: string, context: RangeContext): Reading<DateRange> | null {
  const [, year, name = ''] = HOLIDAY.exec(plain) ?? []
  if (name === '') return null
  const found = holidayAround(name, year === undefined ? null : fullYear(year, context), context)
  return found && one(found)
}

/** 3月1号起三个月, 从今天起七天: the first day counts. */
function lasting(plain: string, context: RangeContext): Reading<DateRange> | null {
  const told = lastingIn(plain)
  const end = told && endsOf(told.end, context, context)
  if (told === null || end?.kind !== 'one') return null
  // 去年前三个月 is a part of the year, no time before it, and 冬至后三天 a day.
  if (told.side !== 'from' && (end.value.from !== end.value.to || near(plain, context)?.kind === 'day')) return null
  const span = spanLasting(told, end.value)
  return span && one(span)
}

/** 昨天跟今天, 前年和去年: two days or periods beside each other. */
function twoDays(plain: string, context: RangeContext): Reading<DateRange> | null {
  const parts = (/^(.{2,8})[跟和与](.{2,8})$/u.exec(plain) ?? []).slice(1)
  const ends = parts.map(part => near(part, context)).map(reading => reading && spanOf(reading))
  const spans = ends.flatMap(end => (end?.kind === 'one' ? [end.value] : []))
  const [first, second] = spans.toSorted((a, b) => a.from.localeCompare(b.from))
  return first && second && addDays(first.to, 1) === second.from ? one({ from: first.from, to: second.to }) : null
}

function joined(plain: string, context: RangeContext): Reading<DateRange> | null {
  const [, before = '', behind = ''] = JOINT.exec(plain) ?? []
  if (before === '') return null
  const right = lastOfSpan(behind)
  // 5到8月: the month said once belongs to both.
  const left = MONTH_ONLY.test(right) && ENDS_IN_NUMBER.test(before) ? `${before}月` : before
  const start = UNTIL_NOW.test(right)
    ? endsOf(left, context, { ...context, sense: 'past' })
    : endsOf(left, context, context)
  if (start.kind !== 'one') return start.kind === 'none' ? null : start
  if (UNTIL_NOW.test(right)) return one({ from: start.value.from, to: context.today })
  const lastOfLunarMonth = LUNAR_DAY.test(left) && MONTH_END.test(right) ? endOfLunarMonth(start.value.from) : null
  if (lastOfLunarMonth !== null) return one({ from: start.value.from, to: lastOfLunarMonth })
  const end = endsOf(withMonthOf(inSameCalendar(left, inSamePeriod(left, right)), start.value.from), context, {
    ...context,
    today: start.value.from,
    sense: 'dueDate',
  })
  if (end.kind !== 'one') return end.kind === 'none' ? null : end
  return end.value.to < start.value.from ? null : one({ from: start.value.from, to: end.value.to })
}

/** 去年一季度到三季度, 3月上旬到中旬: the year or the month said once belongs to both. */
function inSamePeriod(left: string, right: string): string {
  const year = /^(?:[今去明前后]|\d{4})年/u.exec(left)?.[0] ?? ''
  if (/^(?:第?[一二三四1-4]季度?|[上下]半年)$/u.test(right)) return year + right
  return /^(?:[上中下]旬|[上下]半月)$/u.test(right) ? (/^.*月/u.exec(left)?.[0] ?? '') + right : right
}

const MONTH_END = /^(?:这个|当)?月[底末]$/u

/** 八月初一到月底 */
function endOfLunarMonth(day: LocalDate): LocalDate | null {
  const lunar = lunarOf(day)
  const last = lunar && solarOf({ ...lunar, day: daysInLunarMonth(lunar.year, lunar.month, lunar.leap) })
  return last?.ok ? last.date : null
}

const LUNAR_MONTHS = ['正', '二', '三', '四', '五', '六', '七', '八', '九', '十', '冬', '腊']
const LUNAR_DAY_ALONE = new RegExp(`^(?:初|廿)?${NUMERAL}{1,3}$`, 'u')
/** The days around the new year, behind which 初六 is the sixth of its first month. */
const AT_NEW_YEAR = /除夕|年三十|年夜|年初|春节|过年|年二十/u

/** 九月初一到十五 and 腊月初八到正月十五: numerals behind a lunar day are lunar too, in its month when they name none. */
function inSameCalendar(left: string, right: string): string {
  if (LUNAR_DAY_ALONE.test(right) && AT_NEW_YEAR.test(left)) return `正月${right}`
  if (!LUNAR_DAY.test(left) || !LUNAR_NUMERALS.test(right)) return right
  const month = /月/u.test(right) ? '' : monthOfLast(left, right)
  return month === '' && !/月/u.test(right)
    ? right
    : `农历${month.replace(/^(?:农历|阴历|旧历|老历|古历)/u, '')}${right}`
}

/** The month of the first day, or the next one when the second day comes before it: 腊月二十八到初六. */
function monthOfLast(left: string, right: string): string {
  const [, lead = '', month = '', day = ''] = /^(.*?)([^年历闰]{1,2})月(.*)$/u.exec(left) ?? []
  const at = LUNAR_MONTHS.indexOf(month)
  const [first, last] = [day, right].map(said => figure(said.replace('初', '')))
  if (at < 0 || !first || !last || last > first) return /^.*月/u.exec(left)?.[0] ?? ''
  const next = LUNAR_MONTHS[(at + 1) % LUNAR_MONTHS.length] ?? ''
  return next === '正' ? '正月' : `${lead}${next}月`
}

/** 11月20号到25号: the second day takes the month of the first. */
function withMonthOf(right: string, from: LocalDate): string {
  const day = new RegExp(`^(\\d{1,2}|${NUMERAL}{1,3})[日号]?$`, 'u').exec(right)?.[1]
  const number = day === undefined ? null : figure(day)
  if (number === null) return right
  return number >= Number(from.slice(8))
    ? `${from.slice(0, 7)}-${pad(number)}`
    : `${monthAfter(from, 1)}-${pad(number)}`
}

const OPEN = /^(?:截至|截止|截)|(?:之|以)?[前后]$|起$|为止$/u

type Ends = Reading<DateRange> | { kind: 'none' }

/** One side of a range. Words like 今天 and 下周五 are always seen from today; a day without year from `without`. */
function endsOf(side: string, context: RangeContext, without: RangeContext): Ends {
  const own = named(side, context)
  if (own) return own
  const relative = /[今昨后前去这本]|(?<!清)明|[上下](?!元)/u.test(side) || /^\d{4}/u.test(side)
  const bare = new RegExp(`^(?:\\d{1,2}|${NUMERAL}{1,3})[日号]?$`, 'u').test(side)
  const reading = bare
    ? readDate(`本月${side}`, context)
    : without === context || relative
      ? near(side, context)
      : readDate(side, { today: without.today, sense: without.sense })
  return reading ? spanOf(solarFirst(side, reading)) : { kind: 'none' }
}

/** 三月一到三月十五: spans are told in the calendar on the wall unless another one is named. */
function solarFirst(side: string, reading: DateReading): DateReading {
  const [solar, another] = reading.kind === 'several' ? reading.days.filter(({ spoken }) => spoken === null) : []
  return solar && !another && NUMERALS_ONLY.test(side) ? { kind: 'day', ...solar } : reading
}

const NUMERALS_ONLY = new RegExp(`月${NUMERAL}{1,3}$`, 'u')

const SOLAR_MONTH = new RegExp(`^(?:\\d{1,2}|${NUMERAL}{1,3})月`, 'u')

/** The reading nearest to today when the year was left out; of months that have begun this year's. */
function near(side: string, { today }: RangeContext): DateReading | null {
  const last = readDate(side, { today, sense: 'past' })
  const next = readDate(side, { today, sense: 'dueDate' })
  const [before, after] = [last && spanOf(last), next && spanOf(next)]
  if (before?.kind !== 'one' || after?.kind !== 'one') return next?.kind === 'invalid' ? (last ?? next) : next
  const away = (from: LocalDate) => Math.abs(daysBetween(from, today))
  const nearest = away(before.value.from) <= away(after.value.from) ? before : after
  // Figures are asked of months that have begun; days are named for what lies near.
  if (last?.kind === 'vague' && SOLAR_MONTH.test(side) && yearOf(before.value.from) === yearOf(today)) return last
  return nearest === before ? last : next
}

function spanOf(reading: DateReading): Ends {
  if (reading.kind === 'invalid') return reading
  if (reading.kind === 'several') return { kind: 'none' }
  const [from = '', to = from] = reading.kind === 'day' ? [reading.date] : reading.period.split('/')
  return one({ from: wholePeriod(from)[0], to: wholePeriod(to)[1] })
}

/** A day or a period that is a range by itself: 昨天, 上个月, 2026年3月, 下周, 腊月, 这周末. */
function single(plain: string, context: RangeContext): Reading<DateRange> | null {
  const reading = near(plain, context)
  if (reading?.kind === 'several' && plain.endsWith('周末')) {
    const [first, last] = reading.days
    return first && last ? one({ from: first.date, to: last.date }) : null
  }
  // 截至11月20日 and 11月20日之后 leave the other end open.
  if (reading?.kind === 'day' && OPEN.test(plain)) return vague(reading.date)
  const ends = reading && spanOf(reading)
  return !ends || ends.kind === 'none' ? null : ends
}
