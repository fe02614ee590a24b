import type { Instant } from '../domain/world.ts'

/** What the processes of the service share of an account on a platform, so that any number of them act as one. */
export interface SharedAccount {
  tokens: {
    get(account: string): Promise<{ value: string; refreshAt: Instant } | null>
    put(account: string, token: { value: string; refreshAt: Instant }): Promise<void>
    /** Removes the token only if it is still this one. */
    drop(account: string, value: string): Promise<void>
    /** Runs one refresh at a time over all processes. */
    lock<T>(account: string, run: () => Promise<T>): Promise<T>
  }
  /** Takes a place for one message to this person; false when as many as the platform shows were sent. */
  mayMessage(
    person: { channel: string; sender: string },
    at: Instant,
    limits: { perMinute: number; perHour: number },
  ): Promise<boolean>
}
