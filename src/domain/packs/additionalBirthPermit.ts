import { z } from 'zod'
import { layerFact as fact, narrowestFact as narrowest, type Fact } from './fact.ts'
import { materialSchema, type Material } from './material.ts'

/** A case in which the place gives the permit; its name is a key of `locales/`. */
export interface PermitGround {
  id: string
  name: string
}

/** 再生育审批, as a place has kept, changed or abolished it. */
export interface AdditionalBirthPermitPack {
  /** True: it can be asked for. False: abolished, registration is enough. Null: nobody has verified it. */
  kept: Fact<boolean>
  /** Whether it is an administrative licence, on which the limits of 行政许可法 stand. */
  isLicence: Fact<boolean>
  grounds: Fact<PermitGround[]>
  materials: Fact<Material[]>
  /** Working days from receipt to decision by law, and as promised by the office. */
  legalDays: Fact<number>
  promiseDays: Fact<number>
  /** Name of the result document. */
  resultName: Fact<string>
  /** How long the permit holds, in the words of the rule. */
  validity: Fact<string>
  /** Sentence the result must carry. */
  resultNote: Fact<string>
}

const text = z.string().min(1)
const workingDays = z.int().min(0).max(365)
const ground = z.strictObject({
  id: z.string().regex(/^[a-zA-Z]+$/),
  name: z.string().regex(/^ground\.[a-zA-Z]+$/),
})

/** The section of one pack file; every field must be there, null where nothing is verified. */
export const additionalBirthPermitSchema = z.strictObject({
  kept: fact(z.boolean()),
  isLicence: fact(z.boolean()),
  grounds: fact(z.array(ground).min(1)),
  materials: fact(z.array(materialSchema)),
  legalDays: fact(workingDays),
  promiseDays: fact(workingDays),
  resultName: fact(text),
  validity: fact(text),
  resultNote: fact(text),
})

export type AdditionalBirthPermitLayer = z.infer<typeof additionalBirthPermitSchema>

/** Lays the sections over each other, widest first; a layer without the section knows nothing. */
export function layerAdditionalBirthPermit(
  layers: readonly (AdditionalBirthPermitLayer | undefined)[],
): AdditionalBirthPermitPack {
  return {
    kept: narrowest(layers.map(layer => layer?.kept)),
    isLicence: narrowest(layers.map(layer => layer?.isLicence)),
    grounds: narrowest(layers.map(layer => layer?.grounds)),
    materials: narrowest(layers.map(layer => layer?.materials)),
    legalDays: narrowest(layers.map(layer => layer?.legalDays)),
    promiseDays: narrowest(layers.map(layer => layer?.promiseDays)),
    resultName: narrowest(layers.map(layer => layer?.resultName)),
    validity: narrowest(layers.map(layer => layer?.validity)),
    resultNote: narrowest(layers.map(layer => layer?.resultNote)),
  }
}
