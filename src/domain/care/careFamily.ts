import type { Actor } from '../application.ts'
import type { Instant, LocalDate } from '../world.ts'

/** A day that comes every year, by the calendar by which the family counts it. */
export interface YearlyDay {
  calendar: 'solar' | 'lunar'
  month: number
  day: number
}

/** One who is looked after. No identity number, no diagnosis: what a visit needs and no more (个人信息保护法 6). */
export interface CarePerson {
  name: string
  birthday: YearlyDay | null
}

/** What the family said yes to: purpose `care`, this version of the words, and how it was said. */
export interface CareConsent {
  version: number
  at: Instant
  way: 'chat' | 'paper' | 'spoken'
}

/** 双岗联系人: one leading cadre of the town, one cadre of the village. Null: nobody, which is a gap. */
export interface ContactPair {
  leader: string | null
  cadre: string | null
}
export type ContactPost = keyof ContactPair
export const contactPosts = ['leader', 'cadre'] as const satisfies readonly ContactPost[]

/** Why somebody goes there at once, or why a family was proposed. */
export const careOccasions = ['bereavement', 'illness', 'accident', 'disaster', 'distress', 'asked'] as const
export type CareOccasion = (typeof careOccasions)[number]

/** What a family may need, as the seeds name it: company to the hospital, a doctor, counselling, daily care, policy, talk. */
export const careNeeds = [
  'accompany',
  'familyDoctor',
  'counselling',
  'dailyCare',
  'oldAge',
  'policy',
  'talk',
  'other',
] as const
export type CareNeed = (typeof careNeeds)[number]

/** How the person seemed that day, in words a contact can choose without judging. */
export const careMoods = ['good', 'calm', 'low', 'worrying'] as const
export type CareMood = (typeof careMoods)[number]

export const visitWays = ['home', 'phone', 'met'] as const
export type VisitWay = (typeof visitWays)[number]

export const helperKinds = ['socialWorker', 'volunteer', 'doctor', 'association'] as const
export type HelperKind = (typeof helperKinds)[number]

export interface CareHelper {
  id: string
  kind: HelperKind
  name: string
  phone: string | null
}

/** 家庭医生签约. */
export interface FamilyDoctor {
  name: string
  clinic: string
  phone: string | null
  since: LocalDate
}

/** 就医绿色通道: the hospital of the agreement, where to go there, and whom to ask for. */
export interface AgreementHospital {
  name: string
  desk: string
  phone: string | null
}

/** A written visit: the evidence on which its task closes. */
export interface CareVisit {
  id: string
  on: LocalDate
  way: VisitWay
  mood: CareMood
  /** How it went. */
  words: string
  needs: CareNeed[]
  promise: { words: string; by: LocalDate } | null
}

/** A helper goes along at this day and hour. He sees this and no more. */
export interface CareErrand {
  id: string
  helperId: string
  need: CareNeed
  on: LocalDate
  /** `09:30`. */
  time: string
  /** Where they meet. */
  place: string
}

export const careEndings = ['withdrawn', 'moved', 'notWanted', 'died'] as const
export type CareEnding = (typeof careEndings)[number]

/** One line of the append-only log of a family. */
export type CareEvent =
  /** `phone` is missing in logs from before it was kept. */
  | { type: 'proposed'; occasion: CareOccasion; name: string | null; phone?: string | null }
  | { type: 'registered'; consent: CareConsent; people: CarePerson[]; phone: string | null; address: string | null }
  | { type: 'corrected'; people: CarePerson[]; phone: string | null; address: string | null }
  /** `why`: an officer left, or was sent elsewhere. */
  | { type: 'contactSet'; post: ContactPost; officerId: string | null; why: 'chosen' | 'departure' }
  | { type: 'introduced'; officerId: string; told: boolean }
  | { type: 'doctorSet'; doctor: FamilyDoctor | null }
  | { type: 'hospitalSet'; hospital: AgreementHospital | null }
  | { type: 'datesSet'; dates: YearlyDay[] }
  | { type: 'helperAdded'; helper: CareHelper }
  | { type: 'helperEnded'; id: string }
  | { type: 'occurred'; occasion: CareOccasion }
  /** A visit fell due by the plan, and its task is there. */
  | { type: 'planned'; key: string; taskId: string }
  | { type: 'visited'; visit: CareVisit; taskId: string | null; promiseTaskId: string | null }
  | { type: 'promiseKept'; visitId: string; words: string }
  | { type: 'errandSet'; errand: CareErrand }
  | { type: 'errandEnded'; id: string; how: 'done' | 'cancelled' }
  | { type: 'cardIssued'; number: string }
  | { type: 'cardEnded'; number: string }
  | { type: 'ended'; why: CareEnding }

export interface CareAction {
  familyId: string
  seq: number
  at: Instant
  actor: Actor
  event: CareEvent
}

/** 特殊家庭 as it is kept: who they are in other tables, and the log from which everything else is folded. */
export interface CareFamily {
  id: string
  /** Village code, 12 digits. */
  regionCode: string
  /** Who of them writes in chat; only links that were proved. */
  residentIds: string[]
  householdId: string | null
  actions: CareAction[]
}
