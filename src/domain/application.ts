import type { Instant, LocalDate } from './world.ts'

/** 事项. Adding one means a folder in `flows/` and entries in `regions/`. */
export const matters = ['birthRegistration'] as const
export type Matter = (typeof matters)[number]

export const applicationStatuses = ['submitted', 'accepted', 'granted', 'refused', 'delivered', 'withdrawn'] as const
export type ApplicationStatus = (typeof applicationStatuses)[number]

/** Who did it. `officerRole` and `officeRegion` are those at the time, not today's. */
export type Actor =
  | { kind: 'resident'; id: string }
  | { kind: 'officer'; id: string; role: string; regionCode: string }
  | { kind: 'system' }

/** One entry of the append-only log from which the state of an application is folded. */
export type ApplicationEvent =
  | { type: 'submitted'; online: boolean; assisted: boolean }
  | { type: 'accepted'; bySilence: boolean; asOf: Instant }
  | { type: 'granted'; certificateNumber: string }
  | { type: 'refused'; reason: string; remedies: string }
  | { type: 'delivered' }
  | { type: 'withdrawn'; reason: string | null }

export interface ApplicationAction {
  applicationId: string
  /** 1, 2, 3 … without gaps; unique per application, so that two writers cannot both append. */
  seq: number
  at: Instant
  actor: Actor
  event: ApplicationEvent
}

/** What a resident declared in a birth registration. Dates are solar; `regionCode` has 12 digits where the village is known. */
export interface BirthRegistration {
  registrant: 'mother' | 'father' | 'proxy'
  applicantName: string
  applicantId: string
  phone: string
  /** Present when somebody registers for the parents. */
  proxy: { name: string; relation: string; consentAt: Instant } | null
  stage: 'expecting' | 'born'
  /** Expected or actual date of birth. */
  birthDate: LocalDate
  childName: string | null
  earlierChildren: number
  /** Null where the region pack does not ask. */
  married: boolean | null
  regionCode: string
  regionName: string
}

export interface Application {
  id: string
  number: string
  matter: Matter
  regionCode: string
  residentId: string
  receivedAt: Instant
  content: BirthRegistration
  actions: ApplicationAction[]
}
