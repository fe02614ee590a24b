import type { RegionPack } from '../domain/regionPack.ts'
import type { SurveyKind } from '../domain/survey/kinds.ts'
import type { Condition } from './condition.ts'
import type { FlowMigration } from './flowMigration.ts'
import type { HearOrder } from './officer/heardOrder.ts'
import type { NumberPattern } from './patterns.ts'
import type { PhraseName } from './phrases.ts'
import type { PolicySearch } from './policy/policySearch.ts'
import type { Settings } from './settings.ts'
import type { StepSource } from './steps/schema.ts'
import type { Texts } from './texts.ts'
import type { Command, Confirming, Conversation, Effect, Json, Reply, Session, Trace, TurnContext } from './types.ts'
import type { ReadIntents, ReadValue, RefusalReason, Understood } from './understanding/types.ts'
import type { Watch } from './watch.ts'

/** A way out of a step, as declared: `to` null is the step that follows in the file, `end` is no step. */
export interface Exit {
  via: string
  to: string | null
  /** Locale key of the button that takes this way out; absent when no button does. */
  label?: string
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
  /** Every slot this step fills, `slot` among them. */
  fills: string[]
  /** Slots whose change makes the answer of this step doubtful, as declared. */
  standsOn: string[]
  /** `standsOn`, and what `when` reads. */
  dependsOn: string[]
  /** It waits for the person (or for `app`). */
  waits: boolean
  exits: Exit[]
  /** Locale keys it cannot do without, complete (`flow.steps.id.text`). */
  texts: string[]
  enter(walk: Walk): Move
  /** An answer while the session waits here. */
  answer?: ((walk: Walk, answer: Answer) => Move) | undefined
  /** What an answer to it would be, without taking it. */
  read?: ((walk: Walk, answer: Answer) => Understood) | undefined
  /** A value that was confirmed. */
  accept?: ((walk: Walk, value: Json, shown: string) => Move) | undefined
  /** The outcome of its command. */
  resume?: ((walk: Walk, outcome: string, values: Record<string, Json>) => Move) | undefined
  /** Puts the question again, without moving. */
  put?: ((walk: Walk) => void) | undefined
  /** 上一步 within the step: takes back the last thing given here. False: nothing was. */
  back?: ((walk: Walk) => boolean) | undefined
  /** Asked again after it was answered; absent: its slot is simply emptied. */
  reopen?: ((walk: Walk, why: 'back' | 'correct') => void) | undefined
  /** 改第N项 and 删除第N项 said while the session waits here. Null: not about anything in this step. */
  edit?: ((walk: Walk, what: 'change' | 'remove', number: number) => Move | null) | undefined
  /** The flow it calls, with what it gives to it. */
  call?: ((walk: Walk) => Call) | undefined
  /** The flow it called has ended with these slots. */
  returned?: ((walk: Walk, called: Returned) => Move) | undefined
}

/** Another flow to walk through before going on. `given` goes into its slots. */
export interface Call {
  flow: string
  given: Record<string, Json>
}

/** How a called flow ended. */
export interface Returned {
  outcome: string
  slots: Record<string, Json>
  /** Whether anything was asked in it. */
  asked: boolean
}

/** Words that tell what is meant, unless one of the others stands beside them; normalised. */
export interface Cues {
  words: string[]
  unless: string[]
}

export interface CompiledFlow {
  name: string
  revision: number
  file: string
  /** Place in the menu; null = started by invitation only. */
  menu: number | null
  /** Whether it stands in the second menu, under 更多. */
  more: boolean
  /** Label of `readIntents` that starts it. */
  intent: string | null
  /** Matter it is about; null = none. 要带什么 asked in it is answered for this one. */
  matter: string | null
  /** Normalised words that start it. */
  keywords: string[]
  /** Sentences people say when they want this; the intent reader learns from them. */
  examples: string[]
  /** Questions that the first words may answer. */
  opening: CompiledStep[]
  /** What begins it where no matter was heard: one of the words, said for somebody else, or all of the slots told. */
  opensOn: { forAnother: string[]; slots: string[] }
  /** Another matter that goes by the same words. */
  alike: (Cues & { intent: string }) | null
  /** Words for what is done no more: the answer with this id is told, and other flows are offered. */
  notDone: (Cues & { policy: string; instead: string[] }) | null
  settings: Settings
  /** `condolence`: for families in grief; the checker refuses cheerful words. */
  tone: 'plain' | 'condolence'
  /** Kind of campaign of which it is the questionnaire; null = none. */
  survey: SurveyKind | null
  /** Whether it shows a review: then its own list of answers is what 改第N项 counts. */
  reviews: boolean
  steps: CompiledStep[]
  byId: Map<string, CompiledStep>
  /** Steps that fill a slot. */
  bySlot: Map<string, CompiledStep[]>
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
  /** Answers to questions of policy, each with its source; absent: none is known. */
  policies?: PolicySearch
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
  /** Whether a normalised text says this in any of its many wordings, and nothing else. */
  isPhrase(name: PhraseName, plain: string): boolean
  /** The command word it is, e.g. `back`; null when none. */
  commandWord(plain: string): string | null
  /** Commands with a number that a normalised text may be. */
  patternsFor(plain: string): readonly NumberPattern[]
  /** What an officer tells the service to do with a task. */
  hearOrder: HearOrder
  watch: Watch
  /** The declared move from this revision of a flow, or null: the session stays pinned. */
  migration(flow: string, revision: number): FlowMigration | null
  /** All declared moves. */
  migrations: readonly FlowMigration[]
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
  /** The innermost flow: changes when the walk enters a called flow or comes back from one. */
  flow: CompiledFlow
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
  | { move: 'refuse'; reason: RefusalReason | OwnRefusal; detail: string }
  /** The answer was sound but not complete; the step has asked for the rest. */
  | { move: 'more' }
  | { move: 'confirm'; confirming: Confirming }
  | { move: 'correct'; item: number }
  | { move: 'run'; command: string; args: Record<string, Json> }
  | { move: 'call'; call: Call }
  | { move: 'handoff'; reason: 'asked' | 'tries' | 'flowError' }
  /** `outcome` is heard by a flow that called this one. */
  | { move: 'end'; outcome?: string }

/** Refusals that come from the engine and not from the reader of values. */
export type OwnRefusal = 'approx' | 'no-phone' | 'unreadable' | 'not-known' | 'media' | 'tooLong' | 'tooFew' | 'tooMany'
