import type { Library } from '../machine.ts'
import { frozenWorld, shanghaiDate } from '../../domain/world.ts'
import { converse } from '../converse.ts'
import { FORMAT, readStored, writeConversation } from '../storedForm.ts'
import type { Choice, Command, Conversation, Effect, Language, Trace, TurnInput, TurnResult } from '../types.ts'
import type { Entry, InputEntry, Transcript } from './format.ts'
import { isInput } from './format.ts'

type SetTimer = Extract<Effect, { type: 'setTimer' }>

/** A conversation on its way, stored between every two turns as the database would: as text. */
export interface Play {
  readonly library: Library
  readonly world: ReturnType<typeof frozenWorld>
  readonly officer: boolean
  readonly language: Language
  stored: string | null
  command: Command | null
  /** Every choice ever offered, oldest first. */
  shown: Choice[]
  last: Choice[]
  timers: SetTimer[]
  entries: Entry[]
  trace: Trace[]
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Begins a play at a frozen moment. */
export function openPlay(
  library: Library,
  { start, officer, language }: Pick<Transcript, 'start' | 'officer' | 'language'>,
): Play {
  const stored =
    language === 'zh-CN'
      ? null
      : JSON.stringify({ format: FORMAT, language, sessions: [], current: null, queue: [], greeted: false })
  return {
    library,
    world: frozenWorld(start),
    officer,
    language,
    stored,
    command: null,
    shown: [],
    last: [],
    timers: [],
    entries: [],
    trace: [],
  }
}

/** Plays the inputs of a transcript and answers the transcript as it now is, with the trace for coverage. */
export function playTranscript(
  library: Library,
  transcript: Transcript,
): { transcript: Transcript; trace: Trace[]; conversation: Conversation | null } {
  const play = openPlay(library, transcript)
  for (const input of transcript.turns.filter(isInput)) playInput(play, input)
  return { transcript: { ...transcript, turns: play.entries }, trace: play.trace, conversation: conversationOf(play) }
}

/** The stored conversation as the next turn will read it. */
export function conversationOf(play: Play): Conversation | null {
  return play.stored === null ? null : readStored(play.stored)
}

/** One thing that somebody does. @throws Error when the transcript asks for a button that is not there. */
export function playInput(play: Play, entry: InputEntry): void {
  if ('waitsHours' in entry) {
    play.entries.push(entry)
    return passTime(play, entry.waitsHours)
  }
  const input = inputOf(play, entry)
  play.entries.push(entry)
  play.world.advance(MINUTE)
  takeTurn(play, input)
}

function inputOf(play: Play, entry: Exclude<InputEntry, { waitsHours: number }>): TurnInput {
  if ('outcome' in entry)
    return { kind: 'commandResult', result: { outcome: entry.outcome, values: entry.values ?? {} } }
  if ('says' in entry) return { kind: 'text', text: entry.says }
  if ('presses' in entry) return { kind: 'choice', key: keyOf(play.last, entry.presses) }
  if ('pressesOld' in entry) return { kind: 'choice', key: keyOf(play.shown, entry.pressesOld) }
  if ('sends' in entry) return { kind: 'media', mediaId: 'media-1', mediaType: entry.sends }
  if ('opens' in entry) return { kind: 'hello' }
  if ('handsBack' in entry) {
    const sessionId = conversationOf(play)?.sessions.findLast(({ status }) => status === 'handedOff')?.id ?? ''
    return { kind: 'handBack', sessionId, outcome: entry.handsBack, note: entry.note ?? null }
  }
  return { kind: 'invite', flow: entry.invited, slots: entry.with }
}

function keyOf(choices: Choice[], label: string): string {
  const choice = choices.find(candidate => candidate.label === label)
  if (!choice) throw new Error(`no button "${label}" among ${choices.map(one => one.label).join(', ') || 'none'}`)
  return choice.key
}

function passTime(play: Play, hours: number): void {
  const until = play.world.now() + hours * HOUR
  for (let due = nextDue(play, until); due; due = nextDue(play, until)) {
    play.world.advance(due.dueAt - play.world.now())
    play.timers = play.timers.filter(timer => timer !== due)
    takeTurn(play, { kind: 'timer', sessionId: due.sessionId, name: due.name, turnId: due.turnId })
  }
  play.world.advance(until - play.world.now())
}

function nextDue(play: Play, until: number): SetTimer | undefined {
  return play.timers.filter(({ dueAt }) => dueAt <= until).toSorted((a, b) => a.dueAt - b.dueAt)[0]
}

/** One call of the engine, with the conversation as JSON on both sides. */
function takeTurn(play: Play, input: TurnInput): void {
  const { world } = play
  const now = world.now()
  const context = {
    turnId: world.newId(),
    now,
    today: shanghaiDate(now),
    newId: () => world.newId(),
    officer: play.officer,
  }
  const result = converse(play.library, conversationOf(play), input, context)
  play.stored = writeConversation(result.conversation)
  play.command = result.command ?? null
  play.trace.push(...result.trace)
  note(play, result)
}

function note(play: Play, { replies, effects, command }: TurnResult): void {
  for (const { text, choices = [] } of replies) {
    const buttons = choices.map(({ label }) => `〔${label}〕`).join('')
    play.entries.push({ answers: buttons ? `${text}\n${buttons}` : text })
    play.shown.push(...choices)
  }
  if (replies.length > 0) play.last = replies.flatMap(({ choices = [] }) => choices)
  for (const effect of effects) noteEffect(play, effect)
  if (command)
    play.entries.push(
      Object.keys(command.args).length > 0 ? { runs: command.name, with: command.args } : { runs: command.name },
    )
}

function noteEffect(play: Play, effect: Effect): void {
  if (effect.type === 'setTimer') {
    const others = play.timers.filter(timer => timer.sessionId !== effect.sessionId || timer.name !== effect.name)
    play.timers = [...others, effect]
  }
  if (effect.type === 'clearTimers') play.timers = play.timers.filter(({ sessionId }) => sessionId !== effect.sessionId)
  if (effect.type === 'handoff') play.entries.push({ causes: `handoff ${effect.reason}` })
  if (effect.type === 'bereaved') play.entries.push({ causes: `bereaved ${effect.lost}` })
  if (effect.type === 'consent') {
    const said = effect.granted ? 'granted' : 'refused'
    play.entries.push({ causes: `consent ${effect.purpose} ${effect.version} ${said}` })
  }
}
