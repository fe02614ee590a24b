/** Repositories of a case's life: looks, corrections, doubles, questions to other bureaus, short codes. Part of `Tx`. */
import type { Json } from '../conversation/types.ts'
import type { Application } from '../domain/application.ts'
import type { Mark } from '../domain/duplicates.ts'
import type { Instant } from '../domain/world.ts'

/** What the repository of applications can besides reading and appending. */
export interface CaseLifePort {
  /** Takes the row for this transaction. False: it is not there, or somebody else has it at this moment. */
  lock(id: string): Promise<boolean>
  /** Ids of applications at which the service itself has to look by then, longest waiting first. */
  toLookAt(at: Instant, limit: number): Promise<string[]>
  /** When to look again; null when nothing will be to do. */
  lookAgain(id: string, at: Instant | null): Promise<void>
  /** What is in force from the action `seq` on; earlier contents stay where they are. */
  correct(
    application: Application,
    correction: { seq: number; content: Application['content']; at: Instant },
  ): Promise<void>
  /**
   * Gives it, with all that hangs on it, to another village, by the rights of the place that has it: by the eyes of an officer
   * there, who sees it no more afterwards, or of the service. False: it is not there.
   */
  move(id: string, places: { from: string; to: string }): Promise<boolean>
  /** By what likely doubles are found; only keyed hashes are stored. Replaces what was there. */
  setMarks(application: Application, marks: readonly Mark[]): Promise<void>
  /** Open or granted cases that carry the same mark as one of these, in whatever place. */
  similar(ids: string[]): Promise<Similar[]>
}

/** Window cases by the key under which they were sent. */
export interface WindowFilings {
  /** Id of the application that this officer filed under this key; null when it is new. */
  find(officerId: string, key: string): Promise<string | null>
  /** @throws {Conflict} when the same call is being taken at the same moment. */
  insert(officerId: string, key: string, application: Application): Promise<void>
}

export interface Similar {
  applicationId: string
  otherId: string
  kind: string
  otherRegion: string
}

/** A question to another bureau. Personal: encrypted at rest. */
export interface ConfirmationRequest {
  id: string
  applicationId: string
  regionCode: string
  residentId: string
  bureau: string
  /** What is asked, and what the bureau is told of the person, by name of the field. */
  question: { text: string; about: Record<string, string> }
  askedAt: Instant
  /** After this no answer is taken. */
  expiresAt: Instant
}

export interface Confirmations {
  insert(request: ConfirmationRequest): Promise<void>
  byId(id: string): Promise<(ConfirmationRequest & { answeredAt: Instant | null }) | null>
  /** Not sent yet and due, oldest first; each is put off until `again`, so that two workers do not send it at once. */
  takeUnsent(at: Instant, again: Instant, limit: number): Promise<ConfirmationRequest[]>
  sent(id: string, at: Instant): Promise<void>
  /** False when it was answered before. */
  answered(id: string, at: Instant): Promise<boolean>
  /** Proof of "may answer this request until then, and nothing else"; nobody makes it without our key. */
  token(id: string, expiresAt: Instant): string
}

/** A code of some minutes and one use. */
export interface ShortCode {
  codeHash: Uint8Array
  purpose: 'assist' | 'invitation' | 'household'
  regionCode: string | null
  residentId: string | null
  officerId: string | null
  /** Encrypted at rest. */
  content: Record<string, Json> | null
  at: Instant
  expiresAt: Instant
}

export interface ShortCodes {
  /** False: another code that is still valid has the same digits; earlier ones of this owner and purpose end. */
  insert(code: ShortCode): Promise<boolean>
  /** Uses it up. Null: unknown, used, or too old. */
  redeem(codeHash: Uint8Array, purpose: ShortCode['purpose'], at: Instant): Promise<ShortCode | null>
}
