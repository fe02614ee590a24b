import type { ApplicationAction, ApplicationEvent, FrozenClocks } from './application.ts'
import type { Limits } from './packs/limits.ts'
import { dueDates, type DueDates, type WorkCalendar } from './workingDays.ts'
import { shanghaiDate, type Instant, type LocalDate } from './world.ts'

/** Days that do not count: those after `after` up to and with `until`; null while the pause lasts. */
export interface Pause {
  after: LocalDate
  until: LocalDate | null
}

/** Both clocks of a case. While `stopped` the days are those that would hold if it went on at once. */
export interface Clocks extends DueDates {
  stopped: boolean
  /**
   * The union of all reasons to stand still, in order. Those that are over never touch the next; the one that lasts may
   * begin on the day on which the last one ended, as only what is over has moved the days.
   */
  pauses: readonly Pause[]
}

/** Why a clock stands still. Reasons may overlap; only when the last one ends does it go on. */
type Stop = 'supplement' | 'pause' | 'closed'

interface Run {
  stops: ReadonlySet<Stop>
  since: Instant
  pauses: Pause[]
  frozen: FrozenClocks | null
}

/** What an event does to the reasons. A decision ends the others: the case is closed, whatever it waited for. */
function stopsAfter(stops: ReadonlySet<Stop>, event: ApplicationEvent): ReadonlySet<Stop> {
  const without = (stop: Stop) => new Set([...stops].filter(other => other !== stop))
  switch (event.type) {
    case 'supplementRequested':
      return new Set([...stops, 'supplement'])
    case 'supplemented':
      return without('supplement')
    case 'paused':
      return new Set([...stops, 'pause'])
    case 'resumed':
      return without('pause')
    case 'granted':
    case 'refused':
    case 'withdrawn':
      return new Set<Stop>(['closed'])
    case 'reopened':
      return new Set()
    case 'submitted':
    case 'supplementReminded':
    case 'supplementLapsed':
    case 'firstReceived':
    case 'accepted':
    case 'reviewStarted':
    case 'confirmationRequested':
    case 'confirmationAnswered':
    case 'notDuplicate':
    case 'delivered':
    case 'archived':
    case 'corrected':
    case 'moved':
    case 'certificateRevoked':
    case 'certificateSuperseded':
    case 'commitmentMade':
    case 'commitmentBroken':
    case 'commitmentMended':
      return stops
  }
}

function step(run: Run, { event, at }: ApplicationAction): Run {
  const stops = stopsAfter(run.stops, event)
  const frozen = 'clocks' in event ? (event.clocks ?? null) : event.type === 'reopened' ? null : run.frozen
  const next = { ...run, stops, frozen }
  // What a closed case waited for ends with it, so that the time since the decision is a pause of its own.
  const closing = stops.has('closed') && !run.stops.has('closed')
  if (run.stops.size === 0 && stops.size > 0) return { ...next, since: at }
  if (run.stops.size > 0 && (stops.size === 0 || closing)) return { ...next, since: at, pauses: withPause(run, at) }
  return next
}

function withPause({ pauses, since }: Run, at: Instant): Pause[] {
  const pause = { after: shanghaiDate(since), until: shanghaiDate(at) }
  const last = pauses.at(-1)
  if (pause.after === pause.until) return pauses
  // The next pause begins on the day on which the last one ended: no day between them counts.
  if (last?.until === pause.after) return [...pauses.slice(0, -1), { ...last, until: pause.until }]
  return [...pauses, pause]
}

/**
 * Both clocks of a case, from its actions and the calendar alone. The day of receipt does not count (民法典 201), nor do the
 * days of a pause: the day on which it begins still counts, the day on which it ends does not, as on receipt. A closed case
 * keeps the days that its decision wrote down, whatever calendar is loaded later.
 */
export function clocksOf(
  actions: readonly ApplicationAction[],
  limits: Limits,
  calendars: readonly WorkCalendar[],
): Clocks {
  const [first] = actions
  if (!first) throw new Error('a case without a submission has no clocks')
  const run = actions.reduce<Run>(step, { stops: new Set(), since: first.at, pauses: [], frozen: null })
  const isClosed = run.stops.has('closed')
  const stopped = run.stops.size > 0 && !isClosed
  const pauses = stopped ? [...run.pauses, { after: shanghaiDate(run.since), until: null }] : run.pauses
  const stands = (day: LocalDate) => run.pauses.some(({ after, until }) => day > after && day <= (until ?? day))
  const due = run.frozen ?? dueDates(shanghaiDate(first.at), limits, calendars, stands)
  return { ...due, stopped, pauses }
}

/** What a deciding event writes down of them. */
export function frozenClocks({ promiseDue, legalDue, provisional }: DueDates): FrozenClocks {
  return { promiseDue, legalDue, provisional }
}
