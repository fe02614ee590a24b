import type { Matter } from '../application.ts'
import type { MaterialDetail } from '../packs/noticeSection.ts'
import type { Material } from '../packs/material.ts'
import type { Instant, LocalDate } from '../world.ts'

/** `information`: asked for, before or beside a case. `supplement`: issued on a case, with all its gaps at once. */
export const noticeKinds = ['information', 'supplement'] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** What a material may depend on. */
export type Circumstance = Material['when'][number]

/** What is known of this person's circumstances; absent = not known. */
export type Situation = Partial<Record<Circumstance, boolean>>

/** A fact as it is told, with where it comes from. A null value is told as 请向当地核实. */
export interface Told<T> {
  value: T | null
  source: string | null
  /** Day on which the source was last read. */
  checked: LocalDate | null
  byAnalogy: boolean
}

export interface NoticeMaterial {
  id: string
  /** As it was called on the day of issue. */
  name: string
  /** Null: nothing but the name is verified. */
  detail: MaterialDetail | null
  /** Needed only where one of these holds, and it is not known whether it does. Empty: needed. */
  onlyIf: Circumstance[]
}

/** One thing that is missing or wrong. */
export interface NoticeGap {
  what: string
  wrong: string
  mend: string
  /** Ground on which it may be asked for at all (行政许可法 31). */
  ground: string
}

/** Who allowed a second notice, and why. It counts as a fault of the office. */
export interface NoticeException {
  officer: string
  reason: string
}

/**
 * Everything a 一次性告知书 says (行政许可法 30, 32), as it was on the day of issue. Frozen: it is kept as issued and never
 * computed anew.
 */
export interface NoticeContent {
  /** Form of this object. */
  format: 1
  number: string
  /** 1, 2 … on one case: a second one is an exception. */
  edition: number
  kind: NoticeKind
  issuedOn: LocalDate
  matter: Matter
  /** Document that is asked for again; null in other matters. */
  documentName: string | null
  /** False: abolished here, nobody needs to apply. */
  needed: Told<boolean>
  itemType: Told<string>
  /** Masked; null when nobody gave a name. */
  applicant: string | null
  applicationNumber: string | null
  region: { code: string; name: string }
  grounds: Told<string[]>
  whoMay: Told<string>
  materials: Told<NoticeMaterial[]>
  gaps: NoticeGap[]
  /** Day until which the gaps are to be mended; null when none are. */
  supplementBy: LocalDate | null
  supplementProvisional: boolean
  ifNothingSent: Told<string>
  steps: Told<string[]>
  legalDays: Told<number>
  promiseDays: Told<number>
  /** Which office is in charge, as the rule says it, and where it is. */
  where: Told<string>
  address: Told<string>
  onlineEntry: Told<string>
  openingHours: Told<string>
  fee: Told<string>
  otherOffices: Told<string[]>
  remedies: Told<string>
  office: string
  officePhone: string | null
  complaintPhone: Told<string>
  /** Name of the 首接责任人; null until somebody has the case. */
  firstReceiver: string | null
  exception: NoticeException | null
}

/** A notice as it is kept. Its content is stored under this hash of its very text. */
export interface Notice {
  number: string
  kind: NoticeKind
  matter: Matter
  edition: number
  applicationId: string | null
  residentId: string
  regionCode: string
  issuedAt: Instant
  content: NoticeContent
  /** SHA-256 of the stored text of the content, in hexadecimal. */
  hash: string
}

/** What became of it. `read`: the holder opened it for the first time; `confirmed`: he said that he has it. */
export const noticeEventTypes = ['issued', 'read', 'confirmed'] as const
export type NoticeEventType = (typeof noticeEventTypes)[number]

/** When each of them happened first; null = not yet. */
export type NoticeTimes = Record<NoticeEventType, Instant | null>
