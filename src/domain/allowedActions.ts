import type { ApplicationEvent } from './application.ts'
import { statusAfter, type ApplicationState } from './applicationState.ts'
import type { OfficerRole } from './officer.ts'

/** Who acts on an application: an officer, its resident, or the service itself. */
export type ActingRole = OfficerRole | 'resident' | 'system'

/** What can be done, and by whom. Order is the order of the buttons. */
const mayDo = {
  accept: ['village', 'town', 'county'],
  acceptBySilence: ['system'],
  startReview: ['village', 'town', 'county'],
  decide: ['village', 'town', 'county'],
  notice: ['village', 'town', 'county'],
  /** A second request for materials, one after acceptance, or a corrected one: a supervisor's, with a reason. See `officerActions`. */
  noticeException: ['town', 'county'],
  remindSupplement: ['system'],
  lapseSupplement: ['system'],
  requestConfirmation: ['village', 'town', 'county'],
  answerConfirmation: ['system'],
  pause: ['village', 'town', 'county'],
  resume: ['village', 'town', 'county'],
  correct: ['village', 'town', 'county'],
  notDuplicate: ['village', 'town', 'county'],
  move: ['village', 'town', 'county'],
  deliver: ['village', 'town', 'county', 'system'],
  supplement: ['resident'],
  withdraw: ['resident'],
  commit: ['resident'],
  breakCommitment: ['village', 'town', 'county', 'system'],
  mendCommitment: ['village', 'town', 'county', 'system'],
  revoke: ['county'],
  supersede: ['system'],
  reopen: ['county'],
  firstReceive: ['village', 'town', 'county'],
  archive: ['system'],
  reveal: ['village', 'town', 'county'],
} as const satisfies Record<string, readonly ActingRole[]>

export type ApplicationActionName = keyof typeof mayDo

/** Every name, in the order of the buttons. */
export const applicationActionNames = Object.keys(mayDo).filter(isActionName)

function isActionName(name: string): name is ApplicationActionName {
  return name in mayDo
}

const exception = { officerId: '', reason: '' }
const commitmentOf = ({ commitments }: ApplicationState, now: 'made' | 'broken'): string =>
  Object.keys(commitments).find(id => commitments[id] === now) ?? ''

/** What each action would append; the state decides by its own rule whether it may. Null: it appends nothing. */
const trial: Record<ApplicationActionName, (state: ApplicationState) => ApplicationEvent | null> = {
  accept: () => ({ type: 'accepted', bySilence: false, asOf: 0 }),
  acceptBySilence: () => ({ type: 'accepted', bySilence: true, asOf: 0 }),
  startReview: () => ({ type: 'reviewStarted' }),
  decide: () => ({ type: 'refused', reason: '', remedies: '' }),
  notice: () => ({ type: 'supplementRequested', noticeNumber: '', due: null, exception: null }),
  noticeException: () => ({ type: 'supplementRequested', noticeNumber: '', due: null, exception }),
  remindSupplement: () => ({ type: 'supplementReminded', told: true }),
  lapseSupplement: () => ({ type: 'supplementLapsed', due: '' }),
  requestConfirmation: () => ({ type: 'confirmationRequested', requestId: '', bureau: '', question: '' }),
  answerConfirmation: ({ openConfirmations }) => ({
    type: 'confirmationAnswered',
    requestId: openConfirmations[0] ?? '',
    answer: 'accepted',
    note: null,
  }),
  pause: () => ({ type: 'paused', reason: '' }),
  resume: () => ({ type: 'resumed' }),
  correct: () => ({ type: 'corrected', changes: [{ field: '', reason: '' }] }),
  notDuplicate: () => ({ type: 'notDuplicate', of: '' }),
  move: () => ({ type: 'moved', from: '', to: 'elsewhere', reason: '', officerId: '' }),
  deliver: () => ({ type: 'delivered' }),
  supplement: () => ({ type: 'supplemented', materials: [] }),
  withdraw: () => ({ type: 'withdrawn', reason: null }),
  commit: () => ({ type: 'commitmentMade', commitmentId: '', material: '', textVersion: 1 }),
  breakCommitment: state => ({ type: 'commitmentBroken', commitmentId: commitmentOf(state, 'made'), correctBy: '' }),
  mendCommitment: state => ({ type: 'commitmentMended', commitmentId: commitmentOf(state, 'broken') }),
  revoke: () => ({ type: 'certificateRevoked', reason: '' }),
  supersede: () => ({ type: 'certificateSuperseded', by: '' }),
  reopen: () => ({ type: 'reopened', reason: '' }),
  firstReceive: () => ({ type: 'firstReceived', officerId: '' }),
  archive: () => ({ type: 'archived' }),
  reveal: () => null,
}

/**
 * What this role may do now: the one answer behind menus in chat, buttons on pages and 409. It never names what the fold would
 * refuse, because it asks the fold. Auditors do nothing here. Of one officer in one place: `officerActions`.
 */
export function allowedActions(state: ApplicationState, role: ActingRole): ApplicationActionName[] {
  return applicationActionNames.filter(name => isFor(name, role) && isPossible(name, state))
}

function isFor(name: ApplicationActionName, role: ActingRole): boolean {
  const roles: readonly ActingRole[] = mayDo[name]
  return roles.includes(role)
}

function isPossible(name: ApplicationActionName, state: ApplicationState): boolean {
  // Nothing of a case that was withdrawn is looked into any more.
  if (name === 'reveal') return state.status !== 'withdrawn'
  // The exception is named only where the plain notice is no longer possible: nobody is tempted to use it first.
  if (name === 'noticeException' && isPossible('notice', state)) return false
  const event = trial[name](state)
  return event !== null && statusAfter(state, event) !== null
}
