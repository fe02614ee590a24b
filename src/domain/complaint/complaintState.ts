import type { Instant, LocalDate } from '../world.ts'
import type {
  ClosedWhy,
  Complaint,
  ComplaintAction,
  ComplaintEvent,
  ComplaintFinding,
  ComplaintTopic,
} from './complaint.ts'

export const complaintStatuses = ['received', 'assigned', 'answered', 'closed'] as const
export type ComplaintStatus = (typeof complaintStatuses)[number]

export interface ComplaintState {
  status: ComplaintStatus
  /** Place that has it. */
  regionCode: string
  due: LocalDate
  provisional: boolean
  /** Who works on it, as long as it waits for an answer. */
  officerId: string | null
  answers: { at: Instant; finding: ComplaintFinding; text: string; officerId: string | null }[]
  reopened: boolean
  lapsed: boolean
  closedWhy: ClosedWhy | null
  nextSeq: number
}

/** Who acts: an officer who handles it, who complained, or the service. */
export type ComplaintActor = 'handler' | 'resident' | 'system'
export type ComplaintStep = ComplaintEvent['type']

/** What may happen to a complaint now. `received` is how it begins and never happens again. */
export function allowedComplaintSteps(
  { status, reopened, lapsed }: Pick<ComplaintState, 'status' | 'reopened' | 'lapsed'>,
  actor: ComplaintActor,
): ComplaintStep[] {
  if (status === 'closed') return []
  if (status === 'answered') {
    if (actor === 'handler') return []
    if (actor === 'system') return ['closed']
    return reopened ? ['confirmed'] : ['confirmed', 'reopened']
  }
  if (actor === 'handler') return status === 'assigned' ? ['assigned', 'answered', 'handedOver'] : ['assigned']
  return actor === 'system' && !lapsed ? ['lapsed', 'closed'] : actor === 'system' ? ['closed'] : []
}

/** The state after all actions. @throws when the first is no receipt: then it is no complaint of ours. */
export function foldComplaint(actions: readonly ComplaintAction[]): ComplaintState {
  const [first, ...rest] = actions
  if (first?.event.type !== 'received') throw new Error('a complaint begins with its receipt')
  const { regionCode, due, provisional } = first.event
  return rest.reduce(applyComplaint, {
    ...{ status: 'received', regionCode, due, provisional, officerId: null, answers: [] },
    ...{ reopened: false, lapsed: false, closedWhy: null, nextSeq: 2 },
  })
}

/** The state after one more action. */
export function applyComplaint(before: ComplaintState, { at, actor, event }: ComplaintAction): ComplaintState {
  const state = { ...before, nextSeq: before.nextSeq + 1 }
  switch (event.type) {
    case 'received':
      throw new Error('a complaint is received once')
    case 'assigned':
      return { ...state, status: 'assigned', officerId: event.officerId }
    case 'answered': {
      const answer = { at, finding: event.finding, text: event.text }
      const officerId = actor.kind === 'officer' ? actor.id : null
      return { ...state, status: 'answered', answers: [...state.answers, { ...answer, officerId }] }
    }
    case 'confirmed':
      return state
    case 'reopened': {
      const { regionCode, due, provisional } = event
      return { ...state, status: 'received', regionCode, due, provisional, officerId: null, reopened: true }
    }
    case 'handedOver':
      return { ...state, status: 'received', regionCode: event.regionCode ?? state.regionCode, officerId: null }
    case 'lapsed':
      return { ...state, lapsed: true }
    case 'closed':
      return { ...state, status: 'closed', officerId: null, closedWhy: event.why }
  }
}

/** What an answer leads to: who cannot be asked whether it helps, or was asked once before, is done. */
export function closesWithAnswer(complaint: Pick<Complaint, 'residentId'>, state: ComplaintState): ClosedWhy | null {
  if (complaint.residentId === null) return 'anonymous'
  return state.reopened ? 'final' : null
}

/** True when nobody said since then whether the answer helped: it counts as settled. */
export function isSilentSince({ status, answers }: ComplaintState, then: Instant): boolean {
  const last = answers.at(-1)
  return status === 'answered' && last !== undefined && last.at < then
}

/** True for a suggestion, which is no complaint and is not counted as one. */
export function isSuggestion(topic: ComplaintTopic): boolean {
  return topic === 'suggestion'
}
