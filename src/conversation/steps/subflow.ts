import type { CompiledStep, Returned, Walk } from '../machine.ts'
import { hasEnded } from '../places.ts'
import { dropDependents } from '../scope.ts'
import type { Json } from '../types.ts'
import { compiledBase, go } from './base.ts'
import type { SubflowSource } from './schema.ts'

export function compileSubflow(source: SubflowSource): CompiledStep {
  const base = compiledBase(source)
  const call = (walk: Walk) => ({ flow: source.flow, given: givenTo(walk, source) })
  const step: CompiledStep = {
    ...base,
    fills: Object.keys(source.out),
    dependsOn: [...base.dependsOn, ...Object.values(source.in)],
    exits: [
      ...Object.entries(source.outcomes).map(([via, to]) => ({ via, to })),
      { via: 'done', to: source.next ?? null },
    ],
    call,
    // Known already: nothing that it stands on has changed.
    enter: walk =>
      hasEnded(walk, step, call(walk).given) ? wayOn(walk, source, null) : { move: 'call', call: call(walk) },
    returned: (walk, called) => {
      takeOut(walk, source, called.slots)
      return wayOn(walk, source, called)
    },
  }
  return step
}

function givenTo({ session }: Walk, source: SubflowSource): Record<string, Json> {
  return Object.fromEntries(Object.entries(source.in).map(([inner, outer]) => [inner, session.slots[outer] ?? null]))
}

/** `called` null: it ended in an earlier turn, by the end at which it still stands. */
function wayOn({ session, turn }: Walk, source: SubflowSource, called: Returned | null) {
  if (called) return onTo(source, called.outcome, called.asked)
  const place = session.kept?.[source.id]
  const end = place ? turn.library.flow(place.flow, place.revision)?.byId.get(place.step)?.source : undefined
  return onTo(source, end?.kind === 'end' ? (end.outcome ?? 'done') : 'done', false)
}

function onTo(source: SubflowSource, outcome: string, asked: boolean) {
  const next = source.outcomes[outcome]
  const via = next === undefined ? 'done' : outcome
  return asked || next !== undefined
    ? { ...go(source, via, asked), to: next ?? source.next ?? null }
    : go(source, 'known', false)
}

function takeOut(walk: Walk, source: SubflowSource, inner: Record<string, Json>): void {
  const { session } = walk
  for (const [slot, from] of Object.entries(source.out)) {
    const value = inner[from] ?? null
    const was = session.slots[slot]
    session.slots[slot] = value
    if (session.before && was !== undefined && JSON.stringify(was) !== JSON.stringify(value)) dropDependents(walk, slot)
  }
}
