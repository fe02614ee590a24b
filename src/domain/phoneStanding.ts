import type { RetentionDays } from './privacy/retention.ts'
import { addDays, shanghaiDate, type Instant, type LocalDate } from './world.ts'

/**
 * How it stands with somebody's own phone. `longAgo`: it was confirmed long ago and runs out soon, so he is asked for it again;
 * `ask`: none is confirmed; `later`: he said no not long ago.
 */
export const phoneStandings = ['confirmed', 'longAgo', 'ask', 'later'] as const
export type PhoneStanding = (typeof phoneStandings)[number]

/** What is known of it. */
export interface KnownPhone {
  /** The last time; null: none is confirmed, or it was too long ago and is deleted. */
  confirmedAt: Instant | null
  refusedAt: Instant | null
  /** Whether he gets a household's messages by it: only then something is lost when it runs out. */
  speaks: boolean
}

type PhoneDays = Pick<RetentionDays, 'phones' | 'phonesAskAgain'>

/** Who said no is not asked again for so long. Product default: no rule names a time, and asking again soon would be pressing. */
const ASK_AGAIN_MS = 90 * 86_400_000

/** The last day on which a confirmation counts; the night after it takes it away. */
export function phoneCountsTo(confirmedAt: Instant, { phones }: Pick<PhoneDays, 'phones'>): LocalDate {
  return addDays(shanghaiDate(confirmedAt), phones)
}

/** Whether to ask for it. A number that was given up is given out again, so no confirmation counts for ever. */
export function phoneStanding(
  { confirmedAt, refusedAt, speaks }: KnownPhone,
  now: Instant,
  days: PhoneDays,
): PhoneStanding {
  if (confirmedAt !== null && !(speaks && isLongAgo(confirmedAt, now, days))) return 'confirmed'
  const isRefused = refusedAt !== null && now < refusedAt + ASK_AGAIN_MS
  if (isRefused) return 'later'
  return confirmedAt === null ? 'ask' : 'longAgo'
}

function isLongAgo(confirmedAt: Instant, now: Instant, days: PhoneDays): boolean {
  return shanghaiDate(now) >= addDays(phoneCountsTo(confirmedAt, days), -days.phonesAskAgain)
}
