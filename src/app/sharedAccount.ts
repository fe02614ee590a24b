import type { Instant } from '../domain/world.ts'

/** A person as a platform knows them. */
export interface PlatformPerson {
  channel: string
  sender: string
}

/** What a platform says of a message after it took it; `refused`: the person does not want it. */
export const receiptResults = ['received', 'refused', 'lost'] as const
export type ReceiptResult = (typeof receiptResults)[number]

export interface Receipt {
  channel: string
  providerId: string
  result: ReceiptResult
  at: Instant
}

/** A form was allowed or refused by a person, as the platform tells it. `key`: the same when it tells it again. */
export interface ConsentEvent {
  person: PlatformPerson
  templateId: string
  change: 'once' | 'lasting' | 'ended'
  key: string
  at: Instant
}

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
  mayMessage(person: PlatformPerson, at: Instant, limits: { perMinute: number; perHour: number }): Promise<boolean>
  pauses: {
    /** Until when this endpoint rests, and after which failure; null when it does not. */
    of(account: string, endpoint: string, at: Instant): Promise<{ until: Instant; failure: string } | null>
    /** For all processes. A longer rest stays. */
    pause(account: string, endpoint: string, rest: { until: Instant; failure: string }): Promise<void>
  }
  /** Customer-service messages of one person. */
  windows: {
    /** Messages and events of the person and what was written to them, since then. */
    lately(
      person: PlatformPerson,
      since: Instant,
    ): Promise<{ heard: { at: Instant; key: string }[]; sent: { at: Instant; messages: number }[] }>
    noteSent(person: PlatformPerson, at: Instant, messages: number): Promise<void>
  }
  /** Forms of the platform that a person allowed. */
  consents: {
    /** Those among them that may be sent now. */
    allowed(person: PlatformPerson, templateIds: string[]): Promise<string[]>
    /** One was sent: a yes for one time is used up. */
    spend(person: PlatformPerson, templateId: string, at: Instant): Promise<void>
    /** The platform says that there is no yes. */
    end(person: PlatformPerson, templateId: string, at: Instant): Promise<void>
    /** Told by the platform, perhaps again. */
    note(event: ConsentEvent): Promise<void>
  }
  receipts: {
    /** Writes them down, in one statement; what was said of a message before stays. */
    note(receipts: Receipt[]): Promise<void>
  }
}
