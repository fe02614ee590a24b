import type { Condition } from './condition.ts'
import type { Settings } from './settings.ts'
import type { StepSource } from './steps/kinds.ts'
import type { Answer, Move, Walk } from './walk.ts'
import type { Json } from './types.ts'

/** A way out of a step, as declared: `to` null is the step that follows in the file, `end` is no step. */
export interface Exit {
  via: string
  to: string | null
}

/** A step ready to run. Everything that can be computed once is in it. */
export interface CompiledStep {
  id: string
  /** As written, for checks, drawings and the play console. */
  source: StepSource
  /** The step is passed over while this does not hold. */
  when: Condition | null
  /** Filled by this step, if any. */
  slot: string | null
  /** Slots whose change makes the answer of this step doubtful: declared, and derived from `when`. */
  dependsOn: string[]
  /** It waits for the person (or for `app`). */
  waits: boolean
  exits: Exit[]
  /** Locale keys it cannot do without, complete (`flow.steps.id.text`). */
  texts: string[]
  enter(walk: Walk): Move
  /** An answer while the session waits here. */
  answer?(walk: Walk, answer: Answer): Move
  /** A value that was confirmed. */
  accept?(walk: Walk, value: Json, shown: string): Move
  /** The outcome of its command. */
  resume?(walk: Walk, outcome: string, values: Record<string, Json>): Move
  /** Puts the question again, without moving. */
  put?(walk: Walk): void
}

export interface CompiledFlow {
  name: string
  revision: number
  file: string
  /** Place in the menu; null = started by invitation only. */
  menu: number | null
  /** Label of `readIntents` that starts it. */
  intent: string | null
  /** Normalised words that start it. */
  keywords: string[]
  settings: Settings
  steps: CompiledStep[]
  byId: Map<string, CompiledStep>
  /** Step that follows in the file. */
  following: Map<string, CompiledStep | null>
  /** Every slot a step fills, with null: the ground on which conditions stand. */
  emptySlots: Record<string, null>
  /** Slot that holds the region code, which decides the pack. */
  regionSlot: string | null
}

/** `birth-registration.steps.phone.text`. */
export function stepText(flow: string, step: string, part: string): string {
  return `${flow}.steps.${step}.${part}`
}
