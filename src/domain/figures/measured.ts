import type { FilingWay, Matter } from '../application.ts'
import { monthAfter } from '../months.ts'
import type { Measure } from './counts.ts'
import { isSmall } from './hiding.ts'
import type { Indicator, Selection } from './indicators.ts'
import { wilson, type Interval } from './wilson.ts'

/** Counters added up over a place and a period. */
export interface Sum {
  measure: Measure
  matter: Matter | ''
  way: FilingWay | ''
  detail: string
  /** `YYYY-MM`, where months were asked for; else empty. */
  month: string
  /** Region code of the level asked for; else empty. */
  place: string
  n: number
}

/**
 * `noData`: nothing was counted, which is not zero per cent. `hidden`: fewer than five cases. `noSuchItem`: the region does
 * not have this item.
 */
export type FigureState = 'shown' | 'hidden' | 'noData' | 'noSuchItem'

/** One figure as it may be shown. All numbers are null unless the state is `shown`. */
export interface Figure {
  state: FigureState
  numerator: number | null
  denominator: number | null
  /** Cases behind the figure; the denominator of a share. */
  n: number | null
  value: number | null
  interval: Interval | null
  /** Null without a target, or without a value. */
  targetMet: boolean | null
}

export const noSuchItem: Figure = withoutNumbers('noSuchItem')

/** A share as it may be shown, held against a target. */
export function shareOf(numerator: number, denominator: number, atLeast: number | null): Figure {
  if (denominator === 0) return withoutNumbers('noData')
  if (isSmall(denominator)) return withoutNumbers('hidden')
  const value = numerator / denominator
  return {
    state: 'shown',
    numerator,
    denominator,
    n: denominator,
    value,
    interval: wilson(numerator, denominator),
    targetMet: atLeast === null ? null : value >= atLeast,
  }
}

/** The figure of an indicator from sums; `months` are those of the period, for indicators that ask for every month. */
export function measure(indicator: Indicator, sums: readonly Sum[], months: readonly string[]): Figure {
  const atLeast = indicator.target?.atLeast ?? null
  if (indicator.unit === 'months') return everyMonth(sums, indicator, months)
  return shareOf(total(sums, indicator.numerator), total(sums, indicator.denominator), atLeast)
}

/** Months in which something was collected, of those asked about; an office that never collected has no data yet. */
function everyMonth(sums: readonly Sum[], { numerator, target }: Indicator, months: readonly string[]): Figure {
  const filled = months.filter(
    month =>
      total(
        sums.filter(sum => sum.month === month),
        numerator,
      ) > 0,
  ).length
  if (filled === 0 || months.length === 0) return withoutNumbers('noData')
  const value = filled / months.length
  return {
    state: 'shown',
    numerator: filled,
    denominator: months.length,
    n: months.length,
    value,
    // Months are no sample.
    interval: null,
    targetMet: target ? value >= target.atLeast : null,
  }
}

/** What a selection adds up to. */
export function total(sums: readonly Sum[], { measures, ways, details, less = [] }: Selection): number {
  const fits = (sum: Sum) => (!ways || ways.some(way => way === sum.way)) && (!details || details.includes(sum.detail))
  return sums.reduce((n, sum) => {
    if (measures.includes(sum.measure) && fits(sum)) return n + sum.n
    return less.includes(sum.measure) ? n - sum.n : n
  }, 0)
}

function withoutNumbers(state: FigureState): Figure {
  return { state, numerator: null, denominator: null, n: null, value: null, interval: null, targetMet: null }
}

/** The months from one day to another, both counted, as `YYYY-MM`. */
export function monthsBetween(from: string, to: string): string[] {
  const months: string[] = []
  for (let month = from.slice(0, 7); month <= to.slice(0, 7); month = monthAfter(month, 1)) months.push(month)
  return months
}
