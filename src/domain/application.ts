import type { Instant, LocalDate } from './world.ts'

/** 事项. Adding one means a folder in `flows/` and entries in `regions/`. */
export const matters = ['birthRegistration', 'additionalBirthPermit', 'certificateReissue'] as const
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

/** Who asks, and where: the same in every matter. `regionCode` has 12 digits where the village is known. */
export interface Filing {
  applicantName: string
  applicantId: string
  phone: string
  /** Present when somebody files for the person concerned. */
  proxy: { name: string; relation: string; consentAt: Instant } | null
  regionCode: string
  regionName: string
}

/** What a resident declared in a birth registration. Dates are solar. */
export interface BirthRegistration extends Filing {
  registrant: 'mother' | 'father' | 'proxy'
  stage: 'expecting' | 'born'
  /** Expected or actual date of birth. */
  birthDate: LocalDate
  childName: string | null
  earlierChildren: number
  /** Null where the region pack does not ask. */
  married: boolean | null
}

/** What a resident declared for a 再生育证, where the region pack still has it. */
export interface AdditionalBirthPermit extends Filing {
  spouseName: string | null
  spouseId: string | null
  livingChildren: number
  /** Id of a ground in the region pack. */
  ground: string
}

/** 补证 (lost), 换证 (damaged, or the data changed) of a document named in the region pack. */
export interface CertificateReissue extends Filing {
  /** Id of the document in the region pack. */
  document: string
  reason: 'lost' | 'damaged' | 'changed'
  /** As the resident remembers it. */
  oldNumber: string | null
  /** What is different now, in his words; null unless the data changed. */
  change: string | null
}

interface Case<M extends Matter, Content extends Filing> {
  id: string
  number: string
  matter: M
  regionCode: string
  residentId: string
  receivedAt: Instant
  content: Content
  actions: ApplicationAction[]
}

export type BirthRegistrationCase = Case<'birthRegistration', BirthRegistration>
export type AdditionalBirthPermitCase = Case<'additionalBirthPermit', AdditionalBirthPermit>
export type CertificateReissueCase = Case<'certificateReissue', CertificateReissue>

export type Application = BirthRegistrationCase | AdditionalBirthPermitCase | CertificateReissueCase
