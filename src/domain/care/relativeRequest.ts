import type { Actor } from '../application.ts'
import type { Instant } from '../world.ts'

/** 个人信息保护法 49: what close relatives may want with the data of somebody who died, for a lawful interest of their own. */
export const relativeWishes = ['see', 'copy', 'correct', 'delete'] as const
export type RelativeWish = (typeof relativeWishes)[number]

export type RelativeEvent =
  | {
      type: 'asked'
      relative: { name: string; relation: string; phone: string }
      deceased: string
      wish: RelativeWish
      /** Their own lawful interest, in their words. */
      interest: string
    }
  /** An officer saw papers: who asks, that he is a close relative, and that the person died. */
  | { type: 'checked'; papers: string }
  | { type: 'granted' }
  /** `arranged`: the person himself arranged otherwise while he lived, which the law lets stand. */
  | { type: 'refused'; arranged: boolean; reason: string }
  | { type: 'shown' }

export interface RelativeAction {
  requestId: string
  seq: number
  at: Instant
  actor: Actor
  event: RelativeEvent
}

export interface RelativeRequest {
  id: string
  regionCode: string
  /** Whose data; found by the number of a case. */
  residentId: string
  actions: RelativeAction[]
}

export interface RelativeState {
  status: 'asked' | 'checked' | 'granted' | 'refused'
  asked: Extract<RelativeEvent, { type: 'asked' }>
  papers: string | null
  reason: string | null
  grantedAt: Instant | null
  nextSeq: number
}

/** The state after all actions. @throws when the first is no asking. */
export function foldRelative(actions: readonly RelativeAction[]): RelativeState {
  const [first, ...rest] = actions
  if (first?.event.type !== 'asked') throw new Error('a request of relatives begins with its asking')
  const begun = {
    status: 'asked' as const,
    asked: first.event,
    papers: null,
    reason: null,
    grantedAt: null,
    nextSeq: 2,
  }
  return rest.reduce(applyRelative, begun)
}

function applyRelative(before: RelativeState, { at, event }: RelativeAction): RelativeState {
  const state = { ...before, nextSeq: before.nextSeq + 1 }
  switch (event.type) {
    case 'asked':
      throw new Error('it is asked once')
    case 'checked':
      return { ...state, status: 'checked', papers: event.papers }
    case 'granted':
      return { ...state, status: 'granted', grantedAt: at }
    case 'refused':
      return { ...state, status: 'refused', reason: event.reason }
    case 'shown':
      return state
  }
}

export type RelativeStep = Exclude<RelativeEvent['type'], 'asked'>

/** What may happen now: nothing is granted before somebody saw the papers, and nothing shown before it was granted. */
export function allowedRelativeSteps({ status, asked }: Pick<RelativeState, 'status' | 'asked'>): RelativeStep[] {
  switch (status) {
    case 'asked':
      return ['checked', 'refused']
    case 'checked':
      return ['granted', 'refused']
    case 'granted':
      return asked.wish === 'see' || asked.wish === 'copy' ? ['shown'] : []
    case 'refused':
      return []
  }
}
