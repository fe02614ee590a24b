import type { SamplePlan } from './campaign.ts'
import { wholeUnits } from './shownPopulation.ts'
import type { Chance } from './seededChance.ts'

/** One village with the households in it that may be asked. */
export interface Stratum {
  villageCode: string
  eligible: number
}

/** How many of a stratum are drawn. */
export interface Share extends Stratum {
  drawn: number
}

/**
 * Says of one household after the other whether it is in the sample: of `total` exactly `wanted`, every set of them equally
 * likely, nothing remembered but two numbers (selection sampling: Fan, Muller and Rezucha 1962; Knuth 3.4.2, algorithm S).
 */
export function selector(total: number, wanted: number, chance: Chance): () => boolean {
  let left = total
  let needed = Math.min(wanted, total)
  return () => {
    if (needed === 0) return false
    const chosen = chance.below(left) < needed
    left--
    if (chosen) needed--
    return chosen
  }
}

/** Households that a plan draws from so many; a least number for every village may raise the size that was asked for. */
export function sampleSize(strata: readonly Stratum[], plan: SamplePlan): number {
  const total = strata.reduce((sum, { eligible }) => sum + eligible, 0)
  if (plan.method === 'everyone') return total
  const least = plan.method === 'stratified' ? sum(strata.map(one => leastOf(one, plan))) : 0
  return Math.min(total, Math.max(plan.size, least))
}

/**
 * The same plan, drawing whole units of all who may be asked: where a filter by size takes parts of villages, how many were drawn
 * must not tell of one household whether it was among them.
 */
export function inWholeUnits(strata: readonly Stratum[], plan: SamplePlan): SamplePlan {
  const most = wholeUnits(sampleSize(strata, { ...plan, method: 'everyone' }))
  if (plan.method === 'everyone') return { ...plan, method: 'simple', size: most }
  const isRaised = plan.method === 'stratified' && sampleSize(strata, { ...plan, size: 0 }) > most
  return { ...plan, size: Math.min(plan.size, most), leastPerVillage: isRaised ? 0 : plan.leastPerVillage }
}

/**
 * Shares a stratified sample out between villages: in proportion to their households or alike, none below the least and none
 * above what it has, rounded by the largest remainder (ties: by code). The sum is `sampleSize`. By spread: in proportion to
 * households × spread, which gives the narrowest interval that so many answers can give (Neyman 1934); without any spread known
 * that is in proportion to households.
 */
export function allocate(
  strata: readonly Stratum[],
  plan: SamplePlan,
  spreadOf: (villageCode: string) => number = () => 1,
): Share[] {
  const size = sampleSize(strata, plan)
  const bounds = strata.map(one => ({
    ...one,
    least: leastOf(one, plan),
    pull: pullOf(one, plan, spreadOf(one.villageCode)),
  }))
  const scale = scaleFor(bounds, size)
  const exact = bounds.map(one => ({ ...one, exact: within(one, scale) }))
  const shares = exact.map(one => ({ ...one, drawn: Math.floor(one.exact) }))
  let missing = size - sum(shares.map(({ drawn }) => drawn))
  const byRemainder = shares.toSorted(
    (a, b) => b.exact - b.drawn - (a.exact - a.drawn) || (a.villageCode < b.villageCode ? -1 : 1),
  )
  // Rounding down leaves less than one household each; the scale is exact to a billionth, so a second round may be needed.
  while (missing > 0) {
    for (const share of byRemainder) {
      if (missing === 0) break
      if (share.drawn === share.eligible) continue
      share.drawn++
      missing--
    }
  }
  return shares.map(({ villageCode, eligible, drawn }) => ({ villageCode, eligible, drawn }))
}

interface Bound {
  least: number
  eligible: number
  pull: number
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)
const leastOf = ({ eligible }: Stratum, { leastPerVillage }: SamplePlan): number => Math.min(leastPerVillage, eligible)
function pullOf({ eligible }: Stratum, { allocation }: SamplePlan, spread: number): number {
  if (allocation === 'equal') return Math.min(eligible, 1)
  return allocation === 'spread' ? eligible * spread : eligible
}

const within = ({ least, eligible, pull }: Bound, scale: number): number =>
  Math.min(eligible, Math.max(least, pull * scale))

/** Halvings after which a double changes no more. */
const HALVINGS = 100

/** The scale at which the bounded shares add up to the size, never beyond it. What they add up to only grows with the scale. */
function scaleFor(bounds: readonly Bound[], size: number): number {
  let [low, high] = [0, Math.max(1, ...bounds.map(({ eligible }) => eligible))]
  for (let halvings = 0; halvings < HALVINGS; halvings++) {
    const middle = (low + high) / 2
    if (sum(bounds.map(one => within(one, middle))) > size) high = middle
    else low = middle
  }
  return low
}

/** More villages than any county has: places of one round stay together. */
const MOST_VILLAGES = 1_000_000

/** Place in the order of asking: first one household of every village, then the second of every village, and so on. */
export function placeInOrder(nthOfVillage: number, village: number): number {
  return nthOfVillage * MOST_VILLAGES + village
}
