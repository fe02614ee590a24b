import type { ApplicationAction } from './application.ts'
import { foldApplication, statusAfter, type ApplicationState } from './applicationState.ts'
import { addWorkingDays, type WorkCalendar } from './workingDays.ts'
import { addDays, shanghaiDate, startOfDay, type Instant } from './world.ts'

/** What the service does of itself, and when. Numbers of a deployment; each default names its origin in `runtime/`. */
export interface LookRules {
  /** Working days within which materials are accepted or the notice is given (行政许可法 32(4)). */
  silenceDays: number
  /** Hour at which the office closes: the last day ends with its business hours (民法典 203). */
  closingHour: number
  /** Calendar days between the reminder and the day until which a supplement is to come. */
  remindDays: number
  /** Calendar days between the end of a case and the archive. */
  archiveDays: number
}

export interface Look {
  what: 'acceptBySilence' | 'remindSupplement' | 'lapseSupplement' | 'archive'
  at: Instant
}

/**
 * The next thing that the service does of itself in a case, and the moment from which it does it; null when there is none.
 * The five days run from the materials, so a supplement begins them anew. What is decided is archived only when nothing is open
 * any more: no broken commitment. A supplement is reminded of once, at the hour at which offices open, unless the notice came later
 * than that; when its day is over an officer is told. A question that nobody answered holds up nothing; a late answer is still kept.
 */
export function nextLook(
  actions: readonly ApplicationAction[],
  rules: LookRules,
  calendars: readonly WorkCalendar[],
): Look | null {
  const state = foldApplication(actions)
  const last = actions.at(-1)
  switch (state.status) {
    case 'submitted': {
      const { date } = addWorkingDays(calendars, shanghaiDate(state.materialsAt), rules.silenceDays)
      return { what: 'acceptBySilence', at: startOfDay(date) + rules.closingHour * 3_600_000 }
    }
    case 'granted':
    case 'delivered':
    case 'refused':
    case 'withdrawn':
      if (!last || statusAfter(state, { type: 'archived' }) === null) return null
      return { what: 'archive', at: startOfDay(addDays(shanghaiDate(last.at), rules.archiveDays)) }
    case 'waiting':
      return supplementLook(state, actions, rules)
    case 'accepted':
    case 'inReview':
    case 'archived':
      return null
  }
}

/** A reminder in the night helps nobody. */
const MORNING_MS = 9 * 3_600_000

function supplementLook(
  { supplementDue: due, supplementReminded, supplementLapsed }: ApplicationState,
  actions: readonly ApplicationAction[],
  { remindDays }: LookRules,
): Look | null {
  if (due === null || supplementLapsed) return null
  const remindAt = startOfDay(addDays(due, -remindDays)) + MORNING_MS
  const noticedAt = actions.findLast(({ event }) => event.type === 'supplementRequested')?.at ?? 0
  if (!supplementReminded && noticedAt < remindAt) return { what: 'remindSupplement', at: remindAt }
  return { what: 'lapseSupplement', at: startOfDay(addDays(due, 1)) }
}
