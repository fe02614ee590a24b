import type { ApplicationAction, FilingWay, FrozenClocks, Matter } from '../application.ts'
import { foldApplication, type ApplicationState } from '../applicationState.ts'
import { addDays, shanghaiDate, type Instant, type LocalDate } from '../world.ts'

/** How one clock of a case ended: kept on the day of the decision, or missed on the day after the last one allowed. */
export interface ClockEnd {
  met: boolean
  on: LocalDate
}

/**
 * What is counted of one case, and nothing that names anybody. Written with each action; the counters are always the sum of
 * `countsOf` over these rows. What has ended once (acceptance, decision, a clock) stays: a case counts once in each share.
 */
export interface CaseFigure {
  applicationId: string
  /** Where it counts: the place that accepted it, also when it was moved later; until then the place that has it. */
  regionCode: string
  /** The place that has it, whose officers see it. */
  caseRegion: string
  residentId: string
  matter: Matter
  way: FilingWay
  receivedOn: LocalDate
  /** Day as of which it was accepted first; a decision without acceptance is one. */
  acceptedOn: LocalDate | null
  bySilence: boolean
  decidedOn: LocalDate | null
  granted: boolean | null
  /** Reason id of a window case; null also where the officer gave none. */
  whyNotOnline: string | null
  /** Region code of the office of the first receiver (首接责任人). */
  office: string | null
  /** Day of the first one-time notice. */
  noticedOn: LocalDate | null
  notices: number
  exceptions: number
  /** Due days as they stand, while the clocks run; null while they do not, or where no limit is known. */
  promiseDue: LocalDate | null
  legalDue: LocalDate | null
  promise: ClockEnd | null
  legal: ClockEnd | null
}

/** What is needed of an application; never its content. */
export interface CountedCase {
  id: string
  regionCode: string
  residentId: string
  matter: Matter
  receivedAt: Instant
  actions: readonly ApplicationAction[]
}

/** Both due days of a case as its actions have them so far. */
export type CaseClock = (counted: CountedCase) => Pick<FrozenClocks, 'promiseDue' | 'legalDue'>

/** The row after the last of the actions, on that day; `before` is the row after those before it, null for the first. */
export function figureAfter(counted: CountedCase, clock: CaseClock, before: CaseFigure | null): CaseFigure {
  const last = counted.actions.at(-1)
  const first = counted.actions[0]
  if (!last || !first) throw new Error('a case begins with an action')
  const state = foldApplication(counted.actions)
  const day = shanghaiDate(last.at)
  const known = before ? settleClocks(before, day) : newFigure(counted, first)
  return withClocks(withAction(known, last), { counted, clock, state, last })
}

/** The row of a whole log as of a day: what counting action by action and settling every night comes to. */
export function figureOf(counted: CountedCase, clock: CaseClock, asOf: LocalDate): CaseFigure {
  let figure: CaseFigure | null = null
  for (let n = 1; n <= counted.actions.length; n++) {
    figure = figureAfter(asItWas(counted, n), clock, figure)
  }
  if (!figure) throw new Error('a case begins with an action')
  return settleClocks(figure, asOf)
}

/** The case after its first `n` actions, in the place that then had it. */
function asItWas(counted: CountedCase, n: number): CountedCase {
  const next = counted.actions.slice(n).find(({ event }) => event.type === 'moved')?.event
  const regionCode = next?.type === 'moved' ? next.from : counted.regionCode
  return { ...counted, regionCode, actions: counted.actions.slice(0, n) }
}

/** A clock that ran out before `today` without a decision was missed, whoever notices it when. */
export function settleClocks(figure: CaseFigure, today: LocalDate): CaseFigure {
  const settled = (end: ClockEnd | null, due: LocalDate | null): ClockEnd | null =>
    end ?? (due !== null && due < today ? { met: false, on: addDays(due, 1) } : null)
  const promise = settled(figure.promise, figure.promiseDue)
  const legal = settled(figure.legal, figure.legalDue)
  return promise === figure.promise && legal === figure.legal ? figure : { ...figure, promise, legal }
}

function newFigure(counted: CountedCase, first: ApplicationAction): CaseFigure {
  const { way, whyNotOnline } = foldApplication([first])
  return {
    applicationId: counted.id,
    regionCode: counted.regionCode,
    caseRegion: counted.regionCode,
    residentId: counted.residentId,
    matter: counted.matter,
    way,
    receivedOn: shanghaiDate(counted.receivedAt),
    acceptedOn: null,
    bySilence: false,
    decidedOn: null,
    granted: null,
    whyNotOnline: way === 'window' ? whyNotOnline : null,
    office: null,
    noticedOn: null,
    notices: 0,
    exceptions: 0,
    promiseDue: null,
    legalDue: null,
    promise: null,
    legal: null,
  }
}

function withAction(figure: CaseFigure, { event, at, actor }: ApplicationAction): CaseFigure {
  const day = shanghaiDate(at)
  // The first officer who did anything on the case is the first receiver: taking it is an action of its own.
  const office = figure.office ?? (actor.kind === 'officer' ? actor.regionCode : null)
  const next = { ...figure, office }
  if (event.type === 'accepted' && next.acceptedOn === null) {
    return { ...next, acceptedOn: shanghaiDate(event.asOf), bySilence: event.bySilence }
  }
  if (event.type === 'granted' || event.type === 'refused') {
    const decided = next.decidedOn === null ? { decidedOn: day, granted: event.type === 'granted' } : {}
    return { ...next, ...decided, acceptedOn: next.acceptedOn ?? day }
  }
  if (event.type === 'moved') {
    return { ...next, caseRegion: event.to, regionCode: next.acceptedOn === null ? event.to : next.regionCode }
  }
  if (event.type !== 'supplementRequested') return next
  return {
    ...next,
    noticedOn: next.noticedOn ?? day,
    notices: next.notices + 1,
    exceptions: next.exceptions + (event.exception ? 1 : 0),
  }
}

interface Moment {
  counted: CountedCase
  clock: CaseClock
  state: ApplicationState
  last: ApplicationAction
}

function withClocks(figure: CaseFigure, { counted, clock, state, last }: Moment): CaseFigure {
  const { event } = last
  if (event.type === 'granted' || event.type === 'refused') {
    const due = event.clocks ?? clock({ ...counted, actions: counted.actions.slice(0, -1) })
    const on = shanghaiDate(last.at)
    const ended = (end: ClockEnd | null, day: LocalDate | null) => end ?? (day === null ? null : endOf(day, on))
    const [promise, legal] = [ended(figure.promise, due.promiseDue), ended(figure.legal, due.legalDue)]
    return { ...figure, promiseDue: null, legalDue: null, promise, legal }
  }
  const running = isRunning(state)
  const { promiseDue, legalDue } = running ? clock(counted) : { promiseDue: null, legalDue: null }
  return {
    ...figure,
    promiseDue: figure.promise ? null : promiseDue,
    legalDue: figure.legal ? null : legalDue,
  }
}

function endOf(due: LocalDate, decidedOn: LocalDate): ClockEnd {
  return decidedOn <= due ? { met: true, on: decidedOn } : { met: false, on: addDays(due, 1) }
}

/** Clocks stand still while the resident has to bring something, and while the office has paused with a reason. */
function isRunning({ status, paused }: ApplicationState): boolean {
  return !paused && (status === 'submitted' || status === 'accepted' || status === 'inReview')
}
