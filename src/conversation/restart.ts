import type { Move, Walk } from './machine.ts'

/** 重来: forgets every answer; what an invitation brought along stays. */
export function restart({ session, flow }: Walk): Move {
  session.slots = Object.fromEntries(Object.entries(session.slots).filter(([slot]) => !(slot in flow.emptySlots)))
  session.path = []
  delete session.before
  delete session.returnTo
  delete session.within
  delete session.confirming
  return { move: 'go', to: flow.steps[0]?.id ?? null, via: 'start', answered: false }
}
