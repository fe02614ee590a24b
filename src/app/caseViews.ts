/** What use cases answer: outcomes, and a case as an officer or its resident sees it. */
import type { Application, ApplicationStatus, FilingWay } from '../domain/application.ts'
import type { Certificate } from '../domain/certificate.ts'
import type { Instant, LocalDate } from '../domain/world.ts'

/** A use case that may be refused. Refusals are values; `code` is stable, texts are made at the edge. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; refusal: Refusal }

export interface Refusal {
  code:
    | 'notFound'
    | 'taken'
    | 'staleFence'
    | 'notAllowed'
    | 'ownCase'
    | 'alreadyDone'
    | 'badInput'
    | 'reasonMissing'
    | 'tooMany'
    | 'tooManyReveals'
  /** What is possible now, for 409 answers. */
  allowed?: string[]
  /** Name of the officer who holds it, where that may be said. */
  heldBy?: string
  /** Names of the fields that are wrong. */
  fields?: string[]
}

/** An application as an officer sees it: names, numbers and phones masked. */
export interface ApplicationView {
  id: string
  number: string
  matter: string
  status: ApplicationStatus
  regionCode: string
  regionName: string
  receivedAt: Instant
  promiseDue: string | null
  legalDue: string | null
  dueProvisional: boolean
  fields: { key: string; label: string; value: string; masked: boolean }[]
  log: { at: Instant; type: string; actor: string; note: string | null }[]
  certificateNumber: string | null
  rating: { level: number; reasons: string[]; comment: string | null } | null
  allowedActions: string[]
  taskId: string | null
  way: FilingWay
  /** Why a window case was not filed online, in words; null for others. */
  whyNotOnline: string | null
  /** 首接责任人, who answers for the case whoever has it now. */
  firstReceiver: string | null
  acceptedBySilence: boolean
  paused: boolean
  /** Both clocks stand still. */
  clockStopped: boolean
  /** Numbers of the one-time notices issued on it. */
  notices: string[]
  /** Ids of the photos supplied to it; each is shown against a reason. */
  photos: string[]
  confirmation: { open: boolean; answer: 'accepted' | 'rejected' | null }
  certificateStatus: 'none' | 'valid' | 'revoked' | 'superseded'
  breachOpen: boolean
  /** Cases that may be the same, wherever they are; `id` leads somewhere only in the officer's own place. */
  duplicates: { id: string; place: string; reasons: string[] }[]
}

export interface ResidentApplicationView {
  id: string
  number: string
  matter: string
  status: ApplicationStatus
  receivedAt: Instant
  promiseDue: string | null
  legalDue: string | null
  certificateNumber: string | null
  /** Opens the check page of the certificate; null until there is one. For the holder only. */
  checkCode: string | null
  /** A due day lies beyond the last year whose days off are known. */
  dueProvisional: boolean
  /** Both clocks stand still. */
  clockStopped: boolean
  acceptedBySilence: boolean
  /** Name of the officer who received it first and answers for it. */
  firstReceiver: string | null
  certificateStatus: 'none' | 'valid' | 'revoked' | 'superseded'
  /** What the resident may do: withdraw, supplement. */
  allowedActions: string[]
  /** Numbers of the one-time notices on it, oldest first. */
  notices: string[]
  office: string
  officePhone: string | null
  /** Who works on it now, by name and office; null while nobody has taken it. */
  handler: { name: string; place: string } | null
  /** 催一下 is possible now. */
  mayUrge: boolean
  /** Urged as often as a day allows: from this day on again. */
  urgeFrom: LocalDate | null
}

/** Whose photo it is, for the one who fetches it: a photo of somebody else under this id is none of the case. */
export interface SuppliedPhoto {
  upload: string
  residentId: string
}

/** Everything a 登记凭证 shows. `verifyUrl` holds the check code. */
export interface CertificatePrint {
  certificate: Certificate
  application: Application
  checkCode: string
  /** Number of the certificate that took its place; null while none did. */
  supersededBy: string | null
  /** What it says beside its holder, line by line. */
  lines: { label: string; value: string }[]
  /** Sentences at its foot. */
  notes: string[]
  officeName: string
}
