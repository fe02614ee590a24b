import { z } from 'zod'
import { layerFact as fact, narrowestFact, type Fact } from './fact.ts'

/** 暖心求助 in chat: what a place promises. */
export interface HelpFacts {
  /** Working days within which a person calls, the day after the request being the first. */
  callDays: Fact<number>
}

/** The section of one pack file. */
export const helpSchema = z.strictObject({ callDays: fact(z.int().min(1).max(10)) })

export type HelpLayer = z.infer<typeof helpSchema>

/** Lays the sections over each other, widest first. */
export function layerHelp(layers: readonly (HelpLayer | undefined)[]): HelpFacts {
  return { callDays: narrowestFact(layers.map(layer => layer?.callDays)) }
}

/** The days in force; where no pack says anything, as in regions/packs/nation.yaml. */
export const callDaysOf = (facts: HelpFacts | undefined): number => facts?.callDays.value ?? 1
