import { hideSmallCells, isSmall } from '../figures/hiding.ts'
import type { CareDuty } from './careState.ts'

/** How many families a place has, and for how many each duty is done. */
export interface CareCount extends Record<CareDuty, number> {
  regionCode: string
  families: number
}

/** The same as it is shown; null: too few to be told. */
export interface CareCoverage {
  regionCode: string
  families: number | null
  done: Record<CareDuty, number | null>
}

/** Sums of counts by the first digits of their places, in the order of the places. */
export function sumByPlace(counts: readonly CareCount[], digits: number): CareCount[] {
  const sums = new Map<string, CareCount>()
  for (const count of counts) {
    const regionCode = count.regionCode.slice(0, digits)
    const sum = sums.get(regionCode) ?? { regionCode, families: 0, contactPair: 0, familyDoctor: 0, greenChannel: 0 }
    sums.set(regionCode, {
      regionCode,
      families: sum.families + count.families,
      contactPair: sum.contactPair + count.contactPair,
      familyDoctor: sum.familyDoctor + count.familyDoctor,
      greenChannel: sum.greenChannel + count.greenChannel,
    })
  }
  return [...sums.values()].toSorted((a, b) => (a.regionCode < b.regionCode ? -1 : 1))
}

/** For those who see the families themselves: all as it is. */
export const shownWhole = (counts: readonly CareCount[]): CareCoverage[] =>
  counts.map(count => ({ ...placed(count), families: count.families, done: dutiesOf(count) }))

/**
 * For those who do not: a place with few families tells nothing, and where only one is silent another one is as well, so that it
 * cannot be had from the sum.
 */
export function shownToCounty(counts: readonly CareCount[]): { places: CareCoverage[]; sum: CareCoverage | null } {
  const families = hideSmallCells(counts.map(count => count.families))
  const places = counts.map((count, n) => {
    const shown = families[n] ?? null
    return { ...placed(count), families: shown, done: shown === null ? noDuties : dutiesOf(count) }
  })
  const [all] = sumByPlace(counts, 6)
  const isTold = all !== undefined && !isSmall(all.families) && !(families.includes(null) && families.length === 1)
  return { places, sum: isTold ? { ...placed(all), families: all.families, done: dutiesOf(all) } : null }
}

const placed = ({ regionCode }: CareCount) => ({ regionCode })
const noDuties: Record<CareDuty, null> = { contactPair: null, familyDoctor: null, greenChannel: null }
const dutiesOf = ({ contactPair, familyDoctor, greenChannel }: CareCount): Record<CareDuty, number> => ({
  ...{ contactPair, familyDoctor, greenChannel },
})
