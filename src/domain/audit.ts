import type { Actor } from './application.ts'
import type { Instant, LocalDate } from './world.ts'

/** An entry of the audit trail as it is read. Reasons stay sealed and are left out. */
export interface AuditRecord {
  /** Its number in the trail: a missing one is to be seen. */
  id: string
  at: Instant
  actor: Actor
  action: string
  objectKind: string
  objectId: string
  regionCode: string | null
  detail: Record<string, string | number | boolean | null>
}

export interface AuditQuery {
  /** Entries of this place and of what lies below it. */
  regionCode: string
  /** Also entries that concern no place. */
  withoutRegion: boolean
  /** From this moment on, before that one; null = no end. */
  from: Instant | null
  until: Instant | null
  cursor?: string
  limit: number
}

/** Whether the sealed part of the audit trail is as it was written. */
export interface SealCheck {
  /** Number of the first seal that no longer fits its entries; null = the chain is whole. */
  firstBroken: number | null
  /** When the last seal was made, so up to when it vouches; null while there is none. */
  sealedAt: Instant | null
  /** Seals there are, and entries under them. */
  seals: number
  entries: number
}

/** What a reader of the trail asks for. */
export interface AuditFilter {
  /** First and last day, both counted, Asia/Shanghai; null = no end. */
  from: LocalDate | null
  to: LocalDate | null
  cursor?: string
  limit: number
}
