import type { QuietHours } from '../message/messageRules.ts'
import { shanghaiDate, startOfDay, type Instant } from '../world.ts'
import type { CampaignPlan } from './campaign.ts'

const MINUTE_MS = 60_000
const DAY_MINUTES = 1440
const DAY_MS = DAY_MINUTES * MINUTE_MS
/** Households asked in one transaction: a few hundred milliseconds, and the memory of one batch. */
const BATCH = 200
/** What is due is looked for this often (`jobs/startWorkers.ts`): so much may pass on top of the rest between two batches. */
const WAKE_MS = 2_000

type Pace = Pick<CampaignPlan, 'pacePerMinute'>

/** Households asked at once: no more than what the pace allows in ten seconds, so that a slow campaign is slow all the time. */
export function batchOf({ pacePerMinute }: Pace): number {
  return Math.min(BATCH, Math.max(1, Math.floor(pacePerMinute / 6)))
}

/** Milliseconds until the next batch after one of so many. */
export function restAfter({ pacePerMinute }: Pace, asked: number): number {
  return Math.floor((asked * MINUTE_MS) / pacePerMinute)
}

/** How fast a campaign asks, and between which moments. */
export type Manner = Pick<CampaignPlan, 'opensAt' | 'closesAt' | 'pacePerMinute'>

/**
 * Households whose turn comes before the end at the least, from `now` or from the opening on: nobody is asked in the quiet hours.
 * An idle or broken service asks fewer, and a pause takes its time away.
 */
export function inTime(manner: Manner, quietHours: QuietHours, now: Instant): number {
  const awake = awakeUntil(manner.closesAt, quietHours) - awakeUntil(Math.max(now, manner.opensAt), quietHours)
  const batch = batchOf(manner)
  return Math.max(0, Math.floor(awake / (restAfter(manner, batch) + WAKE_MS)) * batch)
}

/** Milliseconds outside of the quiet hours from the year 1970 on until this moment. */
function awakeUntil(at: Instant, { from, to }: QuietHours): number {
  const today = startOfDay(shanghaiDate(at))
  const awakeToday = (minute: number) => (from > to ? 0 : minute) + Math.min(minute, from) - Math.min(minute, to)
  const days = Math.round((today - startOfDay('1970-01-01')) / DAY_MS)
  return (days * awakeToday(DAY_MINUTES) + awakeToday((at - today) / MINUTE_MS)) * MINUTE_MS
}
