import type { Move, Walk } from './machine.ts'
import { ascend, endCorrection, settle } from './places.ts'

/** 重来: forgets every answer, in called flows too; what an invitation brought along stays. */
export function restart(walk: Walk): Move {
  const { session } = walk
  while (ascend(walk)) continue
  const { flow } = walk
  session.slots = Object.fromEntries(Object.entries(session.slots).filter(([slot]) => !(slot in flow.emptySlots)))
  session.path = []
  delete session.kept
  endCorrection(session)
  settle(session)
  return { move: 'go', to: flow.steps[0]?.id ?? null, via: 'start', answered: false }
}
