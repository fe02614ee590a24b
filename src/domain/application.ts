import type { Instant, LocalDate } from './world.ts'

/** 事项. Adding one means a folder in `flows/` and entries in `regions/`. */
export const matters = ['birthRegistration', 'additionalBirthPermit', 'certificateReissue'] as const
export type Matter = (typeof matters)[number]

/** The draft is no status: it is a conversation, and nothing of it stands here. */
export const applicationStatuses = [
  'submitted',
  'accepted',
  'inReview',
  'waiting',
  'granted',
  'refused',
  'delivered',
  'archived',
  'withdrawn',
] as const
export type ApplicationStatus = (typeof applicationStatuses)[number]

/** How it was filed: by the resident himself online, by an officer for him online, or at the window. */
export const filingWays = ['self', 'assisted', 'window'] as const
export type FilingWay = (typeof filingWays)[number]

/** Who did it. `officerRole` and `officeRegion` are those at the time, not today's. */
export type Actor =
  | { kind: 'resident'; id: string }
  | { kind: 'officer'; id: string; role: string; regionCode: string }
  | { kind: 'system' }

/** Both due days as they stood when the case was closed: a calendar loaded later does not move them. */
export interface FrozenClocks {
  promiseDue: LocalDate | null
  legalDue: LocalDate | null
  provisional: boolean
}

/**
 * One entry of the append-only log from which the state of an application is folded. Fields that older rows do not have are
 * optional: such a row was filed by the resident himself, and its due days are computed anew.
 */
export type ApplicationEvent =
  | {
      type: 'submitted'
      online: boolean
      /** Somebody filed for the person concerned: a relative, or an officer. */
      assisted: boolean
      way?: FilingWay
      /** The officer at the window or beside the resident; he is the first receiver. */
      officerId?: string | null
      /** Id of a reason (`app.whyNotOnline.…`), for window cases only. */
      whyNotOnline?: string | null
      /** What the officer wrote beside it. */
      whyNotOnlineNote?: string | null
    }
  /** 首接责任人: once, never changed. */
  | { type: 'firstReceived'; officerId: string }
  /** `bySilence`: nobody answered in time (行政许可法 32(4)); `asOf` is then the receipt of the materials. */
  | { type: 'accepted'; bySilence: boolean; asOf: Instant }
  | { type: 'reviewStarted' }
  /** Both clocks stand still from here. `exception`: a second request, which only a supervisor may send, with its reason. */
  | {
      type: 'supplementRequested'
      noticeNumber: string
      due: LocalDate | null
      exception: { officerId: string; reason: string } | null
    }
  /** Ids of uploads and names of materials; the clocks go on. */
  | { type: 'supplemented'; materials: string[] }
  /** Once, before the day that the notice set. `told`: a message went out; false where no chat reaches the person. */
  | { type: 'supplementReminded'; told: boolean }
  /** The day is over and nothing came: an officer was asked to see to it. Nothing else follows by itself. */
  | { type: 'supplementLapsed'; due: LocalDate }
  | { type: 'paused'; reason: string }
  | { type: 'resumed' }
  | { type: 'confirmationRequested'; requestId: string; bureau: string; question: string }
  | { type: 'confirmationAnswered'; requestId: string; answer: 'accepted' | 'rejected'; note: string | null }
  /** An officer looked at a likely double and says it is none; holds until the data are corrected. */
  | { type: 'notDuplicate'; of: string }
  | { type: 'granted'; certificateNumber: string; clocks?: FrozenClocks }
  | { type: 'refused'; reason: string; remedies: string; clocks?: FrozenClocks }
  | { type: 'delivered' }
  | { type: 'archived' }
  | { type: 'withdrawn'; reason: string | null; clocks?: FrozenClocks }
  | { type: 'reopened'; reason: string }
  /** Only the names of fields; the new content stands in a row of its own. */
  | { type: 'corrected'; changes: { field: string; reason: string }[] }
  /** Another place has it from here on: the family moved, or the place was wrong. Codes of villages. */
  | { type: 'moved'; from: string; to: string; reason: string; officerId: string }
  | { type: 'certificateRevoked'; reason: string }
  /** `by`: number of the new certificate. */
  | { type: 'certificateSuperseded'; by: string }
  | { type: 'commitmentMade'; commitmentId: string; material: string; textVersion: number }
  | { type: 'commitmentBroken'; commitmentId: string; correctBy: LocalDate }
  | { type: 'commitmentMended'; commitmentId: string }

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
  /** He said that he asks for himself; absent: for another, or nobody asked him (at a window, on an older revision). */
  forSelf?: boolean
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
