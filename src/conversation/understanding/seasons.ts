import { yearOf } from '../../domain/months.ts'
import { dogDaysOf, nineDaysOf } from '../../domain/seasonDays.ts'
import { addDays, type LocalDate } from '../../domain/world.ts'
import { looksBack, type DateContext, type DateReading } from './dateReading.ts'
import { NUMERAL } from './numerals.ts'
import { fullYear } from './solarDates.ts'

/** The first and the last day. */
type Span = readonly [from: LocalDate, to: LocalDate]
type SpanOfYear = (year: number) => Span

const YEAR = `(?:(\\d{4}|${NUMERAL}{2,4}|\\d{2}|今|去|明|前|后|大前)年(?:的)?)?`
const DURING = '(?:里头?|里边|期间|当中|头里|那几天|那些天|的时候)?'
const HEAT = new RegExp(`^${YEAR}(?:(?:三伏|三?大伏|炎伏)天?|伏天|伏里天?)${DURING}$`, 'u')
const PART_OF_HEAT = new RegExp(`^${YEAR}(?:([初头])|([中二])|末)伏(?:天${DURING}|${DURING.slice(0, -1)})$`, 'u')
const COLD = new RegExp(`^${YEAR}数九(?:寒?天|寒冬|里|期间)${DURING}$`, 'u')
const PART_OF_COLD = new RegExp(`^${YEAR}([一二三四五六七八]九|九九(?=[天里寒期第]))(?:寒?天)?${DURING}$`, 'u')

const dayBefore = (day: LocalDate) => addDays(day, -1)

const heat: SpanOfYear = year => {
  const { first, over } = dogDaysOf(year)
  return [first, dayBefore(over)]
}

function partOfHeat(early: boolean, middle: boolean): SpanOfYear {
  return year => {
    const { first, middle: second, last, over } = dogDaysOf(year)
    if (early) return [first, dayBefore(second)]
    return middle ? [second, dayBefore(last)] : [last, dayBefore(over)]
  }
}

const cold: SpanOfYear = winter => [nineDaysOf(winter, 1), dayBefore(nineDaysOf(winter, 10))]

const nine =
  (count: number): SpanOfYear =>
  winter => [nineDaysOf(winter, count), dayBefore(nineDaysOf(winter, count + 1))]

/** 三伏天, 末伏里, 三九天, 数九寒天: the days of heat and of cold, as a span. Null for anything else. */
export function readSeason(text: string, context: DateContext): DateReading | null {
  if (!/[伏九]/u.test(text)) return null
  const whole = HEAT.exec(text)
  if (whole) return spanIn(heat, whole[1], context)
  const part = PART_OF_HEAT.exec(text)
  if (part) return spanIn(partOfHeat(part[2] !== undefined, part[3] !== undefined), part[1], context)
  const winter = COLD.exec(text)
  if (winter) return spanIn(cold, winter[1], context)
  const [, year, name = ''] = PART_OF_COLD.exec(text) ?? []
  return name === '' ? null : spanIn(nine('一二三四五六七八九'.indexOf(name.charAt(0)) + 1), year, context)
}

/** A winter belongs to the year it begins in, unless the year is said in figures: 2026年三九 lies in 2026. */
function spanIn(spanOf: SpanOfYear, said: string | undefined, context: DateContext): DateReading {
  const [from, to] = said === undefined ? nearest(spanOf, context) : ofYear(spanOf, said, context)
  return { kind: 'vague', period: `${from}/${to}` }
}

function ofYear(spanOf: SpanOfYear, said: string, context: DateContext): Span {
  const year = fullYear(said, context)
  if (/^[今去明前后大]/u.test(said)) return spanOf(year)
  return [spanOf(year - 1), spanOf(year)].find(([from]) => yearOf(from) === year) ?? spanOf(year)
}

/** The latest that has begun of what is past, otherwise the first that is not over. */
function nearest(spanOf: SpanOfYear, context: DateContext): Span {
  const year = yearOf(context.today)
  const spans = [year - 2, year - 1, year, year + 1].map(spanOf)
  const found = looksBack(context)
    ? spans.findLast(([from]) => from <= context.today)
    : spans.find(([, to]) => to >= context.today)
  return found ?? spanOf(year)
}
