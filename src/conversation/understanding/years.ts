import { yearOf } from '../../domain/months.ts'
import type { DateContext } from './dateReading.ts'
import { readDate } from './dates.ts'
import { senseOf } from './dateWording.ts'
import { nominalAge, REACHED } from './nominalAge.ts'
import { digitOf, figure, NUMERAL } from './numerals.ts'
import { one, oneOf, vague, type Reading } from './reading.ts'
import { ANIMALS, animalOf, CYCLE_NAME, yearOfAnimal, yearOfCycle } from './sexagenary.ts'
import { fullYear } from './solarDates.ts'
import { simplified } from './wording.ts'

const N = `(\\d{1,4}|${NUMERAL}{1,5})`
const CYCLE = new RegExp(`${CYCLE_NAME}年?`, 'u')
const ANIMAL = new RegExp(`属(?:小|大)?([${ANIMALS}])|([${ANIMALS}])年`, 'u')
const AGE = new RegExp(`(?:周岁|实岁|今年|年龄)+${REACHED}${N}|${N}(?:周岁|实岁|岁)`, 'u')
/** 36了 */
const AGE_REACHED = new RegExp(`^(?:我|她|他|俺)?(?:都|已经|快)?(\\d{2}|${NUMERAL}{1,3})了$`, 'u')
const AGE_ALONE = new RegExp(
  `(?<!\\d)\\d{2}(?!\\d)|(?<!${NUMERAL})[二三四五六七八九]?十[一二三四五六七八九]?(?!${NUMERAL})`,
  'gu',
)
const YEARS_AWAY = new RegExp(`${N}年(?:之|以)?(前(?!后)|后)`, 'u')
const DECADE = /(\d0|[五六七八九零〇]零|[五六七八九]十)(?:年代|后)/u
/** 一九九几年, 九几年 */
const SOME_YEAR = /(19|20|一九|二[零〇])?(?<![十百千])([零〇一二三四五六七八九\d])几年(?![前后以之级])/u
/** 两千年, 2千零8年 */
const COUNTED = new RegExp(
  `(?:^(?:公元)?|(?<!\\d|${NUMERAL}))((?:\\d|[一两二])千[零〇]?(?:\\d{1,2}|${NUMERAL}{0,3}))(?:年(?!前(?!后)|后)|$)`,
  'u',
)
const YEAR = new RegExp(
  `(?:公元|西元)?((?<!\\d)\\d{4}|(?<!\\d)\\d{2}(?=年|的)|[零〇一二三四五六七八九]{4}|[零〇一二五六七八九][零〇一二三四五六七八九](?=年|的)|[三四][零〇一二三四五六七八九](?=年(?:生|出生|的人))|(?!三[二四五]|四[三五六])[三四][零〇一二三四五六七八九](?=年)|(?!三四|四五)[三四][零〇一二三四五六七八九](?=年的$)|^\\d{2}$|^[零〇五六七八九][零〇一二三四五六七八九]$)年?`,
  'u',
)
/** 贰零零贰年, as on old papers */
const FORMAL_YEAR = /[零〇壹贰叁肆伍陆柒捌玖]{4}(?=年)/gu
/** 九幺年, 二零幺零: one as figures are read out; 老幺 is the youngest. */
const SPOKEN_ONE =
  /(?<![老零〇幺一二三四五六七八九\d])(?=\S{0,3}幺)(?:[零〇幺一二三四五六七八九]{4}|[零〇幺一二三四五六七八九]{2})(?=年|的?$)/gu
/** 旧年 and 出年 are last and next year in the south; 旧历 is none of these. */
const RELATIVE = /(大前|大后|前|去|旧|今|本|明|后|来|出)年/u
/** 上一年, 上年度, 下一年 */
const NEIGHBOUR = /(?:^|[是查看填写在了])(上+|下+)一?年(?:度)?(?:的|$)/u
const REPUBLICAN = new RegExp(`民国${N}年`, 'u')
/** Years that everybody remembers: 香港回归那年. */
const REMEMBERED: readonly (readonly [RegExp, number])[] = [
  [/香港回归/u, 1997],
  [/澳门回归/u, 1999],
  [/(?:闹)?非典/u, 2003],
  [/(?:北京|开)奥运|^奥运|汶川|五一二|512地震/u, 2008],
  [/(?:新中国|共和国)成立|建国|解放|开国大典/u, 1949],
  [/(?:打倒|粉碎)四人帮/u, 1976],
  [/大跃进/u, 1958],
  [/改革开放/u, 1978],
  [/恢复高考/u, 1977],
  [/唐山(?:大)?地震|毛主席(?:去世|逝世)/u, 1976],
  [/(?:九八|98)年?(?:发|抗)?(?:大水|大?洪水)/u, 1998],
]
/** 那年, 那一年: the event dates something else. */
const THAT_YEAR = /那一?年|那会儿?|的时候/u
/** Who is spoken of decides which turn of the twelve animals is meant. */
const CHILD = /孩|孙|娃|宝|伢|仔|崽|儿子|女儿|闺女|丫头|小家伙/u
const GROWN = /我|俺|媳妇|老婆|老公|爱人|对象|爸|妈|丈夫|妻|婆娘|屋里人|本人/u
/** Ages between which people have children, for 我属龙: 18 and 50 as in maternal care statistics. */
const GROWN_AGES = [18, 50] as const

/**
 * Reads a year: 二〇二五年, 90年, 去年, 三年前, 庚午年 (the latest past one), 属龙, 虚岁三十六 (nominal age counts the year
 * of birth as one), 三十岁 (two years compete: before or after the birthday).
 */
export function readYear(text: string, context: DateContext): Reading<number> | null {
  const reading = readAnyYear(text, context)
  if (reading?.kind !== 'one' || reading.value <= yearOf(context.today)) return reading
  const written = writtenBirth(text)
  if (written === null) return reading
  // 二八年生的 is told of the century before.
  return written.length > 2 ? { kind: 'invalid', reason: 'future-birth' } : one(reading.value - 100)
}

/** 今年本命年，整六十: this year's animal, where an age is told beside it. */
const OWN_YEAR = /今年(?:是|正好|刚好)?[我他她]?的?本命年(?=.*(?:\d|十))/u

/** The figures in 2028年生的, told of a birth that was; null for 明年出生 and 预计2028年出生, which are of one that will be. */
function writtenBirth(text: string): string | null {
  const plain = simplified(text)
  return senseOf(plain) === 'birthDate' ? (WRITTEN_YEAR.exec(plain)?.[1] ?? null) : null
}

const WRITTEN_YEAR = /(\d{4}|[零〇一二三四五六七八九]{4}|\d{2}(?=年)|[零〇一二三四五六七八九]{2}(?=年))/u

function readAnyYear(text: string, context: DateContext): Reading<number> | null {
  // 小龙 is the snake.
  const plain = simplified(text)
    .replace(/\s/gu, '')
    .replace(/属小龙/gu, '属蛇')
    .replace(/千禧年/gu, '2000年')
    .replace(/(?<=[零〇一二三四五六七八九\d])[o○](?=[零〇一二三四五六七八九\d]|年)/gu, '零')
    .replace(SPOKEN_ONE, year => year.replaceAll('幺', '一'))
    .replace(OWN_YEAR, `属${animalOf(yearOf(context.today))}`)
    .replace(FORMAL_YEAR, year => Array.from(year, digit => digitOf(digit) ?? digit).join(''))
  const year = yearOf(context.today)
  const neighbour = NEIGHBOUR.exec(plain)?.[1]
  if (neighbour !== undefined) return one(year + (neighbour.startsWith('上') ? -neighbour.length : neighbour.length))
  // The first year of the Republic was 1912.
  const republican = firstGroup(REPUBLICAN, plain)
  if (republican !== null) return one(1911 + republican)
  return (
    rememberedYear(plain) ??
    animalOfShortYear(plain, year) ??
    cycleOfDecade(plain, year) ??
    cycleOfAge(plain, year) ??
    neighbourOfName(plain, year) ??
    animalOfDecade(plain, year) ??
    readSomeYear(plain, year) ??
    bornIn(plain, context) ??
    yearOfFullAge(plain, year) ??
    readAge(plain, year) ??
    readYearsAway(plain, year) ??
    readCountedYear(plain) ??
    readPlainYear(plain, context) ??
    readCycle(plain, year) ??
    readAnimal(plain, year) ??
    readDecade(plain) ??
    yearOfDate(text, context)
  )
}

/** 88年生的，比他大一岁: the year of birth goes before every age that is told beside it. */
const BORN_IN = new RegExp(
  `(?<!\\d|${NUMERAL})((?:\\d{4}|\\d{2}|[零〇一二三四五六七八九]{4}|[零〇一二五六七八九][零〇一二三四五六七八九])年)(?:出?生|下?生|的|落地)`,
  'u',
)

function bornIn(plain: string, context: DateContext): Reading<number> | null {
  const said = BORN_IN.exec(plain)?.[1]
  return said === undefined || /虚/u.test(plain) ? null : readPlainYear(said, context)
}

function rememberedYear(plain: string): Reading<number> | null {
  const year = THAT_YEAR.test(plain) ? REMEMBERED.find(([event]) => event.test(plain))?.[1] : undefined
  return year === undefined ? null : one(year)
}

/** Some year of ten. */
function readSomeYear(plain: string, year: number): Reading<number> | null {
  const first = someDecade(plain, year)
  return first === null ? null : vague(`${first}/${first + 9}`)
}

/** The first of the ten years: without a century the latest ten that have begun. */
function someDecade(plain: string, year: number): number | null {
  const [, century, said = ''] = SOME_YEAR.exec(plain) ?? []
  const tens = figure(said)
  if (tens === null) return null
  const decade = 2000 + tens * 10
  const old = century === undefined ? decade > year : /^(?:19|一九)$/u.test(century)
  return old ? decade - 100 : decade
}

/** 属牛的，四九年: two figures and an animal that agree in one century. */
const SHORT_YEAR = new RegExp(`(?<!\\d|${NUMERAL})(\\d{2}|[零〇一二三四五六七八九]{2})年(?!前(?!后)|后)`, 'u')

function animalOfShortYear(plain: string, year: number): Reading<number> | null {
  const [animal, short] = [animalIn(plain), firstGroup(SHORT_YEAR, plain)]
  if (animal === undefined || short === null) return null
  const [only, another] = [1900 + short, 2000 + short].filter(born => born <= year && animalOf(born) === animal)
  return only === undefined || another !== undefined ? null : one(only)
}

/** 属羊，六几年的 and 九零后属猪: ten years hold one of each animal, and none or one of them is asked on. */
function animalOfDecade(plain: string, year: number): Reading<number> | null {
  const animal = animalIn(plain)
  const first = animal === undefined ? null : (someDecade(plain, year) ?? decadeIn(plain))
  if (first === null) return null
  const years = Array.from({ length: 10 }, (_, i) => first + i)
  return oneOf(years.filter(born => animalOf(born) === animal)) ?? vague(`${first}/${first + 9}`)
}

/** 一九八几年那个甲子年, 六十年代的丁未年: the one of the ten that has the name. */
function cycleOfDecade(plain: string, year: number): Reading<number> | null {
  const [, stem = '', branch = ''] = CYCLE.exec(plain) ?? []
  const first = stem === '' ? null : (someDecade(plain, year) ?? decadeIn(plain))
  const born = first === null ? undefined : yearOfCycle(stem, branch, first + 9)
  return first === null || born === undefined || born < first ? null : one(born)
}

/** 甲子年生的，今年四十多: an age only says which turn of the sixty years is meant. */
function cycleOfAge(plain: string, year: number): Reading<number> | null {
  const [, stem = '', branch = ''] = CYCLE.exec(plain) ?? []
  const last = stem === '' ? undefined : yearOfCycle(stem, branch, year)
  const age = last === undefined ? null : (nominalAge(plain) ?? firstGroup(AGE, plain))
  if (last === undefined || age === null) return null
  const [born, another] = [last, last - 60, last - 120].filter(each => Math.abs(year - age - each) <= AGE_ROUNDED)
  return born === undefined || another !== undefined ? null : one(born)
}

/** 四十多 is up to forty-nine. */
const AGE_ROUNDED = 10

/** 上一个马年, 下个丙午年: not the year that runs. */
const NEIGHBOUR_OF_NAME = new RegExp(`([上下])一?个的?(?:${CYCLE_NAME}|([${ANIMALS}])年)`, 'u')

function neighbourOfName(plain: string, year: number): Reading<number> | null {
  const [, side, stem = '', branch = '', animal] = NEIGHBOUR_OF_NAME.exec(plain) ?? []
  if (side === undefined) return null
  const last = (cycle: number) => (side === '上' ? year - 1 : year + cycle)
  const named = animal === undefined ? yearOfCycle(stem, branch, last(60)) : yearOfAnimal(animal, last(12))
  return named === undefined ? null : one(named)
}

/** 今年满36周岁: the birthday lies in this year, whether it is past or ahead. */
const FULL_AGE_IN_YEAR = new RegExp(
  `(去|今|本|明|后)年(?:就|也|都|该|要|快|刚好?|正好|才|年底){0,2}满${N}(?!年|个|月)`,
  'u',
)
const YEARS_OFF: Readonly<Record<string, number>> = { 去: -1, 今: 0, 本: 0, 明: 1, 后: 2 }

function yearOfFullAge(plain: string, year: number): Reading<number> | null {
  const [, said = '', number = ''] = FULL_AGE_IN_YEAR.exec(plain) ?? []
  const age = figure(number)
  return age === null || age > 120 ? null : one(year + (YEARS_OFF[said] ?? 0) - age)
}

function readAge(plain: string, year: number): Reading<number> | null {
  const nominal = nominalAge(plain)
  if (nominal !== null) return ofNominalAge(plain, (NEW_YEAR_AHEAD.test(plain) ? year + 1 : year) - nominal + 1)
  const young = ofUnreachedAge(plain, year)
  if (young) return young
  const age = firstGroup(AGE, plain) ?? firstGroup(AGE_REACHED, plain)
  if (age === null) return readAgeOfAnimal(plain, year)
  if (age > 120) return null
  const years = [year - age - 1, year - age]
  const animal = animalIn(plain)
  const ofAnimal = years.filter(born => animal !== undefined && animalOf(born) === animal)
  return oneOf(ofAnimal.length > 0 ? ofAnimal : years)
}

/** 过了年虚岁就五十: the age of next year. */
const NEW_YEAR_AHEAD = /(?<!今年)(?:[过翻]了?完?|开)年(?!纪)|明年/u

/** 还没满两岁, 快四十了: the birthday of that age lies ahead. */
const UNREACHED = new RegExp(`(?:[没未不]满?到?|差.{1,3}月满?|快满?)${N}(?:周?岁|了|$|[,，])`, 'u')
/** Of small children every year since then may be meant, of others the two before the age is full. */
const SMALL = 6

/** Only with an animal, which picks one of the years. */
function ofUnreachedAge(plain: string, year: number): Reading<number> | null {
  const [age, animal] = [firstGroup(UNREACHED, plain), animalIn(plain)]
  if (age === null || animal === undefined || age > 120) return null
  const last = age <= SMALL ? year : year - age + 1
  const years = Array.from({ length: last - (year - age) + 1 }, (_, i) => year - age + i)
  const ofAnimal = years.filter(born => animalOf(born) === animal)
  return ofAnimal.length > 0 ? oneOf(ofAnimal) : null
}

/** Nominal age and animal that do not agree: the nearest year of that animal may be meant as well. */
function ofNominalAge(plain: string, year: number): Reading<number> | null {
  const animal = animalIn(plain)
  const places = animal === undefined ? 0 : (ANIMALS.indexOf(animal) - ((year + 8) % 12) + 12) % 12
  const step = places > 6 ? places - 12 : places
  return oneOf([...new Set([year, year + step])].toSorted((a, b) => a - b))
}

/** 五十多岁, 六十来岁 */
const TENS = /([二三四五六七八九]?十|[1-9]0)[多几来]岁?/gu

/** 属羊的，五十九; 属猴，五十多岁: a number that is an age of this animal, to the year. */
function readAgeOfAnimal(plain: string, year: number): Reading<number> | null {
  const animal = animalIn(plain)
  const rest = plain.replace(/今年|本命年|年纪/gu, '')
  if (animal === undefined || /年/u.test(rest)) return null
  const decades = [...rest.matchAll(TENS)].flatMap(([, said = '']) => figure(said) ?? [])
  const ages = [
    ...(rest.match(AGE_ALONE) ?? []).flatMap(said => figure(said) ?? []),
    ...decades.flatMap(first => Array.from({ length: 9 }, (_, i) => first + 1 + i)),
  ]
  const years = ages.flatMap(age => [year - age - 1, year - age])
  const [born, other] = new Set(years.filter(each => animalOf(each) === animal))
  return born === undefined || other !== undefined ? null : one(born)
}

function firstGroup(pattern: RegExp, plain: string): number | null {
  const group = pattern
    .exec(plain)
    ?.slice(1)
    .find(part => part !== undefined)
  return group === undefined ? null : figure(group)
}

function readYearsAway(plain: string, year: number): Reading<number> | null {
  const [, count = '', side] = YEARS_AWAY.exec(plain) ?? []
  const years = figure(count)
  return years === null || years > 150 ? null : one(year + (side === '前' ? -years : years))
}

function readPlainYear(said: string, context: DateContext): Reading<number> | null {
  // 零零后，零三年的: the year counts, not the decade.
  const plain = said.replace(DECADE, '')
  if (plain === '') return null
  const relative =
    RELATIVE.exec(
      plain
        .replace('本年', '今年')
        .replace(/[来出]年/u, '明年')
        .replace('旧年', '去年'),
    )?.[1] ?? (plain === '今年' ? '今' : undefined)
  const written = relative ?? YEAR.exec(plain)?.[1]
  if (written === undefined || /^\d{5,}/u.test(plain)) return null
  const year = fullYear(written, context)
  return year >= 1800 && year <= 2199 ? one(year) : null
}

function readCountedYear(plain: string): Reading<number> | null {
  const digits = '零一二三四五六七八九'
  const said = COUNTED.exec(plain)?.[1]?.replace(/\d/gu, digit => digits.charAt(Number(digit)))
  const year = figure(said ?? '')
  return year !== null && year >= 1900 && year <= 2199 ? one(year) : null
}

/** 庚午: the latest year of the sixty that has begun. */
function readCycle(plain: string, year: number): Reading<number> | null {
  const [, stem = '', branch = ''] = CYCLE.exec(plain) ?? []
  const last = yearOfCycle(stem, branch, year)
  return last === undefined ? null : one(last)
}

function animalIn(plain: string): string | undefined {
  const parts = ANIMAL.exec(plain)
  return parts?.[1] ?? parts?.[2]
}

function readAnimal(plain: string, year: number): Reading<number> | null {
  const parts = ANIMAL.exec(plain)
  const animal = animalIn(plain)
  if (animal === undefined) return null
  const last = yearOfAnimal(animal, year)
  if (CHILD.test(plain)) return one(last)
  if (GROWN.test(plain)) return grownYears(last, year)
  // 马年 is the one that runs, or the last; next year's animal may also be the one ahead.
  if (parts?.[1] === undefined) return last + 12 === year + 1 ? oneOf([last, last + 12]) : one(last)
  return oneOf([last - 12, last])
}

function grownYears(last: number, year: number): Reading<number> | null {
  const years = Array.from({ length: 6 }, (_, i) => last - 12 * i)
  return oneOf(years.filter(born => year - born >= GROWN_AGES[0] && year - born <= GROWN_AGES[1]).toReversed())
}

function readDecade(plain: string): Reading<number> | null {
  const first = decadeIn(plain)
  return first === null ? null : vague(`${first}/${first + 9}`)
}

/** 九零后, 七十年代: the first of the ten years. */
function decadeIn(plain: string): number | null {
  const decade = figure(DECADE.exec(plain)?.[1] ?? '')
  return decade === null ? null : (decade < 50 ? 2000 : 1900) + decade
}

function yearOfDate(text: string, context: DateContext): Reading<number> | null {
  const reading = readDate(text, context)
  if (reading?.kind === 'invalid') return reading
  if (reading?.kind === 'day') return one(yearOf(reading.date))
  return null
}
