import type { CompiledStep, Walk } from '../machine.ts'
import { dropHidden } from '../scope.ts'
import type { Json, Session } from '../types.ts'
import { compiledBase } from './base.ts'
import type { CommitSource } from './schema.ts'

export function compileCommit(_flow: string, source: CommitSource): CompiledStep {
  return {
    ...compiledBase(source),
    fills: source.gives,
    waits: true,
    exits: Object.entries(source.outcomes).map(([via, to]) => ({ via, to })),
    enter: walk => {
      dropHidden(walk)
      return { move: 'run', command: source.command, args: argsOf(walk) }
    },
    resume: (walk, outcome, values) => {
      const next = source.outcomes[outcome]
      if (next === undefined) throw new Error(`${walk.flow.name}: ${source.id} has no way on for outcome ${outcome}`)
      take(walk, values)
      if (source.final.includes(outcome)) seal(walk.session)
      return { move: 'go', to: next, via: outcome, answered: false }
    },
  }
}

function argsOf({ flow, session }: Walk): Record<string, Json> {
  return { ...flow.emptySlots, ...session.slots }
}

/** What was handed in stands: neither here nor in the flows that called can it be changed from here on. */
function seal(session: Session): void {
  session.path = []
  session.sealed = true
  delete session.kept
  if (session.stack) session.stack = session.stack.map(place => ({ ...place, path: [], kept: {}, sealed: true }))
}

function take({ session }: Walk, values: Record<string, Json>): void {
  Object.assign(session.slots, values)
  const number = values['applicationNumber']
  if (typeof number === 'string') session.applicationNumber = number
}
