import { hideParts, hiddenPlaces, townsOf } from '../../domain/survey/hiding.ts'
import { isSmall } from '../../domain/figures/hiding.ts'
import type { RatingCount } from './ratingPort.ts'

/** 好差评 of a place for everybody; null where the number is small. */
export interface PublicRatings {
  region: { code: string; name: string }
  ratings: number | null
  bad: number | null
  repaired: number | null
}

/**
 * The county with its towns. Of few ratings nothing is said, of few bad ones no more than that they are few, and neither can be
 * had by taking the other towns from the county.
 */
export function publicRatings(
  countyCode: string,
  villages: readonly RatingCount[],
  nameOf: (code: string) => string,
): PublicRatings[] {
  const towns = [...new Set(villages.map(({ placeCode }) => placeCode.slice(0, 9)))].toSorted()
  const hidden = hiddenPlaces(
    townsOf(villages.map(one => ({ code: one.placeCode, answers: one.ratings, hits: one.bad }))),
  )
  const shown = towns.filter(code => !hidden.has(code))
  const bads = hideParts(shown.map(code => sumBelow(villages, code).bad))
  const withoutBad = new Set(shown.filter((_, n) => bads[n] === null))
  return [countyCode, ...towns].map(code => {
    const { ratings, bad, repaired } = sumBelow(villages, code)
    const region = { code, name: nameOf(code) }
    if (hidden.has(code) || isSmall(ratings)) return { region, ratings: null, bad: null, repaired: null }
    if (withoutBad.has(code) || isSmall(bad)) return { region, ratings, bad: null, repaired: null }
    return { region, ratings, bad, repaired }
  })
}

function sumBelow(villages: readonly RatingCount[], code: string): Omit<RatingCount, 'placeCode'> {
  const own = villages.filter(({ placeCode }) => placeCode.startsWith(code))
  const sum = (of: (one: RatingCount) => number) => own.reduce((all, one) => all + of(one), 0)
  return { ratings: sum(one => one.ratings), bad: sum(one => one.bad), repaired: sum(one => one.repaired) }
}
