import { z } from 'zod'
import { layerFact as fact, narrowestFact, type Fact } from './fact.ts'

/** 投诉建议: how a place deals with them. */
export interface ComplaintRules {
  /** Classes that never go to the office complained of. */
  serious: Fact<string[]>
  /** Working days to the answer, the day after receipt being the first. */
  answerDays: Fact<number>
}

/** The section of one pack file. */
export const complaintsSchema = z.strictObject({
  serious: fact(z.array(z.string().regex(/^[a-z][A-Za-z]*$/)).min(1)),
  answerDays: fact(z.int().min(1).max(90)),
})

export type ComplaintsLayer = z.infer<typeof complaintsSchema>

/** Lays the sections over each other, widest first, fact by fact. */
export function layerComplaints(layers: readonly (ComplaintsLayer | undefined)[]): ComplaintRules {
  return {
    serious: narrowestFact(layers.map(layer => layer?.serious)),
    answerDays: narrowestFact(layers.map(layer => layer?.answerDays)),
  }
}
