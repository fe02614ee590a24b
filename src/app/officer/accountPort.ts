import type { Actor } from '../../domain/application.ts'
import type { Officer } from '../../domain/officer.ts'
import type { Instant } from '../../domain/world.ts'

/** An account as the service alone sees it. */
export interface OwnRecord {
  officer: Officer
  passwordHash: string
  /** The secret of the second factor; null while it is off. */
  totpSecret: string | null
  /** A secret that was shown and not confirmed yet. */
  pending: { secret: string; until: Instant } | null
  recoveryCodesLeft: number
}

/** What officers change of their own accounts. Each change is one transaction with its line in the audit trail. */
export interface AccountStore {
  record(officerId: string): Promise<OwnRecord | null>
  /** Keeps a secret until it is confirmed; takes the place of one that was shown before. */
  keepPending(officerId: string, secret: string, until: Instant): Promise<void>
  /**
   * The pending secret counts from now on, with these recovery codes; its first code is used up, and sessions that no second
   * factor opened end, but the one that is kept. False when another process was faster or the secret is no longer the one that
   * was shown.
   */
  switchOn(change: {
    officer: Officer
    secret: string
    step: number
    codes: string[]
    keep: Uint8Array
    at: Instant
  }): Promise<boolean>
  /** Secret, pending secret and recovery codes go; of `reset` by an administrator the sessions too. */
  switchOff(change: { officer: Officer; by: Actor; reset: { reason: string } | null; at: Instant }): Promise<void>
  /** Uses a recovery code up, for all processes, and writes it down. False when there is no such code left. */
  takeRecoveryCode(officer: Officer, code: string, at: Instant): Promise<boolean>
  /** False when the password is no longer `before`. Ends all sessions but the one that is kept. */
  changePassword(change: {
    officer: Officer
    before: string
    after: string
    keep: Uint8Array
    at: Instant
  }): Promise<boolean>
}

/** Passwords and one-time codes: slow by purpose and with chance, so they live in `runtime/`. */
export interface AccountSecrets {
  verify(password: string, stored: string): Promise<boolean>
  hash(password: string): Promise<string>
  newTotpSecret(): string
  /** The 30-second step at which the code fits, or null. */
  totpStep(secret: string, code: string, at: Instant): number | null
  /** By how many minutes the phone that made this code is ahead (or behind, below zero); null when it fits no time nearby. */
  totpDrift(secret: string, code: string, at: Instant): number | null
}
