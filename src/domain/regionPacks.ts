import { z } from 'zod'
import { layerNotice, noticeLayerSchema } from './packs/noticeSection.ts'
import type { RegionPack } from './regionPack.ts'

const localDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const source = z.strictObject({
  document: z.string().min(1),
  checked: localDate,
  weight: z.enum(['law', 'official', 'media', 'product']),
  validUntil: localDate.exactOptional(),
})
/** A fact stands with its source, or it is null: this layer knows nothing and the wider one speaks. */
function fact<T extends z.ZodType>(value: T) {
  return z.strictObject({ value, source, byAnalogy: z.literal(true).exactOptional() }).nullable()
}
const material = z.strictObject({
  id: z.string().regex(/^[a-zA-Z]+$/),
  name: z.string().regex(/^material\.[a-zA-Z]+$/),
  when: z.array(z.enum(['born', 'expecting', 'married', 'remarried', 'proxy'])),
})
const workingDayCount = z.int().min(0).max(365)
const text = z.string().min(1)

const layerSchema = z.strictObject({
  /** `CN`, or a region code of 2, 4 or 6 digits. */
  code: z.string().regex(/^(?:CN|\d{2}|\d{4}|\d{6})$/),
  name: text,
  birthRegistration: z.strictObject({
    marriageRequired: fact(z.boolean()),
    whoMay: fact(text),
    where: fact(text),
    materials: fact(z.array(material)),
    resultName: fact(text),
    legalDays: fact(workingDayCount),
    promiseDays: fact(workingDayCount),
    onlineEntry: fact(text),
    resultNote: fact(text),
  }),
  officePhone: fact(text),
  notice: noticeLayerSchema.optional(),
})

/** One file of `regions/packs`: what is special in one region. */
export type RegionPackLayer = z.infer<typeof layerSchema>

/** Decodes one pack file. Every field must be there, null where nothing is verified; throws with the field's name. */
export function parseRegionPackLayer(data: unknown): RegionPackLayer {
  return layerSchema.parse(data)
}

/** Lays packs over each other, widest first: a fact of a narrower layer wins, a null lets the wider one through. */
export function layerPacks(layers: readonly RegionPackLayer[]): RegionPack {
  const last = layers.at(-1)
  if (!last) throw new Error('A region pack needs at least the layer of the nation')
  const nothing = { value: null, source: null }
  const facts = layers.map(layer => layer.birthRegistration)
  const narrowest = <T>(values: (T | null)[]): T | typeof nothing => values.findLast(value => value !== null) ?? nothing
  return {
    code: last.code,
    name: last.name,
    birthRegistration: {
      marriageRequired: narrowest(facts.map(f => f.marriageRequired)),
      whoMay: narrowest(facts.map(f => f.whoMay)),
      where: narrowest(facts.map(f => f.where)),
      materials: narrowest(facts.map(f => f.materials)),
      resultName: narrowest(facts.map(f => f.resultName)),
      legalDays: narrowest(facts.map(f => f.legalDays)),
      promiseDays: narrowest(facts.map(f => f.promiseDays)),
      onlineEntry: narrowest(facts.map(f => f.onlineEntry)),
      resultNote: narrowest(facts.map(f => f.resultNote)),
    },
    officePhone: narrowest(layers.map(layer => layer.officePhone)),
    notice: layerNotice(layers.map(layer => layer.notice)),
  }
}

/** The pack in force at a region code of any length; null or an unknown place gets the nation's. */
export function packFor(packs: readonly RegionPackLayer[], regionCode: string | null): RegionPack {
  const layers = packs
    .filter(pack => pack.code === 'CN' || regionCode?.startsWith(pack.code))
    .toSorted((a, b) => depth(a) - depth(b))
  return layerPacks(layers)
}

function depth(pack: RegionPackLayer): number {
  return pack.code === 'CN' ? 0 : pack.code.length
}
