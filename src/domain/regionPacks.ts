import { z } from 'zod'
import { additionalBirthPermitSchema, layerAdditionalBirthPermit } from './packs/additionalBirthPermit.ts'
import { careSchema, layerCare } from './packs/care.ts'
import { commitmentsSchema, layerCommitments } from './packs/commitments.ts'
import { complaintsSchema, layerComplaints } from './packs/complaints.ts'
import { documentsSchema, layerDocuments } from './packs/documents.ts'
import { layerFact as fact, narrowestFact as narrowest } from './packs/fact.ts'
import { figuresSchema, layerFigures } from './packs/figures.ts'
import { holdsAt, layerCode, widestFirst } from './packs/layers.ts'
import { materialSchema } from './packs/material.ts'
import { distressSchema, layerDistress } from './packs/distress.ts'
import { helpSchema, layerHelp } from './packs/help.ts'
import { layerMessages, messagesSchema } from './message/messageRules.ts'
import { layerRatings, ratingsSchema } from './packs/ratings.ts'
import { layerSeats, seatsSchema } from './packs/seats.ts'
import { layerTasks, tasksSchema } from './packs/tasks.ts'
import { layerNotice, noticeLayerSchema } from './packs/noticeSection.ts'
import type { RegionPack } from './regionPack.ts'

const text = z.string().min(1)
const workingDayCount = z.int().min(0).max(365)

const layerSchema = z.strictObject({
  code: layerCode,
  name: text,
  birthRegistration: z.strictObject({
    marriageRequired: fact(z.boolean()),
    whoMay: fact(text),
    where: fact(text),
    materials: fact(z.array(materialSchema)),
    resultName: fact(text),
    legalDays: fact(workingDayCount),
    promiseDays: fact(workingDayCount),
    onlineEntry: fact(text),
    resultNote: fact(text),
  }),
  officePhone: fact(text),
  additionalBirthPermit: additionalBirthPermitSchema.exactOptional(),
  documents: documentsSchema.exactOptional(),
  commitments: commitmentsSchema.exactOptional(),
  care: careSchema.exactOptional(),
  complaints: complaintsSchema.exactOptional(),
  figures: figuresSchema.exactOptional(),
  tasks: tasksSchema.exactOptional(),
  distress: distressSchema.exactOptional(),
  ratings: ratingsSchema.exactOptional(),
  help: helpSchema.exactOptional(),
  seats: seatsSchema.exactOptional(),
  messages: messagesSchema.exactOptional(),
  notice: noticeLayerSchema.optional(),
})

/** One file of `regions/packs`: what is special in one region. */
export type RegionPackLayer = z.infer<typeof layerSchema>

/**
 * Decodes one pack file. Every field must be there, null where nothing is verified; sections beside `birthRegistration`
 * may be absent. Throws with the field's name.
 */
export function parseRegionPackLayer(data: unknown): RegionPackLayer {
  return layerSchema.parse(data)
}

/** Lays packs over each other, widest first: a fact of a narrower layer wins, a null lets the wider one through. */
export function layerPacks(layers: readonly RegionPackLayer[]): RegionPack {
  const last = layers.at(-1)
  if (!last) throw new Error('A region pack needs at least the layer of the nation')
  const facts = layers.map(layer => layer.birthRegistration)
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
    additionalBirthPermit: layerAdditionalBirthPermit(layers.map(layer => layer.additionalBirthPermit)),
    documents: layerDocuments(layers.map(layer => layer.documents)),
    commitments: layerCommitments(layers.map(layer => layer.commitments)),
    care: layerCare(layers.map(layer => layer.care)),
    complaints: layerComplaints(layers.map(layer => layer.complaints)),
    figures: layerFigures(layers.map(layer => layer.figures)),
    tasks: layerTasks(layers.map(layer => layer.tasks)),
    distress: layerDistress(layers.map(layer => layer.distress)),
    ratings: layerRatings(layers.map(layer => layer.ratings)),
    help: layerHelp(layers.map(layer => layer.help)),
    seats: layerSeats(layers.map(layer => layer.seats)),
    messages: layerMessages(layers.map(layer => layer.messages)),
    officePhone: narrowest(layers.map(layer => layer.officePhone)),
    notice: layerNotice(layers.map(layer => layer.notice)),
  }
}

/** The pack in force at a region code of any length; null or an unknown place gets the nation's. */
export function packFor(packs: readonly RegionPackLayer[], regionCode: string | null): RegionPack {
  return layerPacks(widestFirst(packs.filter(pack => holdsAt(pack, regionCode))))
}
