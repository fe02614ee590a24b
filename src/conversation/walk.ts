import type { CompiledFlow } from './flow.ts'
import type { Library } from './library.ts'
import type { TextValues } from './texts.ts'
import type { Command, Confirming, Conversation, Effect, Json, Reply, Session, Trace, TurnContext } from './types.ts'
import type { RefusalReason } from './understanding/types.ts'

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

/** Adds a reply; ids count up within the turn. */
export function reply(turn: Turn, message: Omit<Reply, 'id'>): void {
  turn.replies.push({ id: `${turn.context.turnId}-${turn.replies.length + 1}`, ...message })
}

/** Says a sentence of the catalogue. */
export function say(turn: Turn, key: string, values?: TextValues): void {
  reply(turn, { kind: 'text', text: text(turn, key, values) })
}

export function text(turn: Turn, key: string, values?: TextValues): string {
  return turn.library.texts.format(turn.conversation.language, key, values)
}

/** Values given by name; every other name is null. */
export function named(values: Record<string, Json>): TextValues {
  return name => values[name] ?? null
}

/** `session/visit/value`: an old button is recognised by session and visit. */
export function choiceKey(session: Session, value: string): string {
  return `${session.id}/${session.visit}/${value}`
}

export function trace(walk: Walk, event: Trace['event'], via?: string): void {
  const { flow, session, turn } = walk
  const entry: Trace = { flow: flow.name, revision: flow.revision, step: session.step, event }
  turn.trace.push(via === undefined ? entry : { ...entry, via })
}

/** The region code answered so far, for hand-overs; null before. */
export function regionOf({ flow, session }: Walk): string | null {
  const code = flow.regionSlot ? session.slots[flow.regionSlot] : null
  return typeof code === 'string' ? code : (session.within ?? null)
}
