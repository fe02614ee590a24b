import type { ErasableKind, ErasureCause } from '../../domain/privacy/retention.ts'
import type { Instant } from '../../domain/world.ts'

export interface HeldConsent {
  purpose: string
  version: number
  at: Instant
}

/** How much of each kind is there of one resident. */
export interface HeldData {
  turns: number
  messages: number
  uploads: number
  channels: string[]
  consents: HeldConsent[]
}

/** What was deleted, for the proof: kind and number, nothing of whom. */
export interface Erased {
  kind: ErasableKind
  rows: number
}

/** What the age of phones took away. */
export interface LapsedPhones {
  phones: number
  /** Links that hung on them, and ended. */
  links: { householdId: string; residentId: string; regionCode: string }[]
}

/** Personal data of residents over all tables. Needs the eyes of the service; callers say whose, and only the sender's own. */
export interface PrivacyPort {
  held(residentId: string): Promise<HeldData>
  /** Writes down that a consent ended. False when it was not given, or ended before. */
  endConsent(residentId: string, purpose: string, at: Instant): Promise<boolean>
  /** True while a case or a complaint of theirs is undecided. */
  hasOpenCase(residentId: string): Promise<boolean>
  /** Deletes what may be deleted of one resident and writes the proof. */
  erase(residentId: string, cause: ErasureCause, at: Instant): Promise<Erased[]>
  /** Empties what is stored of the chat since then, words and answers; what is still on its way leaves as it is. */
  blankChat(residentId: string, since: Instant): Promise<void>
  /** The account ends; `purge` takes the rest an hour later, when the answer has left. */
  closeAccount(residentId: string, at: Instant): Promise<void>
  /** Deletes sessions, addresses and conversation of a resident. */
  purge(residentId: string, cause: ErasureCause, at: Instant): Promise<void>
  /** Accounts closed before then, of people who did not come back since. */
  closedAccounts(before: Instant, limit: number): Promise<string[]>
  /** Deletes up to `limit` decisions about messages that no cap asks for any more. Answers how many. */
  forgetDecisions(at: Instant, limit: number): Promise<number>
  /**
   * Deletes up to `limit` phones that were last confirmed before `before`, and ends the links that none of their owners' phones
   * proves any more. A case hangs on no phone, so that an open one holds nothing back.
   */
  lapsePhones(before: Instant, at: Instant, limit: number): Promise<LapsedPhones>
  /** Deletes up to `limit` rows of a kind that are older than `before`, never under an open case. Answers how many. */
  deleteOld(kind: ErasableKind, before: Instant, at: Instant, limit: number): Promise<number>
}
