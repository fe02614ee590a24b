import type { Answer, CompiledStep, Move } from '../machine.ts'
import { compileCondition } from '../condition.ts'
import type { StepSource } from './schema.ts'

export const wait: Move = { move: 'wait' }

/** On to the declared next step, or the following one. */
export function go(source: { next?: string | undefined }, via: string, answered: boolean): Move {
  return { move: 'go', to: source.next ?? null, via, answered }
}

/** Neither button was meant. A photo or a voice message is no bad answer: it is said that words are wanted. */
export function noOption({ kind }: Answer): Move {
  return { move: 'refuse', reason: kind === 'media' ? 'media' : 'not-an-option', detail: '' }
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
