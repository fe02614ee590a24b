import { wilsonOfShare, type Interval } from '../figures/wilson.ts'

/** Households of which some answered, and how many of those said yes. */
export interface Stratum {
  /** Households that the campaign is about, answered or not. */
  population: number
  answers: number
  hits: number
}

export interface WeightedShare {
  share: number
  interval: Interval
  /** The number of equally weighted answers that these are worth (Kish): never more than there are. */
  effective: number
  /** Share of all households that live in strata with answers: about the rest nothing is known. */
  covered: number
}

/**
 * Post-stratified estimate: each answer speaks for as many households as its stratum has per answer, so that a village that
 * answers more does not count more (Holt and Smith 1979). Interval: Wilson with Kish's effective number of answers,
 * (Σw)² ÷ Σw² (Kish, Survey Sampling, 1965), which is on the safe side as it takes no gain from the strata. Null without any
 * answer.
 */
export function postStratified(strata: readonly Stratum[]): WeightedShare | null {
  const heard = strata.filter(({ answers, population }) => answers > 0 && population > 0)
  const spoken = sumOf(heard, ({ population }) => population)
  if (spoken === 0) return null
  const hits = sumOf(heard, ({ population, answers, hits: yes }) => (population / answers) * yes)
  const squares = sumOf(heard, ({ population, answers }) => (population * population) / answers)
  // Rounding may lead past the ends by a hair.
  const share = Math.min(1, Math.max(0, hits / spoken))
  const effective = (spoken * spoken) / squares
  const covered = spoken / sumOf(strata, ({ population }) => population)
  return { share, interval: wilsonOfShare(share, effective), effective, covered }
}

function sumOf(strata: readonly Stratum[], value: (stratum: Stratum) => number): number {
  return strata.reduce((sum, stratum) => sum + value(stratum), 0)
}
