import { addDays, shanghaiDate, startOfDay, type Instant } from '../world.ts'
import type { MessageRules, QuietHours } from './messageRules.ts'
import { mannersOf, type MessagePurpose } from './purpose.ts'

/** Why a message was not sent. */
export const notSentReasons = ['muted', 'optedOut', 'coolDown', 'capped', 'expired', 'noAddress'] as const
export type NotSentReason = (typeof notSentReasons)[number]

/** A message that somebody wants to send. */
export interface WantedMessage {
  purpose: MessagePurpose
  /** Worth nothing afterwards; null = as the rules have it for its purpose. */
  expiresAt: Instant | null
}

/** How the receiver stands at this moment, read under lock. */
export interface Standing {
  muted: boolean
  /** Purposes that were refused. */
  optedOut: readonly MessagePurpose[]
  /** Whether any way to them is known. */
  reachable: boolean
  /** Messages of capped purposes that went to this household or are on their way, with the moment planned for each. */
  planned: readonly { purpose: MessagePurpose; at: Instant }[]
}

export type MessageVerdict =
  { kind: 'send'; notBefore: Instant; expiresAt: Instant | null } | { kind: 'notSent'; reason: NotSentReason }

const notSent = (reason: NotSentReason): MessageVerdict => ({ kind: 'notSent', reason })

/**
 * Whether and when it goes. What a person decided comes before what a rule says; what is no longer true is not sent at all.
 * Never a moment in the quiet hours, never one past the expiry, never more than the caps in any order of asking.
 */
export function decideMessage(
  wanted: WantedMessage,
  standing: Standing,
  { rules, now }: { rules: MessageRules; now: Instant },
): MessageVerdict {
  const manners = mannersOf[wanted.purpose]
  const expiresAt = wanted.expiresAt ?? usualExpiry(wanted.purpose, rules, now)
  if (manners.endsByMute && standing.muted) return notSent('muted')
  if (manners.mayBeRefused && standing.optedOut.includes(wanted.purpose)) return notSent('optedOut')
  if (!standing.reachable) return notSent('noAddress')
  const notBefore = manners.keepsQuietHours ? endOfQuiet(rules.quietHours, now) : now
  if (isPast(expiresAt, notBefore)) return notSent('expired')
  if (manners.isCapped && coolsDown(wanted.purpose, standing, { rules, at: notBefore })) return notSent('coolDown')
  if (manners.isCapped && isFull(standing, { rules, at: notBefore })) return notSent('capped')
  return { kind: 'send', notBefore, expiresAt }
}

/** Whether a message that waited may still leave at this moment; otherwise when, or that it is too late. Null: no hours are quiet. */
export function mayLeave(
  { purpose, expiresAt }: WantedMessage,
  quietHours: QuietHours | null,
  now: Instant,
): { kind: 'now' } | { kind: 'wait'; until: Instant } | { kind: 'expired' } {
  const until = quietHours && mannersOf[purpose].keepsQuietHours ? endOfQuiet(quietHours, now) : now
  if (isPast(expiresAt, until)) return { kind: 'expired' }
  return until > now ? { kind: 'wait', until } : { kind: 'now' }
}

function usualExpiry(purpose: MessagePurpose, { expiryHours }: MessageRules, now: Instant): Instant | null {
  const hours = expiryHours[purpose]
  return hours === null ? null : now + hours * 3600_000
}

/** From the moment of its expiry on it is past. */
const isPast = (expiresAt: Instant | null, at: Instant) => expiresAt !== null && at >= expiresAt

/** The moment itself, or the end of the quiet hours in which it lies. */
export function endOfQuiet({ from, to }: QuietHours, at: Instant): Instant {
  const today = shanghaiDate(at)
  const minute = (at - startOfDay(today)) / 60_000
  const isQuiet = from <= to ? minute >= from && minute < to : minute >= from || minute < to
  if (!isQuiet) return at
  const day = from > to && minute >= from ? addDays(today, 1) : today
  return startOfDay(day) + to * 60_000
}

/** Whether this moment lies in any of these hours. */
export const isQuiet = (hours: readonly QuietHours[], at: Instant): boolean =>
  hours.some(one => endOfQuiet(one, at) > at)

interface At {
  rules: MessageRules
  at: Instant
}

/** One of the same purpose lies too near, before or after. */
function coolsDown(purpose: MessagePurpose, { planned }: Standing, { rules, at }: At): boolean {
  const apart = rules.coolDownDays[purpose] * 86_400_000
  return planned.some(one => one.purpose === purpose && Math.abs(one.at - at) < apart)
}

/** Whether some stretch of days that holds this moment has as many as it may. Plans need not come in order of their days. */
function isFull({ planned }: Standing, { rules, at }: At): boolean {
  const dayOf = (moment: Instant) =>
    Math.round((startOfDay(shanghaiDate(moment)) - startOfDay('1970-01-01')) / 86_400_000)
  const day = dayOf(at)
  const days = planned.map(one => dayOf(one.at))
  return rules.caps.some(({ days: length, most }) =>
    Array.from({ length }, (_, n) => day - n).some(
      first => days.filter(one => one >= first && one < first + length).length >= most,
    ),
  )
}
