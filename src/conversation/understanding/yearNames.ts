import { lunarOf } from '../../domain/lunar.ts'
import { yearOf } from '../../domain/months.ts'
import { looksBack, type DateContext } from './dateReading.ts'
import { nominalAge } from './nominalAge.ts'
import { figure, NUMERAL } from './numerals.ts'
import { ANIMALS, animalOf, CYCLE_NAME, yearOfAnimal, yearOfCycle } from './sexagenary.ts'
import { fullYear } from './solarDates.ts'

/** 三年前的中秋, 两年前八月 */
const YEARS_BEFORE = new RegExp(
  `(\\d{1,2}|${NUMERAL}{1,2})年(?:之|以)?前的?(?=.{1,3}月|[^今]?[^今]?节|中秋|端[午阳]|春节|除夕|国庆|元旦|元宵|重阳|清明|冬至)`,
  'u',
)
const LUNAR_MARK = '农历|阴历|旧历|老历|古历|夏历'
/** Days that are lunar ones in a year with a lunar name; 日 or 号 behind the day, weekdays and ends of months make them solar. */
const LUNAR_DAY = `除夕|大?年(?:[三二]十|[廿卅夜])|三十[晚夜]|腊八|(?:[南北]方的?)?小年|闰?(?:[正冬腊]月|${NUMERAL}{1,2}月(?!份?的?(?:(?:\\d{1,2}|${NUMERAL}{1,3})[日号]|第|头一|最[后末]|倒数)))`
/** 丙午年, 马年, 丙午马年, and 2026马年 where the figures tell which one. */
const NAMED_YEAR = new RegExp(
  `([上下]一?个的?)?(${LUNAR_MARK})?(?:(\\d{4}|[零〇一二三四五六七八九]{4}|[今去明前])年?[,，]?(?:是|也就是)?)?(?<!属)(?:${CYCLE_NAME}([${ANIMALS}])?|([${ANIMALS}]))年的?(?=(${LUNAR_DAY})?)`,
  'gu',
)

/** Years that are named from today or by the cycle as years in figures: 三年前的中秋, 丙午年腊月十六, 马年正月初一. */
export function yearsInFigures(words: string, context: DateContext): string {
  return words
    .replace(YEARS_BEFORE, (_, years: string) => `${yearOf(context.today) - (figure(years) ?? 0)}年`)
    .replace(NAMED_YEAR, (said, ...parts: string[]) => named(said, parts, { words, context }))
}

/** 88年 beside a year of an animal: which of its years is meant. */
const YEAR_BESIDE = new RegExp(
  `(?<!\\d|${NUMERAL})(\\d{4}|\\d{2}|[零〇一二三四五六七八九]{4}|[零〇一二三四五六七八九]{2})年(?![前后])`,
  'gu',
)

function yearBeside(words: string, animal: string, context: DateContext): string | undefined {
  const years = [...words.matchAll(YEAR_BESIDE)].map(([, said = '']) => fullYear(said, context))
  return years.find(year => animalOf(year) === animal)?.toString()
}

/** Some count the year of birth twice, or not at all. */
const AGES_MISCOUNTED = 1

/** 丁未年三月初六，虚岁六十: the latest year that the age allows, when the year of the name agrees with it. */
function lastByAge(words: string, running: number, [cycle, animal]: [string, string | undefined]): number | null {
  const age = nominalAge(words)
  if (age === null) return null
  const [first, last] = [running - age + 1 - AGES_MISCOUNTED, running - age + 1 + AGES_MISCOUNTED]
  const born = animal === undefined ? yearOfCycle(cycle.charAt(0), cycle.charAt(1), last) : yearOfAnimal(animal, last)
  return born === undefined || born < first ? null : last
}

/** 上个马年, 下一个丙午年: not the one that runs. */
function besides(step: string, running: number, animal: string | undefined): number {
  if (step.startsWith('上')) return running - 1
  return running + (animal === undefined ? YEARS_OF_CYCLE : YEARS_OF_ANIMALS)
}
const YEARS_OF_CYCLE = 60
const YEARS_OF_ANIMALS = 12

function named(
  said: string,
  parts: readonly (string | undefined)[],
  { words, context }: { words: string; context: DateContext },
): string {
  const [step, mark, given, stem = '', branch = '', , animal, lunar] = parts
  // The year that runs goes before the one ahead; births and other past days are never of a year ahead.
  const running = lunarOf(context.today)?.year ?? yearOf(context.today)
  const last =
    (step === undefined ? lastByAge(words, running, [stem + branch, animal]) : besides(step, running, animal)) ??
    (looksBack(context) ? running : running + 1)
  const year =
    animal === undefined
      ? (given ?? yearOfCycle(stem, branch, last))
      : (given ?? yearBeside(words, animal, context) ?? yearOfAnimal(animal, last))
  return year === undefined ? said : `${(mark ?? lunar) === undefined ? '' : '农历'}${year}年`
}
