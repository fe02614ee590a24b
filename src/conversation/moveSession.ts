import { movedStep, type FlowMigration } from './flowMigration.ts'
import type { CompiledFlow, Library, Turn } from './machine.ts'
import type { Json, Place, Session } from './types.ts'

/**
 * Moves a session on, as far as moves are declared: each of its places by itself. One that waits for the outcome of a
 * command stays until it has it: the answer belongs to the step that asked.
 */
export function moveSession({ library }: Turn, session: Session): void {
  if (library.migrations.length === 0 || session.awaiting) return
  const { step, revision } = session
  Object.assign(session, movePlace(library, session))
  if (session.stack) session.stack = session.stack.map(place => movePlace(library, place))
  if (session.step === step && session.revision === revision) return
  // Buttons of the old revision are explained from here on, and a value heard there is asked for again.
  session.visit += 1
  delete session.confirming
  delete session.item
}

function movePlace<P extends Place>(library: Library, place: P): P {
  let moved = place
  for (let next = migrationOf(library, moved); next; next = migrationOf(library, moved)) {
    moved = applyTo(moved, next.migration, next.flow)
  }
  if (!moved.kept) return moved
  const kept = Object.entries(moved.kept).map(([step, inner]) => [step, movePlace(library, inner)] as const)
  return { ...moved, kept: Object.fromEntries(kept) }
}

/** The next declared move, if its revision is loaded and has the step. */
function migrationOf(library: Library, place: Place): { migration: FlowMigration; flow: CompiledFlow } | null {
  const migration = library.migration(place.flow, place.revision)
  const flow = migration ? library.flow(migration.flow, migration.to) : null
  return migration && flow?.byId.has(movedStep(migration, place.step)) ? { migration, flow } : null
}

function applyTo<P extends Place>(place: P, migration: FlowMigration, flow: CompiledFlow): P {
  const step = (id: string) => movedStep(migration, id)
  const kept = Object.entries(place.kept ?? {}).map(([id, inner]) => [step(id), inner] as const)
  return {
    ...place,
    revision: migration.to,
    step: step(place.step),
    slots: moveSlots(place.slots, migration),
    path: [...new Set(place.path.map(step))].filter(id => flow.byId.has(id)),
    ...(place.returnTo === undefined ? {} : { returnTo: step(place.returnTo) }),
    ...(place.before === undefined ? {} : { before: moveSlots(place.before, migration) }),
    ...(place.kept === undefined ? {} : { kept: Object.fromEntries(kept.filter(([id]) => flow.byId.has(id))) }),
  }
}

function moveSlots(slots: Record<string, Json>, { slots: moves }: FlowMigration): Record<string, Json> {
  const kept = Object.entries(slots).filter(([slot]) => !moves.drop.includes(slot))
  return { ...moves.set, ...Object.fromEntries(kept.map(([slot, value]) => [moves.rename[slot] ?? slot, value])) }
}
