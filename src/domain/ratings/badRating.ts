import type { Actor } from '../application.ts'
import type { Instant, LocalDate } from '../world.ts'

/** 差评整改: what happens to a bad rating, from the one who handles it and from the one who was rated. */
export type BadRatingEvent =
  /** `ratedIds`: officers who worked on the case; they see none of it. */
  | {
      type: 'received'
      ratedIds: string[]
      contactDue: LocalDate
      repairDue: LocalDate
      provisional: boolean
      /** Last day of an appeal; those received before there was one have none. */
      appealBy?: LocalDate
    }
  /** 联系: what who rated said. */
  | { type: 'contacted'; words: string }
  /** 整改: what was put right, or why there was nothing to. */
  | { type: 'repaired'; words: string }
  /** 回访: what who rated says to it. */
  | { type: 'calledBack'; words: string }
  /** 申诉 of a rated officer, once. */
  | { type: 'appealed'; officerId: string; reason: string }
  /** The county found it unfounded: it counts in no figure any more. */
  | { type: 'setAside'; reason: string }
  | { type: 'upheld'; reason: string }

export interface BadRatingAction {
  ratingId: string
  /** 1, 2, 3 … without gaps. */
  seq: number
  at: Instant
  actor: Actor
  event: BadRatingEvent
}

/** The steps of who handles it, in their order. */
export const repairSteps = ['contacted', 'repaired', 'calledBack'] as const
export type RepairStep = (typeof repairSteps)[number]

export const badRatingStatuses = ['received', 'contacted', 'repaired', 'calledBack', 'setAside'] as const
export type BadRatingStatus = (typeof badRatingStatuses)[number]

export interface BadRatingState {
  status: BadRatingStatus
  ratedIds: string[]
  contactDue: LocalDate
  repairDue: LocalDate
  provisional: boolean
  /** Last day of an appeal; null: none was set. */
  appealBy: LocalDate | null
  /** When each step was taken. */
  at: Partial<Record<RepairStep, Instant>>
  appeal: { officerId: string; reason: string; decided: boolean } | null
  nextSeq: number
}

/** The state after all actions. @throws when the first is no receipt: then it is no bad rating of ours. */
export function foldBadRating(actions: readonly BadRatingAction[]): BadRatingState {
  const [first, ...rest] = actions
  if (first?.event.type !== 'received') throw new Error('a bad rating begins with its receipt')
  const { ratedIds, contactDue, repairDue, provisional, appealBy = null } = first.event
  const begun: BadRatingState = {
    ...{ status: 'received', ratedIds, contactDue, repairDue, provisional, appealBy },
    ...{ at: {}, appeal: null, nextSeq: 2 },
  }
  return rest.reduce(applyBadRating, begun)
}

/** The state after one more action. */
export function applyBadRating(before: BadRatingState, { at, event }: BadRatingAction): BadRatingState {
  const state = { ...before, nextSeq: before.nextSeq + 1 }
  switch (event.type) {
    case 'received':
      throw new Error('a rating is received once')
    case 'contacted':
    case 'repaired':
    case 'calledBack':
      return { ...state, status: event.type, at: { ...before.at, [event.type]: at } }
    case 'appealed':
      return { ...state, appeal: { officerId: event.officerId, reason: event.reason, decided: false } }
    case 'setAside':
      return { ...decided(state), status: 'setAside' }
    case 'upheld':
      return decided(state)
  }
}

const decided = (state: BadRatingState): BadRatingState => ({
  ...state,
  appeal: state.appeal && { ...state.appeal, decided: true },
})

/** What who handles it does next; null when nothing is left. */
export function nextRepairStep({ status }: Pick<BadRatingState, 'status'>): RepairStep | null {
  if (status === 'received') return 'contacted'
  if (status === 'contacted') return 'repaired'
  return status === 'repaired' ? 'calledBack' : null
}

/** By when the next step is to be done. */
export function dueOfStep(state: BadRatingState): LocalDate {
  return state.status === 'received' ? state.contactDue : state.repairDue
}

/** A rated officer may ask the county once, until the last day of that; not about what was put aside already. */
export function mayAppeal(state: BadRatingState, officerId: string, today: LocalDate): boolean {
  const isOpen = state.appeal === null && state.status !== 'setAside'
  return state.ratedIds.includes(officerId) && isOpen && (state.appealBy === null || today <= state.appealBy)
}

/** An appeal is decided by somebody who was not rated. */
export function mayDecideAppeal(state: BadRatingState, officerId: string): boolean {
  return state.appeal !== null && !state.appeal.decided && !state.ratedIds.includes(officerId)
}
