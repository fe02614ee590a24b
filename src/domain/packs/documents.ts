import { z } from 'zod'
import { layerFact as fact, narrowestFact as narrowest, type Fact } from './fact.ts'
import { materialSchema, type Material } from './material.ts'

/** A document that a place issues or has issued (登记凭证, 再生育证, 光荣证 …) and what may be asked about it. */
export interface DocumentRule {
  id: string
  /** Key of its name in `locales/`. */
  name: string
  /** Whether it is still issued for the first time, and by which matter of ours. */
  firstIssue: Fact<boolean>
  /** Whether it may be issued again after loss, damage or change. */
  reissue: Fact<boolean>
  /** Whether the place has brought its register of this document here, so that a copy can be given at once. */
  register: Fact<boolean>
  materials: Fact<Material[]>
  /** Whether issuing it again costs nothing. */
  free: Fact<boolean>
  /** Working days within which the office promises to decide where a copy cannot be given at once. */
  promiseDays: Fact<number>
}

const rule = z.strictObject({
  name: z.string().regex(/^document\.[a-zA-Z]+$/),
  firstIssue: fact(z.boolean()),
  reissue: fact(z.boolean()),
  register: fact(z.boolean()),
  materials: fact(z.array(materialSchema)),
  free: fact(z.boolean()),
  promiseDays: fact(z.int().min(0).max(365)),
})

/** The section of one pack file: documents by id, in the order in which they are offered. */
export const documentsSchema = z.record(z.string().regex(/^[a-z][a-zA-Z]*$/), rule)

export type DocumentsLayer = z.infer<typeof documentsSchema>

/** Lays the sections over each other, widest first, document by document and fact by fact. */
export function layerDocuments(layers: readonly (DocumentsLayer | undefined)[]): DocumentRule[] {
  const ids = [...new Set(layers.flatMap(layer => Object.keys(layer ?? {})))]
  return ids.map(id =>
    layerDocument(
      id,
      layers.map(layer => layer?.[id]),
    ),
  )
}

function layerDocument(id: string, rules: readonly (DocumentsLayer[string] | undefined)[]): DocumentRule {
  return {
    id,
    name: rules.findLast(one => one !== undefined)?.name ?? `document.${id}`,
    firstIssue: narrowest(rules.map(one => one?.firstIssue)),
    reissue: narrowest(rules.map(one => one?.reissue)),
    register: narrowest(rules.map(one => one?.register)),
    materials: narrowest(rules.map(one => one?.materials)),
    free: narrowest(rules.map(one => one?.free)),
    promiseDays: narrowest(rules.map(one => one?.promiseDays)),
  }
}
