import type { Instant, LocalDate } from '../domain/world.ts'

export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

export const inputTypes = [
  'text',
  'name',
  'idNumber',
  'date',
  'phone',
  'region',
  'choice',
  'multiChoice',
  'yesNo',
  'number',
  'photo',
  'signature',
  'confirm',
] as const
export type InputType = (typeof inputTypes)[number]

/** What a client needs to show a fitting input. `min`/`max`: numbers, or `YYYY-MM-DD` for dates. */
export interface InputHint {
  slot: string
  type: InputType
  required: boolean
  sensitive: boolean
  example?: string
  min?: number | string
  max?: number | string
}

/** One option. `key` carries session, step and visit, so that an old button is explained and not obeyed. */
export interface Choice {
  key: string
  label: string
}

/** One message to a person, the same for every channel; channels render it in their own dialect. */
export interface Reply {
  id: string
  kind: 'text' | 'choices' | 'card' | 'image' | 'file'
  text: string
  choices?: Choice[]
  input?: InputHint
  url?: string
}

/** Where the conversation stands, as clients see it. */
export interface TurnState {
  sessionId: string | null
  flow: string | null
  revision: number | null
  step: string | null
  done: boolean
  applicationNumber?: string
}

/** JSON as stored in slots, command arguments and results. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** What comes in. One of these is one call of `converse`. */
export type TurnInput =
  /** `place`: somebody sent where he is; the text is what the map calls it. */
  | { kind: 'text'; text: string; place?: { latitude: number; longitude: number } }
  | { kind: 'choice'; key: string }
  | { kind: 'media'; mediaId: string; mediaType: 'image' | 'voice' | 'video' }
  /** The person opened the chat (followed the account, opened the page) and has said nothing yet. */
  | { kind: 'hello' }
  /** A timer set by an effect came due. Ignored unless the session still stands at that turn. */
  | { kind: 'timer'; sessionId: string; name: TimerName; turnId: string }
  /**
   * The service opens a flow for this person (a rating after a decision). Waits while another flow is in progress, and until
   * `notBefore`.
   */
  | { kind: 'invite'; flow: string; slots: Record<string, Json>; notBefore?: Instant }
  /** What this flow was opened for with these answers is done elsewhere (papers sent by the page): it is not asked for any more. */
  | { kind: 'settled'; flow: string; slots: Record<string, Json> }
  /** The answer of `app` to the command on which the engine is waiting. */
  | { kind: 'commandResult'; result: CommandResult }
  /** An officer is done with a case handed over: the person goes on (`return`), or nothing is left to do (`finish`). */
  | { kind: 'handBack'; sessionId: string; outcome: 'return' | 'finish'; note: string | null }
  /** After distress a human was there and said what was done: the service may speak again. */
  | { kind: 'lifted' }

export type TimerName = 'remind' | 'expire'

/** A call of `app` which the engine needs answered before it can go on. At most one is open at a time. */
export interface Command {
  name: string
  /** `session:visit:n`: a repeated run of the same command is recognised by it. */
  key: string
  args: Record<string, Json>
}

/** `outcome` chooses the way on (declared at the step); `values` go into slots and texts. */
export interface CommandResult {
  outcome: string
  values: Record<string, Json>
}

/** What a turn causes besides its replies. Rows, not deeds: the store writes them in the turn's transaction. */
export type Effect =
  | { type: 'setTimer'; sessionId: string; name: TimerName; dueAt: Instant; turnId: string }
  | { type: 'clearTimers'; sessionId: string }
  | {
      type: 'consent'
      sessionId: string
      purpose: string
      version: number
      textHash: string
      granted: boolean
    }
  /** A person is needed: an officer gets the half-filled case. */
  | {
      type: 'handoff'
      sessionId: string
      flow: string
      reason: 'asked' | 'tries' | 'flowError' | 'distress' | 'emergency'
      /** By what distress was heard. */
      cause?: DistressCause
      regionCode: string | null
    }
  /** Somebody of the family died, or a child was lost: the household is left in peace and looked after. */
  | { type: 'bereaved'; lost: 'child' | 'person' }

/** Words of danger, several sad sentences together, or no word after a heavy one. */
export type DistressCause = 'words' | 'tone' | 'silence'

/** One stop of the walk, for funnels and coverage. No personal data. */
export interface Trace {
  flow: string
  revision: number
  step: string
  /** `told`: a question of policy was answered; `step` is the id of the answer. */
  event:
    'entered' | 'answered' | 'invalid' | 'example' | 'handedOff' | 'back' | 'corrected' | 'cancelled' | 'ended' | 'told'
  /** Exit taken, reason of refusal, or outcome. */
  via?: string
}

/** All talk with one resident: open sessions, the current one, what waits. Opaque to everybody but the engine. */
export interface Conversation {
  /** Format of this object; stored conversations of earlier formats are migrated at load (`formats.ts`). */
  format: 3
  language: Language
  sessions: Session[]
  /** Id of the session that answers go to; null between matters. */
  current: string | null
  /** Flows to offer when the current one ends, and not before their hour. */
  queue: { flow: string; slots: Record<string, Json>; notBefore?: Instant }[]
  /** True once the person has been greeted. */
  greeted: boolean
  /** Task ids in the order last shown to an officer, so that numbers do not shift while he types. */
  shownTasks?: string[]
  /** Where the list goes on. */
  taskCursor?: string
  /** The task an officer named last, and when: 这件 and a photo mean it. */
  namedTask?: { taskId: string; at: Instant }
  /** Photos and places an officer sent before he said to which task they belong. */
  heldEvidence?: Record<string, Json>[]
  /** What an officer was asked about his order; his next sentence answers it. */
  openOrder?: OpenOrder
  /** What he attached last, one after another to one task: 附错了 takes it back. */
  attached?: { taskId: string; pieces: string[] }
  /** A command of the front desk (进度, 待办 …) that stands outside any flow and is not answered yet. */
  awaiting?: Command
  /** What the front desk offered last, in order, so that a bare number picks from it. */
  offered?: string[]
  /** Invitations already taken, newest last, so that a repeated one does nothing. */
  invited?: string[]
  /** Sessions that silence ended, oldest first: offered again when the person comes back, deleted when their time is up. */
  drafts?: Session[]
  /** Since when a human is called; until he lifts it nothing is asked. `goesOn`: the person wants to go on with a matter. */
  distress?: { since: Instant; goesOn?: true }
  /** When sad sentences were said, oldest first, no more than the rule counts. */
  low?: Instant[]
  /** Who was lost, until the person asks for the list of matters again: what is said meanwhile is heard as said in mourning. */
  mourning?: 'child' | 'person'
  /** Turn of a heavy word that nothing was said after. */
  heavy?: string
}

/**
 * An order that lacks a word: why it waits, how it was done, to whom. It names tasks and no numbers, which may mean others by
 * the time of the answer.
 */
export interface OpenOrder {
  name: 'pause' | 'close' | 'transfer'
  taskIds: string[]
  /** From then on nobody waits for the answer any more. */
  until: Instant
}

/** What a session holds open between a heard answer and its counting. */
export type Confirming =
  /** `doubt`: the text that asks whether an unusual value is right, where 是…，对吗 would not say what is unusual. */
  | { kind: 'value'; value: Json; shown: string; doubt?: string }
  | { kind: 'options'; options: { value: Json; label: string }[] }
  | { kind: 'cancel' }
  | { kind: 'restart' }
  /** 修改 was chosen at a review: the next number names the item. */
  | { kind: 'whichItem' }
  /** The person asked for a flow while this one is open: go on, or put this one aside? */
  | { kind: 'another'; flow: string }
  /** Two or three answers of the knowledge base are near to a side question: which is meant? Keys of answers. */
  | { kind: 'policy'; keys: string[] }
  /** A draft was taken out again: go on where it stopped, or from the beginning? */
  | { kind: 'draft' }

/** A position in one flow with its answers. The session is one; flows that wait for a called one are others. */
export interface Place {
  flow: string
  revision: number
  /** Id of the step at which it waits. */
  step: string
  slots: Record<string, Json>
  /** Steps answered, in order, for 上一步. */
  path: string[]
  /** Set while one answer is being corrected from the review: the step to return to. */
  returnTo?: string
  /** While an answer is being corrected: the slots before, to know what changed and to undo. */
  before?: Record<string, Json>
  /** What called flows hold that ended or were left, by the id of the calling step: for 上一步 and 改第N项. */
  kept?: Record<string, Place>
  /** A command ran whose answers stand: only what was answered after it can be corrected. */
  sealed?: boolean
}

/** `flow`, `step`, `slots` … are those of the innermost flow. */
export interface Session extends Place {
  id: string
  /** Places in the flows that wait for the present one to end, outermost first. */
  stack?: Place[]
  /** Counts every arrival at a step; part of button keys and timers. */
  visit: number
  /** Bad answers at this step so far. */
  tries: number
  /** A value understood and shown, waiting for 对/不对 or for one of several meanings. */
  confirming?: Confirming
  /** The item of a list that is being asked: its place, and its fields so far. */
  item?: { at: number; given: Record<string, Json> }
  /** Region heard so far, when the answer did not reach down to the village. */
  within?: string
  /** What a day is known by so far, when the answer did not reach down to it: `2027`, `2027-03`, or `from/to`. */
  partly?: string
  /** Reminders sent since the person last said something. */
  reminders?: number
  /** The command the engine waits for, if any. */
  awaiting?: Command
  /** Turn that brought the session to where it stands; timers of other turns are stale. */
  turnId: string
  status: 'waiting' | 'paused' | 'handedOff' | 'done' | 'cancelled'
  applicationNumber?: string
}

/** What the engine may know besides session and input. All of it data; nothing reaches out. */
export interface TurnContext {
  /** Id of this turn: prefix of reply ids, stamp of timers. */
  turnId: string
  now: Instant
  today: LocalDate
  newId(): string
  /** Whether this person is bound to an officer account; opens 待办 and its kin. */
  officer: boolean
}

export interface TurnResult {
  conversation: Conversation
  replies: Reply[]
  effects: Effect[]
  trace: Trace[]
  state: TurnState
  /** Present when the engine stopped at a command. Run it, then call again with `commandResult`. */
  command?: Command
}
