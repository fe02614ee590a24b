import type { ApplicationAction, ApplicationEvent, ApplicationStatus, FilingWay } from './application.ts'
import type { Instant, LocalDate } from './world.ts'

/** Everything that can be known of an application, folded from its actions. Never stored as truth. */
export interface ApplicationState {
  status: ApplicationStatus
  /** Number the next action must carry. */
  nextSeq: number
  way: FilingWay
  whyNotOnline: string | null
  /** 首接责任人; null until an officer has taken the case. */
  firstReceiverId: string | null
  /** When the materials that the office looks at arrived: the receipt, or the last supplement. */
  materialsAt: Instant
  acceptedAt: Instant | null
  acceptedBySilence: boolean
  /** When it was last granted, refused or withdrawn; null while it is open. */
  closedAt: Instant | null
  decidedAt: Instant | null
  refusal: { reason: string; remedies: string } | null
  paused: boolean
  /** Numbers of the one-time notices issued on it, oldest first. More than one is an exception. */
  notices: string[]
  noticeIssued: boolean
  /** Day until which the supplement that is waited for is to come; null while none is, or the notice set none. */
  supplementDue: LocalDate | null
  supplementReminded: boolean
  /** That day passed, and an officer was told. */
  supplementLapsed: boolean
  /** Where a case goes on that waits for a supplement. */
  waitingFrom: ApplicationStatus | null
  /** Ids of the requests that other bureaus have not answered. */
  openConfirmations: string[]
  confirmationOpen: boolean
  /** Last answer of another bureau. */
  confirmation: 'accepted' | 'rejected' | null
  certificateNumber: string | null
  certificate: 'none' | 'valid' | 'revoked' | 'superseded'
  /** Ids of applications of which an officer said that this one is no double. */
  notDuplicateOf: string[]
  commitments: Record<string, 'made' | 'broken' | 'mended'>
  breachOpen: boolean
}

const startState: ApplicationState = {
  status: 'submitted',
  nextSeq: 1,
  way: 'self',
  whyNotOnline: null,
  firstReceiverId: null,
  materialsAt: 0,
  acceptedAt: null,
  acceptedBySilence: false,
  closedAt: null,
  decidedAt: null,
  refusal: null,
  paused: false,
  notices: [],
  noticeIssued: false,
  supplementDue: null,
  supplementReminded: false,
  supplementLapsed: false,
  waitingFrom: null,
  openConfirmations: [],
  confirmationOpen: false,
  confirmation: null,
  certificateNumber: null,
  certificate: 'none',
  notDuplicateOf: [],
  commitments: {},
  breachOpen: false,
}

/**
 * Folds the log into the state. The first action must be `submitted`.
 * @throws when the log holds an event its state does not allow: a bug, or a row written past the use cases.
 */
export function foldApplication(actions: readonly ApplicationAction[]): ApplicationState {
  return actions.reduce(applyAction, startState)
}

/** The state after one more action; the same rules as `foldApplication`. */
export function applyAction(state: ApplicationState, action: ApplicationAction): ApplicationState {
  const { event, seq, at } = action
  const status = seq === 1 ? firstStatus(event) : statusAfter(state, event)
  if (status === null || seq !== state.nextSeq) {
    throw new Error(`action ${seq} (${event.type}) does not follow status ${state.status}`)
  }
  return { ...state, ...facts(state, event, at), status, nextSeq: state.nextSeq + 1 }
}

const firstStatus = (event: ApplicationEvent): ApplicationStatus | null =>
  event.type === 'submitted' ? 'submitted' : null

type Events = { [E in ApplicationEvent as E['type']]: E }
type Rule<E> = (state: ApplicationState, event: E) => ApplicationStatus | null

/** Of a case that is still to be decided. */
export const undecidedStatuses: readonly ApplicationStatus[] = ['submitted', 'accepted', 'inReview', 'waiting']

/** Whether a case with this status is still to be decided. */
export const isUndecided = (status: ApplicationStatus): boolean => undecidedStatuses.includes(status)
const isOpen = ({ status }: ApplicationState): boolean => isUndecided(status)
const isClosed = (state: ApplicationState): boolean => !isOpen(state)
/** Nothing is left to be done or handed over. */
const isOver = ({ status, certificate }: ApplicationState): boolean =>
  ['delivered', 'refused', 'withdrawn'].includes(status) || (status === 'granted' && certificate !== 'valid')
/** Somebody of the office works on it: neither the resident's turn nor anybody's pause. */
const isWorked = (state: ApplicationState): boolean => isOpen(state) && state.status !== 'waiting' && !state.paused
/** Something is to come from the resident by a day. */
const isAwaited = ({ status, supplementDue }: ApplicationState): boolean =>
  status === 'waiting' && supplementDue !== null
const stay = (state: ApplicationState, may: boolean): ApplicationStatus | null => (may ? state.status : null)
const go = (to: ApplicationStatus, may: boolean): ApplicationStatus | null => (may ? to : null)

/** The life of an application: the status to which an event leads, or null where it may not happen. */
const life: { [T in keyof Events]: Rule<Events[T]> } = {
  submitted: () => null,
  firstReceived: state => stay(state, isOpen(state) && state.firstReceiverId === null),
  accepted: state => go('accepted', state.status === 'submitted'),
  reviewStarted: state => go('inReview', state.status === 'accepted' && !state.paused),
  // 行政许可法 32(4): everything at once, before acceptance. What comes later or again, or corrects a notice that is still waited
  // for, is a supervisor's exception.
  supplementRequested: (state, { exception }) =>
    go(
      'waiting',
      exception === null
        ? isWorked(state) && state.status === 'submitted' && !state.noticeIssued
        : isOpen(state) && !state.paused,
    ),
  supplemented: state => go(state.waitingFrom ?? 'submitted', state.status === 'waiting'),
  supplementReminded: state => stay(state, isAwaited(state) && !state.supplementReminded),
  supplementLapsed: state => stay(state, isAwaited(state) && !state.supplementLapsed),
  // Before acceptance there is no pause: it would be a way round the five days of 行政许可法 32(4).
  paused: state => stay(state, isOpen(state) && state.acceptedAt !== null && !state.paused),
  resumed: state => stay(state, isOpen(state) && state.paused),
  // Several at once, and again when nobody answers.
  confirmationRequested: (state, { requestId }) =>
    stay(state, isWorked(state) && state.acceptedAt !== null && !state.openConfirmations.includes(requestId)),
  // The answer may come after the decision: it is kept all the same.
  confirmationAnswered: (state, { requestId }) => stay(state, state.openConfirmations.includes(requestId)),
  notDuplicate: (state, { of }) => stay(state, isOpen(state) && !state.notDuplicateOf.includes(of)),
  granted: state => go('granted', isWorked(state)),
  refused: state => go('refused', isWorked(state)),
  // What was revoked or replaced meanwhile is handed to nobody.
  delivered: state => go('delivered', state.status === 'granted' && state.certificate === 'valid'),
  archived: state => go('archived', isOver(state) && !state.breachOpen),
  withdrawn: state => go('withdrawn', isOpen(state)),
  // A certificate in force, or one that a newer one replaced, is taken back first.
  reopened: state => go('inReview', isClosed(state) && ['none', 'revoked'].includes(state.certificate)),
  corrected: (state, { changes }) => stay(state, isOpen(state) && changes.length > 0),
  // What was decided stays with the office that answers for it.
  moved: (state, { from, to }) => stay(state, isOpen(state) && from !== to),
  certificateRevoked: state => stay(state, state.certificate === 'valid'),
  certificateSuperseded: state => stay(state, state.certificate === 'valid'),
  commitmentMade: (state, { commitmentId }) =>
    stay(state, isOpen(state) && state.commitments[commitmentId] === undefined),
  commitmentBroken: (state, { commitmentId }) => stay(state, state.commitments[commitmentId] === 'made'),
  commitmentMended: (state, { commitmentId }) => stay(state, state.commitments[commitmentId] === 'broken'),
}

/** The status to which this event leads, or null when it may not happen now. */
export function statusAfter(state: ApplicationState, event: ApplicationEvent): ApplicationStatus | null {
  // The table holds for each type the rule of that very type; the union cannot say so.
  const rule = life[event.type] as Rule<ApplicationEvent>
  return rule(state, event)
}

function facts(state: ApplicationState, event: ApplicationEvent, at: Instant): Partial<ApplicationState> {
  switch (event.type) {
    case 'submitted':
      return {
        way: event.way ?? 'self',
        whyNotOnline: event.whyNotOnline ?? null,
        firstReceiverId: event.officerId ?? null,
        materialsAt: at,
      }
    case 'firstReceived':
      return { firstReceiverId: event.officerId }
    case 'accepted':
      return { acceptedAt: event.asOf, acceptedBySilence: event.bySilence }
    case 'supplementRequested':
      return {
        notices: [...state.notices, event.noticeNumber],
        noticeIssued: true,
        supplementDue: event.due,
        supplementReminded: false,
        supplementLapsed: false,
        waitingFrom: state.waitingFrom ?? state.status,
      }
    case 'supplemented':
      return { materialsAt: at, supplementDue: null, waitingFrom: null }
    case 'supplementReminded':
      return { supplementReminded: true }
    case 'supplementLapsed':
      return { supplementLapsed: true }
    case 'paused':
      return { paused: true }
    case 'resumed':
      return { paused: false }
    case 'confirmationRequested':
      return asked([...state.openConfirmations, event.requestId], null)
    case 'confirmationAnswered':
      return asked(
        state.openConfirmations.filter(id => id !== event.requestId),
        event.answer,
      )
    case 'notDuplicate':
      return { notDuplicateOf: [...state.notDuplicateOf, event.of] }
    case 'granted': {
      const { certificateNumber } = event
      return { ...closed(at), decidedAt: at, certificateNumber, certificate: 'valid' }
    }
    case 'refused':
      return { ...closed(at), decidedAt: at, refusal: { reason: event.reason, remedies: event.remedies } }
    case 'withdrawn':
      return closed(at)
    case 'reopened':
      return { ...reopened, acceptedAt: state.acceptedAt ?? at }
    case 'corrected':
      return { notDuplicateOf: [] }
    case 'certificateRevoked':
      return { certificate: 'revoked' }
    case 'certificateSuperseded':
      return { certificate: 'superseded' }
    case 'commitmentMade':
      return promised(state, event.commitmentId, 'made')
    case 'commitmentBroken':
      return promised(state, event.commitmentId, 'broken')
    case 'commitmentMended':
      return promised(state, event.commitmentId, 'mended')
    case 'reviewStarted':
    case 'moved':
    case 'delivered':
    case 'archived':
      return {}
  }
}

const asked = (openConfirmations: string[], confirmation: ApplicationState['confirmation']) => ({
  openConfirmations,
  confirmationOpen: openConfirmations.length > 0,
  confirmation,
})

const closed = (at: Instant): Partial<ApplicationState> => ({
  closedAt: at,
  paused: false,
  waitingFrom: null,
  supplementDue: null,
})

const reopened: Partial<ApplicationState> = {
  closedAt: null,
  decidedAt: null,
  refusal: null,
  certificateNumber: null,
  certificate: 'none',
}

function promised(
  state: ApplicationState,
  id: string,
  now: ApplicationState['commitments'][string],
): Partial<ApplicationState> {
  const commitments = { ...state.commitments, [id]: now }
  return { commitments, breachOpen: Object.values(commitments).includes('broken') }
}
