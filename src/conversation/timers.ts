import type { Turn, Walk } from './machine.ts'
import { currentStep, rootOf } from './places.ts'
import type { Instant } from '../domain/world.ts'
import { QUIET_FROM_HOUR, QUIET_TO_HOUR, type Settings } from './settings.ts'
import type { Session } from './types.ts'

const HOUR = 3600_000
const DAY = 24 * HOUR

/** Stands before the turn's id for the session, in the timer of an invitation that waits for its hour. */
export const INVITED_TIMER = 'invited:'

/** China has used UTC+8 without daylight saving since 1991; plain arithmetic, because every turn sets a timer. */
const SHANGHAI_OFFSET = 8 * HOUR

/** The same moment, or 08:00 when it falls into the quiet hours of Shanghai. */
export function outOfQuietHours(at: Instant): Instant {
  const midnight = Math.floor((at + SHANGHAI_OFFSET) / DAY) * DAY - SHANGHAI_OFFSET
  const hour = (at - midnight) / HOUR
  if (hour >= QUIET_FROM_HOUR) return midnight + DAY + QUIET_TO_HOUR * HOUR
  return hour < QUIET_TO_HOUR ? midnight + QUIET_TO_HOUR * HOUR : at
}

/**
 * One timer stands at a time: the next reminder while the session waits, afterwards (or where nobody is reminded) the
 * end. It carries this turn's id, so that any later word of the person makes it stale.
 */
export function setTimer(walk: Walk): void {
  const { session, turn } = walk
  const { now, turnId } = turn.context
  const { remindAfterHours, remindAtMost, expireAfterDays } = silenceOf(walk)
  session.turnId = turnId
  const reminds = remindAfterHours !== null && (session.reminders ?? 0) < remindAtMost
  if (reminds && session.status !== 'handedOff') {
    const dueAt = outOfQuietHours(now + remindAfterHours * HOUR)
    turn.effects.push({ type: 'setTimer', sessionId: session.id, name: 'remind', dueAt, turnId })
    return
  }
  const dueAt = outOfQuietHours(now + expireAfterDays * DAY)
  turn.effects.push({ type: 'setTimer', sessionId: session.id, name: 'expire', dueAt, turnId })
}

/** The flow in which the session began says how silence is met; the step at which it waits may say otherwise. */
export function silenceOf({ session, flow, turn }: Walk): Settings {
  const root = rootOf(session)
  const { settings } = root === session ? flow : (turn.library.flow(root.flow, root.revision) ?? flow)
  const { source } = currentStep(flow, session)
  if (!('silence' in source) || !source.silence) return settings
  const { remindAfterHours = settings.remindAfterHours, remindAtMost = settings.remindAtMost } = source.silence
  return { ...settings, remindAfterHours, remindAtMost }
}

/** Sets and answers when a draft that is put away now is to be deleted. */
export function setDraftTimer(turn: Turn, draft: Session, { keepDraftDays }: Settings): Instant {
  const { now, turnId } = turn.context
  draft.turnId = turnId
  const dueAt = now + keepDraftDays * DAY
  turn.effects.push({ type: 'setTimer', sessionId: draft.id, name: 'expire', dueAt, turnId })
  return dueAt
}
