import type { CompiledStep, Walk } from './machine.ts'
import type { Condition, Scope } from './condition.ts'
import { packFacts } from './packFacts.ts'
import { regionOf } from './walk.ts'

/** Whether a condition holds for the session as it stands. No condition holds always. */
export function holds(walk: Walk, condition: Condition | null): boolean {
  return condition === null || condition.holds(scopeOf(walk, condition))
}

function scopeOf(walk: Walk, condition: Condition): Scope {
  const { flow, session, turn } = walk
  return {
    slots: { ...flow.emptySlots, ...session.slots },
    pack: condition.pack.length > 0 ? packFacts(turn.library.packFor(regionOf(walk))) : {},
    today: turn.context.today,
  }
}

/**
 * Drops the answers that stand on `slot`, and those that stand on them: declared dependents always, others when their
 * question does not apply any more. Everything else stays.
 */
export function dropDependents(walk: Walk, slot: string): void {
  for (const step of walk.flow.steps) {
    if (step.fills.includes(slot)) continue
    const declared = step.standsOn.includes(slot)
    if (!declared && !(step.dependsOn.includes(slot) && !holds(walk, step.when))) continue
    dropAnswer(walk, step)
  }
}

function dropAnswer(walk: Walk, step: CompiledStep): void {
  const { session } = walk
  const gone = step.fills.filter(slot => slot in session.slots)
  if (gone.length === 0) return
  for (const slot of gone) delete session.slots[slot]
  session.path = session.path.filter(id => id !== step.id)
  for (const slot of gone) dropDependents(walk, slot)
}

/** Drops answers to questions that do not apply any more, so that nothing hidden is submitted. */
export function dropHidden(walk: Walk): void {
  const { session, flow } = walk
  for (const slot of Object.keys(session.slots)) {
    const steps = flow.bySlot.get(slot)
    if (steps && !steps.some(step => holds(walk, step.when))) delete session.slots[slot]
  }
  if (!session.kept) return
  const shown = Object.entries(session.kept).filter(([id]) => holds(walk, flow.byId.get(id)?.when ?? null))
  session.kept = Object.fromEntries(shown)
}
