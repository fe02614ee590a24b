import type { Json, Reply } from '../conversation/types.ts'
import type { MessagePurpose } from '../domain/message/purpose.ts'
import type { Instant } from '../domain/world.ts'

export const channelNames = ['wechat-official', 'wecom', 'miniprogram', 'web', 'bot'] as const
export type ChannelName = (typeof channelNames)[number]

/** Whether a message there wakes somebody. A page only shows what stands there to whoever opens it, by night too. */
export const rings = (channel: ChannelName): boolean => channel !== 'web'

export interface OutboxMessage {
  id: string
  residentId: string
  channel: ChannelName
  /** Decrypted only for the sender. */
  sender: string
  replies: Reply[]
  /** Unique: a retried cause does not send twice. */
  dedupeKey: string
  /** Certificates and benefits: an unknown outcome is sent again, marked as repeat. Others are not. */
  critical: boolean
  status: OutboxStatus
  attempts: number
  /** True when an earlier sending may have arrived: the text says so. */
  repeat?: boolean
  notBefore: Instant
  createdAt: Instant
  /** Absent: an answer, or word about a case. */
  purpose?: MessagePurpose
  /** Word about a case that he did not just ask for: it keeps the quiet hours. An answer never waits. */
  unasked?: boolean
  /** By what template a platform that shows only those can say it. */
  notice?: MessageNotice
  /** Worth nothing from then on: not sent any more. */
  expiresAt?: Instant | null
}

/** A sentence by its key in `locales/`, with what stands in it. */
export interface MessageNotice {
  key: string
  values: Record<string, Json>
  url?: string
}

/** Name of the failure by which a message went back because it would have left in the quiet hours. */
export const WAITS_FOR_MORNING = 'quietHours'

export const outboxStatuses = ['created', 'sending', 'sent', 'failed', 'undeliverable'] as const
export type OutboxStatus = (typeof outboxStatuses)[number]
