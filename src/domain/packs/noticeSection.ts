import { z } from 'zod'
import { matters, type Matter } from '../application.ts'
import { knownFact as fact, narrowestFact as narrowest, type Fact } from './fact.ts'

/** What is known of one paper beside its name. Null: nobody has verified it, and the notice says 请向当地核实. */
export interface MaterialDetail {
  /** In which form it is handed in: 表格, 证件照片 … */
  form: string | null
  copies: number | null
  original: 'original' | 'copy' | 'either' | null
  issuer: string | null
  whereToGet: string | null
  /** What may stand in its place; an empty list: nothing may. */
  replacedBy: ('pledge' | 'dataExchange')[] | null
}

/** What a notice says of one matter beyond what the pack's own section of that matter holds. */
export interface NoticeItem {
  /** 事项类型: 行政确认, 行政许可, 公共服务 … */
  itemType: Fact<string>
  grounds: Fact<string[]>
  steps: Fact<string[]>
  fee: Fact<string>
  /** Other offices of a joint matter, in their order. */
  otherOffices: Fact<string[]>
}

/** The part of a region pack that one-time notices need (行政许可法 30, 32). Absent in a layer: it knows nothing here. */
export interface NoticeSection {
  address: Fact<string>
  openingHours: Fact<string>
  complaintPhone: Fact<string>
  /** Working days within which all gaps must be told at once; after them the case counts as accepted. */
  noticeDays: Fact<number>
  /** Working days a resident has to send what is missing, when the officer names no day. */
  supplementDays: Fact<number>
  /** What happens when nothing is sent until then. */
  ifNothingSent: Fact<string>
  remedies: Fact<string>
  /** Who may send a second notice, with a reason. */
  exceptionRoles: Fact<('town' | 'county')[]>
  items: Record<Matter, NoticeItem>
  /** By id of the material. */
  materials: Record<string, Fact<MaterialDetail>>
}

const text = z.string().min(1)
const days = z.int().min(0).max(365)

const detail = z.strictObject({
  form: text.nullable(),
  copies: z.int().min(1).max(20).nullable(),
  original: z.enum(['original', 'copy', 'either']).nullable(),
  issuer: text.nullable(),
  whereToGet: text.nullable(),
  replacedBy: z.array(z.enum(['pledge', 'dataExchange'])).nullable(),
})

const itemLayer = z
  .strictObject({
    itemType: fact(text),
    grounds: fact(z.array(text).min(1)),
    steps: fact(z.array(text).min(1)),
    fee: fact(text),
    otherOffices: fact(z.array(text)),
  })
  .partial()

/** The section in one file of `regions/packs`: what is absent is not known there, and the wider layer speaks. */
export const noticeLayerSchema = z
  .strictObject({
    address: fact(text),
    openingHours: fact(text),
    complaintPhone: fact(text),
    noticeDays: fact(days),
    supplementDays: fact(days),
    ifNothingSent: fact(text),
    remedies: fact(text),
    exceptionRoles: fact(z.array(z.enum(['town', 'county'])).min(1)),
    items: z.partialRecord(z.enum(matters), itemLayer),
    materials: z.record(z.string().regex(/^[a-zA-Z]+$/), fact(detail)),
  })
  .partial()

export type NoticeLayer = z.infer<typeof noticeLayerSchema>
type ItemLayer = z.infer<typeof itemLayer>

/** Lays the sections over each other, widest first. Layers without the section are undefined. */
export function layerNotice(given: readonly (NoticeLayer | undefined)[]): NoticeSection {
  const layers = given.filter(layer => layer !== undefined)
  const ids = new Set(layers.flatMap(layer => Object.keys(layer.materials ?? {})))
  const item = (matter: Matter) => layerItem(layers.map(layer => layer.items?.[matter]))
  return {
    address: narrowest(layers.map(layer => layer.address)),
    openingHours: narrowest(layers.map(layer => layer.openingHours)),
    complaintPhone: narrowest(layers.map(layer => layer.complaintPhone)),
    noticeDays: narrowest(layers.map(layer => layer.noticeDays)),
    supplementDays: narrowest(layers.map(layer => layer.supplementDays)),
    ifNothingSent: narrowest(layers.map(layer => layer.ifNothingSent)),
    remedies: narrowest(layers.map(layer => layer.remedies)),
    exceptionRoles: narrowest(layers.map(layer => layer.exceptionRoles)),
    items: {
      birthRegistration: item('birthRegistration'),
      additionalBirthPermit: item('additionalBirthPermit'),
      certificateReissue: item('certificateReissue'),
    },
    materials: Object.fromEntries([...ids].map(id => [id, narrowest(layers.map(layer => layer.materials?.[id]))])),
  }
}

function layerItem(layers: (ItemLayer | undefined)[]): NoticeItem {
  return {
    itemType: narrowest(layers.map(layer => layer?.itemType)),
    grounds: narrowest(layers.map(layer => layer?.grounds)),
    steps: narrowest(layers.map(layer => layer?.steps)),
    fee: narrowest(layers.map(layer => layer?.fee)),
    otherOffices: narrowest(layers.map(layer => layer?.otherOffices)),
  }
}
