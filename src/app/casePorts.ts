/** Repositories of what stands beside the cases: the register of documents, and commitments. Part of `Tx`. */
import type { RegisterEntry } from '../domain/certificateRegister.ts'
import type { Commitment } from '../domain/commitment.ts'
import type { Instant } from '../domain/world.ts'

export interface RegisterPort {
  /**
   * Writes documents, by (document, number). One that is there is brought up to date; what was revoked or replaced stays so,
   * and what we issued ourselves is not changed by a book from outside. Answers how many rows are new or changed.
   */
  upsert(entries: readonly RegisterEntry[]): Promise<number>
  /** All documents of this kind that a person has or had, newest first. */
  ofHolder(document: string, idNumber: string): Promise<RegisterEntry[]>
  byNumber(document: string, number: string): Promise<RegisterEntry | null>
  setStatus(id: string, status: RegisterEntry['status'], supersededBy: string | null): Promise<void>
  /** Until then only an officer decides on this entry. */
  lock(id: string, until: Instant): Promise<void>
}

export interface CommitmentPort {
  /** `idNumber`: of the person who vouches; kept as keyed hash only. */
  insert(commitment: Commitment, idNumber: string): Promise<void>
  save(commitment: Commitment): Promise<void>
  ofApplication(applicationId: string): Promise<Commitment[]>
  /** The one that this task is about, under lock. */
  ofTask(taskId: string): Promise<Commitment | null>
  /** Whether this person has one that is broken and not mended, wherever that was. Needs the eyes of the service. */
  hasOpenBreach(idNumber: string): Promise<boolean>
  /** Of granted cases, not drawn yet, oldest first, under lock; those of another worker are left to it. */
  undrawn(limit: number): Promise<Commitment[]>
  /** Found broken and not mended yet, by id after `from`, under lock. */
  broken(from: string, limit: number): Promise<Commitment[]>
}
