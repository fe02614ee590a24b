import type { Officer } from '../../domain/officer.ts'
import type { Absence, StaffMember } from '../../domain/staff.ts'
import type { Instant, LocalDate } from '../../domain/world.ts'

/** Who works where, who is away, and what was said to officers. Concerns no resident, so no place hides it: callers check rights. */
export interface StaffPort {
  /** All who could do tasks of these places, at every level, as they stand on this day. */
  around(regionCodes: readonly string[], day: LocalDate): Promise<StaffMember[]>
  /** All who work in a place and below, as they stand on this day, by user name. */
  within(regionCode: string, day: LocalDate): Promise<StaffMember[]>
  insertAbsence(absence: Absence & { by: string; at: Instant }): Promise<void>
  /** Not over and not ended, of officers of a place and below, by first day. */
  absences(regionCode: string, day: LocalDate): Promise<Absence[]>
  /** He is back. False when there is no such absence that still runs. */
  endAbsence(id: string, at: Instant): Promise<boolean>
  /** The officers whose work this one does on this day, each still in office, and none of a rank above his own. */
  standsInFor(officerId: string, day: LocalDate): Promise<Officer[]>
  /** The matters of an officer from now on; empty: all. */
  setMatters(officerId: string, matters: readonly string[]): Promise<void>
  /** Counts one message of this day; false when the cap was reached, and then nothing is to be sent. */
  countMessage(officerId: string, day: LocalDate, cap: number): Promise<boolean>
  /** Officers who had no digest on this day yet. */
  withoutDigest(day: LocalDate, limit: number): Promise<Officer[]>
  /** False when somebody else writes it, or has. */
  claimDigest(officerId: string, day: LocalDate, at: Instant): Promise<boolean>
  /** When he had his last digest before this day, on a day on which he was there; 0: never. */
  lastDigest(officerId: string, before: LocalDate): Promise<Instant>
  /** Forgets counts and digests from before this day; how many rows. */
  forgetBefore(day: LocalDate): Promise<number>
}
