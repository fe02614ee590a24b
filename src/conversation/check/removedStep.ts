import { movedStep } from '../flowMigration.ts'
import type { CompiledFlow, Library } from '../machine.ts'
import type { Finding, Rule, StoredPosition } from './finding.ts'

/** Nobody stands at a step, or in a revision, that is not loaded any more, unless a declared move leads away from it. */
export const removedStep: Rule = {
  name: 'removedStep',
  check: input =>
    input.positions.flatMap(position => {
      const fate = fateOf(input, position)
      if (fate.kind !== 'lost') return []
      const { flow, step, count } = position
      const file = input.flows.find(({ name }) => name === flow)?.file ?? `flows/${flow}`
      const message = `${count} people stand here, and ${fate.why}`
      return [{ rule: 'removedStep', level: 'error', file, step, message } satisfies Finding]
    }),
}

/** What becomes of people who stand somewhere. */
export type Fate = { kind: 'stays' } | { kind: 'moves'; revision: number; step: string } | { kind: 'lost'; why: string }

/** They finish on their revision, are moved by what is declared, or would be lost. */
export function fateOf(
  { flows, library }: { flows: CompiledFlow[]; library: Library },
  { flow, revision, step }: StoredPosition,
): Fate {
  let at = { revision, step }
  for (let next = library.migration(flow, at.revision); next; next = library.migration(flow, at.revision)) {
    at = { revision: next.to, step: movedStep(next, at.step) }
  }
  const loaded = flows.find(one => one.name === flow && one.revision === at.revision)
  if (!loaded) return { kind: 'lost', why: `revision ${at.revision} is not loaded` }
  if (!loaded.byId.has(at.step)) return { kind: 'lost', why: `revision ${at.revision} has no step ${at.step}` }
  return at.revision === revision ? { kind: 'stays' } : { kind: 'moves', ...at }
}
