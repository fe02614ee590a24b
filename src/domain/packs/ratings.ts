import { z } from 'zod'
import { layerFact as fact, narrowestFact, type Fact } from './fact.ts'

/** 差评: within how many working days a place answers one, the day after the rating being the first. */
export interface RatingFacts {
  /** To speak with who rated. */
  contactDays: Fact<number>
  /** To put right what was wrong. */
  repairDays: Fact<number>
  /** For who was rated to appeal. */
  appealDays: Fact<number>
}

const days = z.int().min(1).max(60)

/** The section of one pack file. */
export const ratingsSchema = z.strictObject({
  contactDays: fact(days),
  repairDays: fact(days),
  appealDays: fact(days).exactOptional(),
})

export type RatingsLayer = z.infer<typeof ratingsSchema>

/** Lays the sections over each other, widest first, fact by fact. */
export function layerRatings(layers: readonly (RatingsLayer | undefined)[]): RatingFacts {
  return {
    contactDays: narrowestFact(layers.map(layer => layer?.contactDays)),
    repairDays: narrowestFact(layers.map(layer => layer?.repairDays)),
    appealDays: narrowestFact(layers.map(layer => layer?.appealDays)),
  }
}

/** Where no pack says anything (packs of tests): as in regions/packs/nation.yaml. */
const DEFAULTS = { contactDays: 1, repairDays: 15, appealDays: 10 }

/** The days in force. */
export function ratingDaysOf(facts: RatingFacts | undefined): typeof DEFAULTS {
  return {
    contactDays: facts?.contactDays.value ?? DEFAULTS.contactDays,
    repairDays: facts?.repairDays.value ?? DEFAULTS.repairDays,
    appealDays: facts?.appealDays.value ?? DEFAULTS.appealDays,
  }
}
