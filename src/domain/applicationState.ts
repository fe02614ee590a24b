import type { ApplicationAction, ApplicationEvent, ApplicationStatus } from './application.ts'
import type { OfficerRole } from './officer.ts'
import type { Instant } from './world.ts'

/** Everything that can be known of an application, folded from its actions. Never stored as truth. */
export interface ApplicationState {
  status: ApplicationStatus
  /** Number the next action must carry. */
  nextSeq: number
  acceptedAt: Instant | null
  decidedAt: Instant | null
  certificateNumber: string | null
  refusal: { reason: string; remedies: string } | null
}

/** The life of an application: where an event leads from a status. An event without a row is not allowed there. */
const life: Record<ApplicationStatus, Partial<Record<ApplicationEvent['type'], ApplicationStatus>>> = {
  submitted: { accepted: 'accepted', granted: 'granted', refused: 'refused', withdrawn: 'withdrawn' },
  accepted: { granted: 'granted', refused: 'refused', withdrawn: 'withdrawn' },
  granted: { delivered: 'delivered' },
  refused: {},
  delivered: {},
  withdrawn: {},
}

const beginning: Partial<Record<ApplicationEvent['type'], ApplicationStatus>> = { submitted: 'submitted' }

const startState: ApplicationState = {
  status: 'submitted',
  nextSeq: 1,
  acceptedAt: null,
  decidedAt: null,
  certificateNumber: null,
  refusal: null,
}

/**
 * Folds the log into the state. The first action must be `submitted`.
 * @throws when the log holds an event its status does not allow: a bug, or a row written past the use cases.
 */
export function foldApplication(actions: readonly ApplicationAction[]): ApplicationState {
  return actions.reduce(applyAction, startState)
}

function applyAction(state: ApplicationState, action: ApplicationAction): ApplicationState {
  const { event } = action
  const status = action.seq === 1 ? beginning[event.type] : life[state.status][event.type]
  if (status === undefined || action.seq !== state.nextSeq) {
    throw new Error(`action ${action.seq} (${event.type}) does not follow status ${state.status}`)
  }
  return { ...state, ...facts(event, action.at), status, nextSeq: state.nextSeq + 1 }
}

function facts(event: ApplicationEvent, at: Instant): Partial<ApplicationState> {
  switch (event.type) {
    case 'accepted':
      return { acceptedAt: event.asOf }
    case 'granted':
      return { decidedAt: at, certificateNumber: event.certificateNumber }
    case 'refused':
      return { decidedAt: at, refusal: { reason: event.reason, remedies: event.remedies } }
    case 'submitted':
    case 'delivered':
    case 'withdrawn':
      return {}
  }
}

export type ApplicationActionName = 'accept' | 'decide' | 'withdraw' | 'reveal'

/** What each role may do in each status: the one table behind bot menus, pages and 409 answers. */
const allowed: Record<ApplicationStatus, Partial<Record<OfficerRole | 'resident', ApplicationActionName[]>>> = {
  submitted: officersMay('accept', 'decide', 'reveal'),
  accepted: officersMay('decide', 'reveal'),
  granted: officersMay('reveal'),
  refused: officersMay('reveal'),
  delivered: officersMay('reveal'),
  withdrawn: {},
}

function officersMay(...names: ApplicationActionName[]) {
  const resident: ApplicationActionName[] = names.includes('decide') ? ['withdraw'] : []
  return { village: names, town: names, county: names, resident }
}

/** Actions open to this role now; auditors change and reveal nothing. */
export function allowedActions(state: ApplicationState, role: OfficerRole | 'resident'): ApplicationActionName[] {
  return allowed[state.status][role] ?? []
}
