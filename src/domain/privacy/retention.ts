import { addDays, startOfDay, type Instant, type LocalDate } from '../world.ts'

/** What may be deleted, kind by kind. Cases, their notices and certificates are not among them: the archive rules keep those. */
export const erasableKinds = [
  'chat',
  'messages',
  'uploads',
  'consents',
  'timers',
  'forms',
  'conversation',
  'account',
] as const
export type ErasableKind = (typeof erasableKinds)[number]

/** Why something was deleted. */
export const erasureCauses = ['retention', 'resident', 'account', 'revoked'] as const
export type ErasureCause = (typeof erasureCauses)[number]

/** Days for which each kind is kept. 个人信息保护法 19: no longer than the purpose needs; no source names days. */
export interface RetentionDays {
  /** Chat, and messages that were sent. */
  chat: number
  /** Photos that became part of no case. */
  uploads: number
  /** Answers of half-filled cases that an officer finished. */
  forms: number
  /** Conversations in which nobody wrote. */
  idle: number
}

/** What was left since before this moment is old enough. */
export function cutOff(today: LocalDate, days: number): Instant {
  return startOfDay(addDays(today, -days))
}
