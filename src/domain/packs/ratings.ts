import { z } from 'zod'
import { layerFact as fact, narrowestFact, type Fact } from './fact.ts'

/** 差评: within how many working days a place answers one, the day after the rating being the first. */
export interface RatingFacts {
  /** To speak with who rated. */
  contactDays: Fact<number>
  /** To put right what was wrong. */
  repairDays: Fact<number>
}

const days = z.int().min(1).max(60)

/** The section of one pack file. */
export const ratingsSchema = z.strictObject({ contactDays: fact(days), repairDays: fact(days) })

export type RatingsLayer = z.infer<typeof ratingsSchema>

/** Lays the sections over each other, widest first, fact by fact. */
export function layerRatings(layers: readonly (RatingsLayer | undefined)[]): RatingFacts {
  return {
    contactDays: narrowestFact(layers.map(layer => layer?.contactDays)),
    repairDays: narrowestFact(layers.map(layer => layer?.repairDays)),
  }
}

/** Where no pack says anything (packs of tests): as in regions/packs/nation.yaml. */
const DEFAULTS = { contactDays: 1, repairDays: 15 }

/** The days in force. */
export function ratingDaysOf(facts: RatingFacts | undefined): { contactDays: number; repairDays: number } {
  return {
    contactDays: facts?.contactDays.value ?? DEFAULTS.contactDays,
    repairDays: facts?.repairDays.value ?? DEFAULTS.repairDays,
  }
}
