import { z } from 'zod'
import { layerFact as fact, narrowestFact as narrowest, type Fact } from './fact.ts'

/** 告知承诺: what a place lets people vouch for instead of bringing a paper (国办发〔2020〕42号). */
export interface CommitmentRule {
  /** Id of the material. */
  material: string
  /** Whether it may be replaced. Null: nobody has verified it, so the paper is asked for. */
  replaceable: Fact<boolean>
  /** Version of the text in the flow that this place has approved. */
  textVersion: number
  /** Share of the commitments that is checked later, 0 to 1; null: the product's default. */
  checkRate: Fact<number>
  /** Working days within which a broken commitment has to be mended; null: the product's default. */
  correctionDays: Fact<number>
}

const rule = z.strictObject({
  replaceable: fact(z.boolean()),
  textVersion: z.int().min(1),
  checkRate: fact(z.number().min(0).max(1)),
  correctionDays: fact(z.int().min(1).max(365)),
})

/** The section of one pack file, by material. */
export const commitmentsSchema = z.record(z.string().regex(/^[a-zA-Z]+$/), rule)

export type CommitmentsLayer = z.infer<typeof commitmentsSchema>

/** Lays the sections over each other, widest first, material by material and fact by fact. */
export function layerCommitments(layers: readonly (CommitmentsLayer | undefined)[]): CommitmentRule[] {
  const materials = [...new Set(layers.flatMap(layer => Object.keys(layer ?? {})))]
  return materials.map(material =>
    layerCommitment(
      material,
      layers.map(layer => layer?.[material]),
    ),
  )
}

function layerCommitment(material: string, rules: readonly (CommitmentsLayer[string] | undefined)[]): CommitmentRule {
  return {
    material,
    replaceable: narrowest(rules.map(one => one?.replaceable)),
    textVersion: rules.findLast(one => one !== undefined)?.textVersion ?? 1,
    checkRate: narrowest(rules.map(one => one?.checkRate)),
    correctionDays: narrowest(rules.map(one => one?.correctionDays)),
  }
}
