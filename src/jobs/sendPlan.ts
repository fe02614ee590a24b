import type { SendFailure, TakenMessage } from '../app/ports.ts'
import type { QuietHours } from '../domain/message/messageRules.ts'
import { addDays, shanghaiDate, startOfDay, type Instant } from '../domain/world.ts'

/** What follows from a failed sending. */
export type SendPlan =
  | { kind: 'retry'; notBefore: Instant; repeat: boolean }
  | { kind: 'otherWay' }
  | { kind: 'final'; status: 'failed' | 'undeliverable' }

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 300_000
/** After four hours of short retries the platform is not coming back in time: a person takes over. */
const GIVE_UP_AFTER_MS = 4 * 3600_000
/** Daily quotas return at midnight; everybody's retries are spread over this time after it. */
const MORNING_SPREAD_MS = 10 * 60_000
/** What waited for an endpoint that rested leaves over this time after it. */
const REOPENING_SPREAD_MS = 10_000
/** A quota that is spent on the third day will not have room on the fourth. */
const DAYS_TRIED = 3

export interface SendMoment {
  now: Instant
  /** In [0, 1): spreads retries, so that a platform that comes back is not met by all at once. */
  chance: number
  /** When the service does not write of its own accord. */
  quietHours: QuietHours | null
}

export function planAfter(failure: SendFailure, message: TakenMessage, moment: SendMoment): SendPlan {
  // Sent twice is worse than perhaps not sent, except where a right hangs on it.
  if (failure.mayHaveArrived && !message.critical) return { kind: 'final', status: 'failed' }
  switch (failure.retry) {
    case 'otherWay':
      return { kind: 'otherWay' }
    case 'soon':
      return soon(failure, message, moment)
    case 'tomorrow':
      // Help is wanted within minutes: whoever is called by this is called another way.
      if (message.purpose === 'distress') return { kind: 'otherWay' }
      return tomorrow(failure, message, moment)
    case 'no':
      return failure.mayHaveArrived ? soon(failure, message, moment) : { kind: 'final', status: 'failed' }
  }
}

function soon(failure: SendFailure, message: TakenMessage, moment: SendMoment): SendPlan {
  const { now, chance } = moment
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(message.attempts - 1, 20), LONGEST_PAUSE_MS)
  const notBefore = Math.max(now + Math.round(pause * (0.5 + chance / 2)), spread(failure, chance))
  if (notBefore - triedSince(message, moment) > GIVE_UP_AFTER_MS) return { kind: 'final', status: 'undeliverable' }
  return { kind: 'retry', notBefore, repeat: failure.mayHaveArrived }
}

/** What was written in the night, or for officers on a day off, waited for the morning; that is no time in which it was tried. */
function triedSince({ createdAt }: TakenMessage, { now, quietHours }: SendMoment): Instant {
  const morning = quietHours ? startOfDay(shanghaiDate(now)) + quietHours.to * 60_000 : createdAt
  return now < morning ? createdAt : Math.max(createdAt, morning)
}

/** Nothing before the way is open again, and then not all at once. */
function spread({ until }: SendFailure, chance: number): Instant {
  return until === undefined ? 0 : until + Math.round(chance * REOPENING_SPREAD_MS)
}

function tomorrow(failure: SendFailure, message: TakenMessage, { now, chance }: SendMoment): SendPlan {
  const midnight = startOfDay(addDays(shanghaiDate(now), 1))
  if (midnight - message.createdAt > DAYS_TRIED * 86_400_000) return { kind: 'final', status: 'undeliverable' }
  return { kind: 'retry', notBefore: midnight + Math.round(chance * MORNING_SPREAD_MS), repeat: failure.mayHaveArrived }
}
