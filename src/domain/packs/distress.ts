import { z } from 'zod'
import { layerFact as fact, narrowestFact, type Fact } from './fact.ts'

/** What a place does when somebody may be in danger of himself. Hours and minutes run by night and on days off, too. */
export interface DistressFacts {
  /** Minutes after which the level above is called in when nobody has taken the call. */
  takeMinutes: Fact<number>
  /** Minutes from one level to the next. */
  hopMinutes: Fact<number>
  /** Minutes after which the level above is called in although somebody has it. */
  doneMinutes: Fact<number>
  /** Sad sentences without a word of danger that together count as a cry for help. */
  lowSentences: Fact<number>
  /** Hours within which they are said. */
  lowHours: Fact<number>
  /** Hours without a word after a heavy one, of somebody who is looked after. */
  silenceHours: Fact<number>
}

const count = (most: number) => z.int().min(1).max(most)

/** The section of one pack file. */
export const distressSchema = z.strictObject({
  takeMinutes: fact(count(240)),
  hopMinutes: fact(count(240)),
  doneMinutes: fact(count(1440)),
  lowSentences: fact(count(20)),
  lowHours: fact(count(168)),
  silenceHours: fact(count(168)),
})

export type DistressLayer = z.infer<typeof distressSchema>

/** Lays the sections over each other, widest first, fact by fact. */
export function layerDistress(layers: readonly (DistressLayer | undefined)[]): DistressFacts {
  return {
    takeMinutes: narrowestFact(layers.map(layer => layer?.takeMinutes)),
    hopMinutes: narrowestFact(layers.map(layer => layer?.hopMinutes)),
    doneMinutes: narrowestFact(layers.map(layer => layer?.doneMinutes)),
    lowSentences: narrowestFact(layers.map(layer => layer?.lowSentences)),
    lowHours: narrowestFact(layers.map(layer => layer?.lowHours)),
    silenceHours: narrowestFact(layers.map(layer => layer?.silenceHours)),
  }
}

/** The rules in force, as numbers. */
export interface DistressRules {
  takeMs: number
  hopMs: number
  doneMs: number
  lowSentences: number
  lowMs: number
  silenceMs: number
}

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** Where no pack says anything (packs of tests): the product's own defaults, as in regions/packs/nation.yaml. */
const DEFAULTS = { takeMinutes: 10, hopMinutes: 10, doneMinutes: 60, lowSentences: 3, lowHours: 24, silenceHours: 12 }

/** The rules of a place, each fact of its pack or else the product's default. */
export function distressRulesOf(facts: DistressFacts | undefined): DistressRules {
  return {
    takeMs: (facts?.takeMinutes.value ?? DEFAULTS.takeMinutes) * MINUTE_MS,
    hopMs: (facts?.hopMinutes.value ?? DEFAULTS.hopMinutes) * MINUTE_MS,
    doneMs: (facts?.doneMinutes.value ?? DEFAULTS.doneMinutes) * MINUTE_MS,
    lowSentences: facts?.lowSentences.value ?? DEFAULTS.lowSentences,
    lowMs: (facts?.lowHours.value ?? DEFAULTS.lowHours) * HOUR_MS,
    silenceMs: (facts?.silenceHours.value ?? DEFAULTS.silenceHours) * HOUR_MS,
  }
}
