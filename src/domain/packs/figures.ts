import { z } from 'zod'
import { layerFact as fact, narrowestFact, type Fact } from './fact.ts'

/** What a place's figures are held against, beside the targets of the sources. */
export interface FigureFacts {
  /** Calendar days after a birth within which it is to be registered; null where no rule is verified: then nobody is late. */
  registerWithinDays: Fact<number>
}

/** The section of one pack file. */
export const figuresSchema = z.strictObject({ registerWithinDays: fact(z.int().min(0).max(366)) })

/** Lays the sections over each other, widest first, fact by fact. */
export function layerFigures(layers: readonly (z.infer<typeof figuresSchema> | undefined)[]): FigureFacts {
  return { registerWithinDays: narrowestFact(layers.map(layer => layer?.registerWithinDays)) }
}
