import { daysInLunarMonth, lunarOf, solarOf, SOLAR_TERMS, solarTermDay } from '../../domain/lunar.ts'
import { yearOf } from '../../domain/months.ts'
import { dogDaysOf, nineDaysOf } from '../../domain/seasonDays.ts'
import { addDays, type LocalDate } from '../../domain/world.ts'
import { invalid, looksBack, plainDay, weekdayOf, type DateContext, type DateReading } from './dateReading.ts'
import { neededCharacters } from './neededCharacters.ts'
import { figure, NUMERAL } from './numerals.ts'
import { makeSieve } from './sieve.ts'
import { fullYear } from './solarDates.ts'

/** The day of a festival in a year; lunar ones in the lunar year that begins in that year. */
type Day = (year: number) => LocalDate | null

const solar =
  (month: string, day: string): Day =>
  year =>
    `${year}-${month}-${day}`
const lunar =
  (month: number, day: number): Day =>
  year => {
    const found = solarOf({ year, month, leap: false, day })
    return found.ok ? found.date : null
  }
/** 除夕 is the last day of the lunar year, the 29th in some years; people call it 年三十 all the same. */
const newYearsEve: Day = year => lunar(12, daysInLunarMonth(year, 12, false))(year)

/** The n-th Sunday of a month. */
function sunday(year: number, month: number, count: number): LocalDate {
  const first = `${year}-${String(month).padStart(2, '0')}-01`
  return addDays(first, 7 - weekdayOf(first) + 7 * (count - 1))
}

const FIRST_DAY = '(?:的?(?:第一|头一|首)天)?'
type Festival = readonly [words: string, day: Day]
const SOLAR_FESTIVALS: readonly Festival[] = [
  ['元旦节?|(?:阳历|公历)新年', solar('01', '01')],
  ['情人节', solar('02', '14')],
  ['植树节', solar('03', '12')],
  ['愚人节', solar('04', '01')],
  ['护士节', solar('05', '12')],
  ['母亲节', year => sunday(year, 5, 2)],
  ['父亲节', year => sunday(year, 6, 3)],
  ['(?:国际)?(?:三八)?妇女节|三八节?', solar('03', '08')],
  ['(?:五一)?(?:国际)?劳动节|五一节?', solar('05', '01')],
  ['五四(?:青年节)?|青年节', solar('05', '04')],
  ['(?:六一)?(?:国际)?儿童节|六一节?', solar('06', '01')],
  ['七一(?:建党节)?|建党节', solar('07', '01')],
  ['八一(?:建军节)?|建军节', solar('08', '01')],
  ['教师节', solar('09', '10')],
  ['(?:十一|十月一[日号]?)?国庆节?(?:十一)?|十一', solar('10', '01')],
  ['双(?:十一|11)|光棍节', solar('11', '11')],
  ['双(?:十二|12)', solar('12', '12')],
  ['平安夜', solar('12', '24')],
  ['圣诞节?', solar('12', '25')],
  ...SOLAR_TERMS.map(name => [`${name}节?`, (year: number) => solarTermDay(year, name)] as const),
  // The days of heat begin and end by the almanac, and so do the nine times nine days of cold.
  [`[入进数交起开初头]伏${FIRST_DAY}`, year => dogDaysOf(year).first],
  [`[中二]伏${FIRST_DAY}`, year => dogDaysOf(year).middle],
  [`末伏${FIRST_DAY}`, year => dogDaysOf(year).last],
  ['冬节', year => solarTermDay(year, '冬至')],
  ['出伏', year => dogDaysOf(year).over],
  [`[入进交数起开]九${FIRST_DAY}`, year => nineDaysOf(year, 1)],
  ['出九|九尽', year => nineDaysOf(year - 1, 10)],
  ['寒食节?', year => addDays(solarTermDay(year, '清明'), -1)],
]
const LUNAR_FESTIVALS: readonly Festival[] = [
  ['春节|大年初一头?|年初一|初一过年|过年|正月初一|农历新年', lunar(1, 1)],
  ['(?:正月)?(?:初五)?(?:破五|迎财神)', lunar(1, 5)],
  ['(?:正月)?(?:十五)?闹?元宵(?:灯?节)?|过?正月十五|正月半|上元节|灯节', lunar(1, 15)],
  ['二月二(?:龙抬头)?|龙抬头(?:二月二)?', lunar(2, 2)],
  ['(?:五月(?:初?五)?)?端[午阳]节?|端[午阳]节?五月初?五|五月当五|五月节', lunar(5, 5)],
  ['(?:七月初?七)?七夕(?:情人)?节?|乞巧节', lunar(7, 7)],
  ['(?:七月(?:十五|半))?(?:中元节?|鬼节)|七月半', lunar(7, 15)],
  // The mid-autumn feast is what everybody means by it, without 日 or 号.
  ['(?:八月(?:十五)?)?[中仲]秋节?|[中仲]秋节?八月十五|八月十五|八月半|八月节|团圆节', lunar(8, 15)],
  ['(?:九月初?九|九月|九九)?重阳节?|老人节', lunar(9, 9)],
  ['(?:十月初?一)?寒衣节|十来一', lunar(10, 1)],
  ['下元节', lunar(10, 15)],
  ['(?:腊月初八)?腊八节?', lunar(12, 8)],
  ['(?:腊月二十三|腊月廿三)(?:小年|祭灶)|北方(?:的)?小年', lunar(12, 23)],
  ['(?:腊月二十四|腊月廿四)小年|南方(?:的)?小年', lunar(12, 24)],
  ['大?年(?:二十|廿)八', lunar(12, 28)],
  ['大?年(?:二十|廿)九', lunar(12, 29)],
  ['(?:大?年三十|腊月三十)?除夕夜?|大?年三十儿?(?:夜)?|(?:大|过)?年夜|年卅|三十(?:夜|夜里|晚上?|晚黑)', newYearsEve],
]
const OFFSET = `(?:的?(前|后)?(?:一天|第?(\\d{1,2}|${NUMERAL}{1,3})天)|(?:的)?(?:当天|那天|当日|这天)|((?:之|以)?[前后]|期间|假期|长假|放假|那几天|里头?))?`
const YEAR = `(?:(\\d{4}(?=\\D)|(?:\\d{2,4}|${NUMERAL}{2,4}|今|去|明|前|后|大前|大后)(?=年))年?(?:的)?)?`
const LUNAR_MARK = '(?:农历|阴历|旧历|老历|古历|夏历)?'
const PATTERNS = [...SOLAR_FESTIVALS, ...LUNAR_FESTIVALS].map(
  ([words, day]) => [new RegExp(`^${LUNAR_MARK}${YEAR}${LUNAR_MARK}(${words})${OFFSET}$`, 'u'), day] as const,
)
/** Of some fifty feasts a text can only name one whose characters it holds. */
const FEASTS = makeSieve(PATTERNS.map(([pattern]) => neededCharacters(pattern.source)))
/** 小年 is the 23rd of the 12th month in the north and the 24th in the south. */
const SMALL_NEW_YEAR = new RegExp(`^${LUNAR_MARK}${YEAR}过?小年夜?(?:那天|当天)?$`, 'u')
/** Said with a year in figures, these mean the solar year they fall in, although the lunar one began before. */
const AT_YEARS_END = /^(?:除夕|大?年(?:三十|二十|廿)|[大过]?年夜|年卅|三十|腊|[南北]方)/u

/** 农历2026年除夕 ends that lunar year, as its other feasts lie in it. */
const SAID_LUNAR = /^(?:农历|阴历|旧历|老历|古历|夏历)\S*?年/u

/** Days from a feast that are still told by it: the next one of its name is a year away. */
const FARTHEST_FROM_FEAST = 366

/** Festivals and the days before and after them: 中秋节, 明年春节, 国庆后第三天. Null for anything else. */
export function readFestival(text: string, context: DateContext): DateReading | null {
  const small = SMALL_NEW_YEAR.exec(text)
  if (small) return smallNewYear(text, small[1], context)
  const feast = text.replace(STEP, '')
  for (const number of FEASTS.left(feast)) {
    const [pattern, day] = PATTERNS[number] ?? []
    const parts = pattern?.exec(feast)
    if (!parts || !day) continue
    const [, year, name = '', side, count, around] = parts
    const shift = offset(side, count)
    if (Math.abs(shift) > FARTHEST_FROM_FEAST) return null
    const date = year
      ? ofYear(day, year, SAID_LUNAR.test(text) ? '' : name, context)
      : nearest(day, shift, stepped(text, context))
    if (date === null) return invalid('no-such-day')
    // 过年前 and 国庆期间 lie about the feast and are not the day itself.
    return around === undefined ? plainDay(addDays(date, shift), text) : { kind: 'vague', period: date }
  }
  return null
}

/** 下一个立春 and 上个中秋 say their direction themselves. */
const STEP = /^[上下]一?个(?:的)?/u
function stepped(text: string, context: DateContext): DateContext {
  const [step] = STEP.exec(text) ?? []
  return step === undefined ? context : { ...context, sense: step.startsWith('下') ? 'dueDate' : 'past' }
}

/** 2026年除夕 is in February 2026; 今年除夕 is the one to come, at the end of this lunar year. */
function ofYear(day: Day, said: string, name: string, context: DateContext): LocalDate | null {
  const year = fullYear(said, context)
  if (!AT_YEARS_END.test(name)) return day(year)
  const inFigures = /^(?:\d{4}|[零〇一二三四五六七八九]{4})$/u.test(said)
  if (inFigures) return [day(year - 1), day(year)].find(date => date?.startsWith(String(year))) ?? null
  // 今年除夕 said in January, before the lunar year has turned.
  const behind = /^[\d零〇一二三四五六七八九]/u.test(said) ? 0 : yearOf(context.today) - lunarYear(context.today)
  return day(year - behind)
}

function lunarYear(today: LocalDate): number {
  return lunarOf(today)?.year ?? yearOf(today)
}

function smallNewYear(text: string, year: string | undefined, context: DateContext): DateReading {
  const name = SAID_LUNAR.test(text) ? '' : '腊月'
  const days = [23, 24].flatMap(number => {
    const day = lunar(12, number)
    const date = year === undefined ? nearest(day, 0, context) : ofYear(day, year, name, context)
    return date ? [{ date, spoken: `腊月廿${number === 23 ? '三' : '四'}` }] : []
  })
  return { kind: 'several', days }
}

/** 国庆后第二天 is two days after it, 国庆第二天 the second day of it. */
function offset(side: string | undefined, count: string | undefined): number {
  if (!side) return count === undefined ? 0 : (figure(count) ?? 1) - 1
  const days = count === undefined ? 1 : (figure(count) ?? 1)
  return side === '前' ? -days : days
}

function nearest(day: Day, shift: number, context: DateContext): LocalDate | null {
  const year = yearOf(context.today)
  // A lunar year ends in the following solar one, so the year before may hold the next 腊八.
  const days = [year - 2, year - 1, year, year + 1].flatMap(y => day(y) ?? []).toSorted()
  if (looksBack(context)) return days.findLast(date => addDays(date, shift) <= context.today) ?? null
  return days.find(date => addDays(date, shift) >= context.today) ?? null
}
