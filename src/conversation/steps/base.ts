import type { CompiledStep, Move } from '../machine.ts'
import { compileCondition } from '../condition.ts'
import type { StepSource } from './schema.ts'

export const wait: Move = { move: 'wait' }

/** On to the declared next step, or the following one. */
export function go(source: { next?: string | undefined }, via: string, answered: boolean): Move {
  return { move: 'go', to: source.next ?? null, via, answered }
}

/** What all compiled steps share. */
export function compiledBase(
  source: StepSource,
): Pick<CompiledStep, 'id' | 'source' | 'when' | 'slot' | 'dependsOn' | 'waits' | 'exits' | 'texts'> {
  const when = source.when === undefined ? null : compileCondition(source.when)
  return { id: source.id, source, when, slot: null, dependsOn: when?.slots ?? [], waits: false, exits: [], texts: [] }
}
