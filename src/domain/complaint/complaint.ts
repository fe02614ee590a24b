import type { Actor } from '../application.ts'
import type { Instant, LocalDate } from '../world.ts'

/** What a complaint is about. Which of these are serious is said by the region pack. */
export const complaintTopics = [
  'attitude',
  'slow',
  'refused',
  'fee',
  'extortion',
  'leak',
  'abuse',
  'suggestion',
  'other',
] as const
export type ComplaintTopic = (typeof complaintTopics)[number]

/** Office complained of; `none`: nobody in particular. */
export const complaintOffices = ['none', 'village', 'town', 'county'] as const
export type ComplaintOffice = (typeof complaintOffices)[number]

/** What was found: true, true in part, not so, or a suggestion that was taken or put aside. */
export const complaintFindings = ['founded', 'partly', 'unfounded', 'taken', 'notTaken'] as const
export type ComplaintFinding = (typeof complaintFindings)[number]

/** In the words of the resident. Personal: encrypted at rest, read by the handler only. */
export interface ComplaintContent {
  words: string
  /** The person complained of, as he was named; null when nobody was. */
  person: string | null
  /** Ids of uploads. */
  photos: string[]
}

export type ComplaintEvent =
  /** `regionCode`: the place that has it from here on. */
  | { type: 'received'; regionCode: string; due: LocalDate; provisional: boolean }
  | { type: 'assigned'; officerId: string }
  | { type: 'answered'; finding: ComplaintFinding; text: string }
  /** The answer helped, says who complained. */
  | { type: 'confirmed' }
  /** It did not: once, and to the level above. `reason`: where it was asked for. */
  | { type: 'reopened'; regionCode: string; due: LocalDate; provisional: boolean; reason?: string }
  /** To another place of the service (`regionCode`), or to an office outside of it (null). */
  | { type: 'handedOver'; regionCode: string | null; office: string; reason: string }
  /** Its day passed without an answer. */
  | { type: 'lapsed' }
  | { type: 'closed'; why: ClosedWhy }

/** `silence`: nobody said whether the answer helped; `final`: answered a second time. */
export const closedWhys = ['confirmed', 'anonymous', 'silence', 'final', 'outside'] as const
export type ClosedWhy = (typeof closedWhys)[number]

export interface ComplaintAction {
  complaintId: string
  /** 1, 2, 3 … without gaps. */
  seq: number
  at: Instant
  actor: Actor
  event: ComplaintEvent
}

/** 投诉建议: one of a resident, or of nobody known. */
export interface Complaint {
  id: string
  number: string
  /** Null: anonymous. No handler sees who it was, and nobody is told the answer. */
  residentId: string | null
  topic: ComplaintTopic
  serious: boolean
  office: ComplaintOffice
  /** Where it happened. */
  placeCode: string
  receivedAt: Instant
  content: ComplaintContent
  /** Officers who never see it: those complained of. */
  hiddenFrom: string[]
  actions: ComplaintAction[]
}
