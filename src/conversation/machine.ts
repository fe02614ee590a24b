import type { RegionPack } from '../domain/regionPack.ts'
import type { Condition } from './condition.ts'
import type { NumberPattern } from './patterns.ts'
import type { Settings } from './settings.ts'
import type { StepSource } from './steps/schema.ts'
import type { Texts } from './texts.ts'
import type { Command, Confirming, Conversation, Effect, Json, Reply, Session, Trace, TurnContext } from './types.ts'
import type { ReadIntents, ReadValue, RefusalReason } from './understanding/types.ts'
import type { Watch } from './watch.ts'

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
  /** Sentences people say when they want this; the intent reader learns from them. */
  examples: string[]
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

export interface LibraryTools {
  readValue: ReadValue
  readIntents: ReadIntents
  /** Facts of the place; null asks for the nation's. */
  packFor: (regionCode: string | null) => RegionPack
  /** Commands that `app` knows; a flow that names another does not load. Absent: not checked. */
  commandNames?: readonly string[]
}

/** Everything the engine needs, compiled once; a turn compiles nothing. Immutable. */
export interface Library extends LibraryTools {
  texts: Texts
  /** Newest revision of every flow, in the order of the menu. */
  flows: CompiledFlow[]
  /** A flow by name, in the revision a session is pinned to; null revision = newest. */
  flow(name: string, revision: number | null): CompiledFlow | null
  flowByKeyword(plain: string): CompiledFlow | null
  flowByIntent(intent: string): CompiledFlow | null
  plain(text: string): string
  /** Whether a normalised text is one of the words under this key, in any language. */
  isWord(key: string, plain: string): boolean
  /** The command word it is, e.g. `back`; null when none. */
  commandWord(plain: string): string | null
  patterns: NumberPattern[]
  watch: Watch
  /** Sentence of the catalogue with plain values; what `app` uses for its own texts. */
  text(language: 'zh-CN' | 'en', key: string, values?: Record<string, Json>): string
}

/** What one call of `converse` gathers. Owned by that call: nothing in it is shared with the stored conversation. */
export interface Turn {
  readonly library: Library
  readonly context: TurnContext
  conversation: Conversation
  replies: Reply[]
  effects: Effect[]
  trace: Trace[]
  command: Command | null
  /** The session this turn was about, for the state shown to clients. */
  touched: Session | null
}

/** One session on its way through its flow, within a turn. */
export interface Walk {
  readonly turn: Turn
  readonly flow: CompiledFlow
  readonly session: Session
}

/** What a person gave at a question. */
export type Answer =
  | { kind: 'text'; text: string }
  /** The value part of a current button. */
  | { kind: 'pressed'; value: string }
  | { kind: 'media'; mediaId: string; mediaType: 'image' | 'voice' | 'video' }

/** What a step wants to happen. The engine does it. */
export type Move =
  | { move: 'wait' }
  /** `to` null: the step that follows. `answered`: the person gave something here (上一步 stops here). */
  | { move: 'go'; to: string | null; via: string; answered: boolean }
  | { move: 'refuse'; reason: RefusalReason | 'approx' | 'unreadable' | 'media' | 'tooLong'; detail: string }
  /** The answer was sound but not complete; the step has asked for the rest. */
  | { move: 'more' }
  | { move: 'confirm'; confirming: Confirming }
  | { move: 'correct'; item: number }
  | { move: 'run'; command: string; args: Record<string, Json> }
  | { move: 'handoff'; reason: 'asked' | 'tries' | 'flowError' }
  | { move: 'end' }
