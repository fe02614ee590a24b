import type { Call, CompiledFlow, CompiledStep, Turn, Walk } from './machine.ts'
import { dropDependents } from './scope.ts'
import type { Json, Place, Session } from './types.ts'

/** A session as data, before its first step. */
export function newSession(turn: Turn, flow: CompiledFlow, given: Session['slots']): Session {
  return {
    id: turn.context.newId(),
    flow: flow.name,
    revision: flow.revision,
    step: flow.steps[0]?.id ?? '',
    visit: 0,
    tries: 0,
    slots: { ...given },
    path: [],
    turnId: turn.context.turnId,
    status: 'waiting',
  }
}

/** The flow in which a session began: its title, its silence, its officer. Steps may stand in a flow that it called. */
export function rootOf(session: Session): Place {
  return session.stack?.[0] ?? session
}

/**
 * Every answer of a session: in the flows that wait for a called one as well as in that one. Of two by one name the outer
 * counts, as it belongs to the case itself.
 */
export function answersOf(session: Session): Record<string, Json> {
  const { stack = [], slots } = session
  return stack.toReversed().reduce<Record<string, Json>>((inner, place) => ({ ...inner, ...place.slots }), slots)
}

/** Where a session stands. The revision it began with is still loaded, or the session could not be here. */
export function currentStep(flow: CompiledFlow, session: Session): CompiledStep {
  if (last?.flow === flow && last.at === session.step) return last.step
  const step = flow.byId.get(session.step)
  if (!step) throw new Error(`${flow.name} revision ${flow.revision} has no step ${session.step}`)
  last = { flow, at: session.step, step }
  return step
}

/** Half a dozen parts of a turn ask where its session stands. */
let last: { flow: CompiledFlow; at: string; step: CompiledStep } | null = null

/** Drops what was held open at the step that is left. */
export function settle(session: Session): void {
  // Most often there is nothing; deleting all the same would cost more than the rest of an ordinary step.
  if (session.confirming) delete session.confirming
  if (session.within !== undefined) delete session.within
  if (session.partly !== undefined) delete session.partly
  if (session.item) delete session.item
}

export function endCorrection(session: Session): void {
  if (session.before) delete session.before
  if (session.returnTo !== undefined) delete session.returnTo
}

/** Takes the answer of a step back, so that it is asked again. */
export function reopen(walk: Walk, step: CompiledStep, why: 'back' | 'correct'): void {
  if (step.reopen) return step.reopen(walk, why)
  if (step.slot) delete walk.session.slots[step.slot]
}

/**
 * Enters the flow which the present step calls. What it held when it was left before is there again; answers that
 * stand on a value which is given differently now are dropped. Answers the step to go on at.
 * @throws Error when no such flow is loaded.
 */
export function descend(walk: Walk, { flow: name, given }: Call): CompiledStep | undefined {
  const { session, turn } = walk
  const correcting = session.before !== undefined
  const kept = session.kept?.[session.step]
  const flow = turn.library.flow(name, kept?.revision ?? null)
  if (!flow) throw new Error(`${walk.flow.name}: ${session.step} calls ${name}, which is not loaded`)
  session.stack = [...(session.stack ?? []), placeOf(session)]
  const first = flow.steps[0]?.id ?? ''
  stand(session, kept ?? { flow: name, revision: flow.revision, step: first, slots: {}, path: [] })
  walk.flow = flow
  // Says in the called flow keep silent too while an answer outside it is corrected.
  if (correcting && kept) session.before = { ...session.slots }
  const changed = Object.entries(given).filter(([slot, value]) => give(walk, slot, value))
  const stood = kept && changed.length === 0 ? flow.byId.get(kept.step) : undefined
  return stood?.waits ? stood : flow.steps[0]
}

function give(walk: Walk, slot: string, value: Json): boolean {
  const { slots } = walk.session
  if (same(slots[slot], value)) return false
  const had = slot in slots
  slots[slot] = value
  if (had) dropDependents(walk, slot)
  return true
}

/** Whether the flow that a step calls has ended before with the very same given values. */
export function hasEnded({ session, turn }: Walk, step: CompiledStep, given: Record<string, Json>): boolean {
  const kept = session.kept?.[step.id]
  const flow = kept ? turn.library.flow(kept.flow, kept.revision) : null
  if (!kept || flow?.byId.get(kept.step)?.source.kind !== 'end') return false
  return Object.entries(given).every(([slot, value]) => same(kept.slots[slot], value))
}

function same(one: Json | undefined, other: Json): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/**
 * Comes back to the flow that called this one; its answers are kept beside the calling step. Null at the outermost
 * flow, which nobody called.
 */
export function ascend(walk: Walk): Place | null {
  const { session, turn } = walk
  const caller = session.stack?.at(-1)
  if (!caller) return null
  const flow = turn.library.flow(caller.flow, caller.revision)
  if (!flow) throw new Error(`${caller.flow} revision ${caller.revision} is not loaded`)
  const left = placeOf(session)
  const outer = (session.stack ?? []).slice(0, -1)
  stand(session, { ...caller, kept: { ...caller.kept, [caller.step]: left } })
  if (outer.length > 0) session.stack = outer
  else delete session.stack
  walk.flow = flow
  return left
}

/** The part of a session that is a place, by itself. */
function placeOf({ flow, revision, step, slots, path, returnTo, before, kept, sealed }: Session): Place {
  return {
    flow,
    revision,
    step,
    slots,
    path,
    ...(returnTo === undefined ? {} : { returnTo }),
    ...(before === undefined ? {} : { before }),
    ...(kept === undefined ? {} : { kept }),
    ...(sealed === undefined ? {} : { sealed }),
  }
}

/** Puts a session at a place. Its own open question is dropped; counts and timers stay. */
export function stand(session: Session, place: Place): void {
  settle(session)
  for (const field of ['returnTo', 'before', 'kept', 'sealed'] as const) delete session[field]
  Object.assign(session, place, { slots: { ...place.slots }, path: [...place.path] })
}
