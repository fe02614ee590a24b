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

/** Drops the answers that stand on `slot`, and those that stand on them. Answers whether anything went. */
export function dropDependents(walk: Walk, slot: string): void {
  const { session } = walk
  for (const step of walk.flow.steps) {
    if (!step.slot || step.slot === slot || !step.dependsOn.includes(slot)) continue
    if (!(step.slot in session.slots)) continue
    delete session.slots[step.slot]
    session.path = session.path.filter(id => id !== step.id)
    dropDependents(walk, step.slot)
  }
}

/** Drops answers to questions that do not apply any more, so that nothing hidden is submitted. */
export function dropHidden(walk: Walk): void {
  for (const [slot, steps] of questionsBySlot(walk.flow.steps)) {
    if (slot in walk.session.slots && !steps.some(step => holds(walk, step.when))) delete walk.session.slots[slot]
  }
}

function questionsBySlot(steps: CompiledStep[]): Map<string, CompiledStep[]> {
  const map = new Map<string, CompiledStep[]>()
  for (const step of steps) {
    if (step.slot) map.set(step.slot, [...(map.get(step.slot) ?? []), step])
  }
  return map
}
