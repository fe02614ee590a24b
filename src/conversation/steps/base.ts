import { z } from 'zod'
import { compileCondition } from '../condition.ts'
import type { CompiledStep } from '../flow.ts'
import type { Move } from '../walk.ts'
import type { StepSource } from './kinds.ts'

/** Fields every step kind has. */
export const baseFields = {
  id: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
  /** CEL; the step is passed over while it is false. */
  when: z.string().optional(),
  /** Step id; absent = the one that follows in the file. */
  next: z.string().optional(),
  /** Why a text of this step may be longer than what one takes in at a glance. */
  longTextReason: z.string().optional(),
}

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
