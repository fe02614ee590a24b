import type { Walk } from './machine.ts'
import type { Instant } from '../domain/world.ts'
import { QUIET_FROM_HOUR, QUIET_TO_HOUR } from './settings.ts'

const HOUR = 3600_000
const DAY = 24 * HOUR

/** China has used UTC+8 without daylight saving since 1991; plain arithmetic, because every turn sets a timer. */
const SHANGHAI_OFFSET = 8 * HOUR

/** The same moment, or 08:00 when it falls into the quiet hours of Shanghai. */
export function outOfQuietHours(at: Instant): Instant {
  const midnight = at - ((at + SHANGHAI_OFFSET) % DAY)
  const hour = (at - midnight) / HOUR
  if (hour >= QUIET_FROM_HOUR) return midnight + DAY + QUIET_TO_HOUR * HOUR
  return hour < QUIET_TO_HOUR ? midnight + QUIET_TO_HOUR * HOUR : at
}

/**
 * One timer stands at a time: the reminder while the session waits, afterwards (or where nobody is reminded)
 * the end. It carries this turn's id, so that any later word of the person makes it stale.
 */
export function setTimer({ session, flow, turn }: Walk): void {
  const { now, turnId } = turn.context
  const { remindAfterHours, expireAfterDays } = flow.settings
  session.turnId = turnId
  if (session.status !== 'handedOff' && !session.reminded && remindAfterHours !== null) {
    const dueAt = outOfQuietHours(now + remindAfterHours * HOUR)
    turn.effects.push({ type: 'setTimer', sessionId: session.id, name: 'remind', dueAt, turnId })
    return
  }
  const dueAt = outOfQuietHours(now + expireAfterDays * DAY)
  turn.effects.push({ type: 'setTimer', sessionId: session.id, name: 'expire', dueAt, turnId })
}
