import type { Instant } from '../world.ts'

/** What one act of a person allows a platform's account to write of itself: so many messages, for so long. */
export interface WindowRule {
  messages: number
  ms: number
}

export interface Opening {
  at: Instant
  rule: WindowRule
}

/**
 * Messages that may still be written. Each act opens its own window and counts what was written since; the best one counts,
 * since the platform takes a message from any window that still holds one.
 */
export function windowLeft(openings: readonly Opening[], sent: readonly Instant[], now: Instant): number {
  const left = openings
    .filter(({ at, rule }) => at <= now && now - at < rule.ms)
    .map(({ at, rule }) => rule.messages - sent.filter(moment => moment >= at).length)
  return Math.max(0, ...left)
}
