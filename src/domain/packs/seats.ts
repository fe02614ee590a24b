import { z } from 'zod'
import { layerFact as fact, narrowestFact, type Fact } from './fact.ts'

/** When the place of a village office looks wrong. Nothing is refused by it. */
export interface SeatFacts {
  /** Kilometres from the nearest other village office of the town. */
  farKm: Fact<number>
  /** Metres of accuracy above which an officer is advised to measure again. */
  roughMetres: Fact<number>
}

/** The section of one pack file. */
export const seatsSchema = z.strictObject({
  farKm: fact(z.number().gt(0).max(1000)),
  roughMetres: fact(z.int().min(1).max(10_000)),
})

export type SeatsLayer = z.infer<typeof seatsSchema>

/** Lays the sections over each other, widest first, fact by fact. */
export function layerSeats(layers: readonly (SeatsLayer | undefined)[]): SeatFacts {
  return {
    farKm: narrowestFact(layers.map(layer => layer?.farKm)),
    roughMetres: narrowestFact(layers.map(layer => layer?.roughMetres)),
  }
}

/** The bounds in force; where no pack says anything (packs of tests), as in regions/packs/nation.yaml. */
export function seatBoundsOf(facts: SeatFacts | undefined): { farKm: number; roughMetres: number } {
  return { farKm: facts?.farKm.value ?? 30, roughMetres: facts?.roughMetres.value ?? 100 }
}
