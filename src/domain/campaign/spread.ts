import { SMALLEST_SHOWN } from '../figures/hiding.ts'

/** What a village said in an earlier survey: answers that judge, and how many of them said yes. */
export interface EarlierAnswers {
  villageCode: string
  answers: number
  hits: number
}

/**
 * How much the households of each village differed: the standard deviation of a yes or no. Two made-up answers of each kind keep a
 * village that was of one mind from getting none (Agresti and Coull 1998). A village of fewer than five answers, whose figure
 * nobody may know, is taken as the whole, so that how many are drawn there tells nothing about it. Null: nothing is known.
 */
export function villageSpreads(earlier: readonly EarlierAnswers[]): ((villageCode: string) => number) | null {
  const known = earlier.filter(({ answers }) => answers >= SMALLEST_SHOWN)
  if (known.length === 0) return null
  const sum = (of: (one: EarlierAnswers) => number) => known.reduce((total, one) => total + of(one), 0)
  const whole = deviation(
    sum(({ hits }) => hits),
    sum(({ answers }) => answers),
  )
  const spreads = new Map(known.map(({ villageCode, answers, hits }) => [villageCode, deviation(hits, answers)]))
  return villageCode => spreads.get(villageCode) ?? whole
}

const MADE_UP = 2

function deviation(hits: number, answers: number): number {
  const share = (hits + MADE_UP) / (answers + 2 * MADE_UP)
  return Math.sqrt(share * (1 - share))
}
