import type { CompiledStep, Move } from '../machine.ts'
import { compileCondition } from '../condition.ts'
import type { StepSource } from './schema.ts'

export const wait: Move = { move: 'wait' }

/** On to the declared next step, or the following one. */
export function go(source: { next?: string | undefined }, via: string, answered: boolean): Move {
  return { move: 'go', to: source.next ?? null, via, answered }
}

/** What all compiled steps share, and what most of them have nothing of. */
type Base = Pick<
  CompiledStep,
  'id' | 'source' | 'when' | 'slot' | 'fills' | 'standsOn' | 'dependsOn' | 'waits' | 'exits' | 'texts'
>

/** @throws Error when the condition does not parse. */
export function compiledBase(source: StepSource): Base {
  const when = source.when === undefined ? null : compileCondition(source.when)
  const dependsOn = when?.slots ?? []
  return {
    id: source.id,
    source,
    when,
    slot: null,
    fills: [],
    standsOn: [],
    dependsOn,
    waits: false,
    exits: [],
    texts: [],
  }
}
