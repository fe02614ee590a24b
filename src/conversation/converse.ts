import type { Instant } from '../domain/world.ts'
import type { Library, Turn } from './machine.ts'
import { tellOutcome } from './deskCommands.ts'
import { asksToRate, HEAVY_TIMER, heedSilence, liftDistress } from './distress.ts'
import { mentionOpen, openWaiting } from './frontDesk.ts'
import { forgetDraft } from './drafts.ts'
import { guarded, repeatQuestion, resumeCommand, takeUpAgain } from './engine.ts'
import { readConversation } from './formats.ts'
import { FORMAT } from './storedForm.ts'
import { moveSession } from './moveSession.ts'
import { hear } from './hear.ts'
import { MAX_INVITED } from './settings.ts'
import {
  currentWalk,
  dropSettled,
  expire,
  inSession,
  nextWaiting,
  sessionTitle,
  startFlow,
  walkOf,
} from './sessions.ts'
import { INVITED_TIMER, setTimer } from './timers.ts'
import type {
  CommandResult,
  Conversation,
  Json,
  Session,
  TurnContext,
  TurnInput,
  TurnResult,
  TurnState,
} from './types.ts'
import { named, say, trace } from './walk.ts'

/**
 * One turn of one person: front desk and engine. Pure and total: it changes nothing it is given, never throws on
 * input, and answers every word of a person. Silent on stale timers, repeated invitations, matters settled elsewhere and results nobody waits for.
 */
export function converse(
  library: Library,
  conversation: Conversation | null,
  input: TurnInput,
  context: TurnContext,
): TurnResult {
  try {
    const turn = openTurn(library, conversation, context)
    take(turn, input)
    return resultOf(turn)
  } catch {
    // Our own bug outside any flow: the conversation stays as it was, the person gets a sentence and a way on.
    const sorry = bareTurn(library, isWhole(conversation) ? conversation : emptyConversation, context)
    say(sorry, 'common.flowError')
    sorry.effects.push({
      type: 'handoff',
      sessionId: sorry.conversation.current ?? '',
      flow: 'front-desk',
      reason: 'flowError',
      regionCode: null,
    })
    return { ...resultOf(sorry), conversation: conversation ?? emptyConversation }
  }
}

/** What a newer version wrote may have no sessions to look into. */
function isWhole(conversation: Conversation | null): conversation is Conversation {
  return Array.isArray(conversation?.sessions)
}

/** Of somebody who has not written yet. */
export const emptyConversation: Conversation = {
  format: FORMAT,
  language: 'zh-CN',
  sessions: [],
  current: null,
  queue: [],
  greeted: false,
}

/** A turn over a copy of the conversation, in the present format and with every declared move made. */
function openTurn(library: Library, conversation: Conversation | null, context: TurnContext): Turn {
  const stored = conversation ?? emptyConversation
  const read = stored.format === FORMAT ? stored : readConversation(stored)
  const turn = bareTurn(
    library,
    { ...read, sessions: read.sessions.map(copySession), queue: read.queue.slice() },
    context,
  )
  for (const session of turn.conversation.sessions) moveSession(turn, session)
  return turn
}

function bareTurn(library: Library, conversation: Conversation, context: TurnContext): Turn {
  return { library, context, conversation, replies: [], effects: [], trace: [], command: null, touched: null }
}

// Everything a turn may change in place; values inside slots are replaced, never changed.
function copySession(session: Session): Session {
  return { ...session, slots: { ...session.slots }, path: session.path.slice() }
}

function take(turn: Turn, input: TurnInput): void {
  switch (input.kind) {
    case 'timer':
      return takeTimer(turn, input)
    case 'invite':
      return takeInvite(turn, input)
    case 'settled':
      return dropSettled(turn, input.flow, input.slots)
    case 'commandResult':
      return takeResult(turn, input.result)
    case 'handBack':
      return takeBack(turn, input)
    case 'lifted':
      return liftDistress(turn)
    case 'hello':
    case 'text':
    case 'choice':
    case 'media':
      return hear(turn, input)
  }
}

function takeTimer(turn: Turn, { sessionId, name, turnId }: Extract<TurnInput, { kind: 'timer' }>): void {
  if (sessionId.startsWith(HEAVY_TIMER)) return heedSilence(turn, turnId)
  if (sessionId.startsWith(INVITED_TIMER)) return openInvited(turn)
  const { sessions, drafts = [], distress } = turn.conversation
  const draft = drafts.find(({ id }) => id === sessionId)
  if (draft?.turnId === turnId && name === 'expire') return forgetDraft(turn, draft.id)
  const session = sessions.find(({ id }) => id === sessionId)
  if (!session || session.turnId !== turnId) return
  const walk = walkOf(turn, session)
  if (!walk) return
  // Nothing of itself while a human is on his way; it is looked at again later.
  if (distress) return setTimer(walk)
  if (name === 'expire') return expire(walk)
  if (session.status === 'handedOff') return
  session.reminders = (session.reminders ?? 0) + 1
  setTimer(walk)
  say(turn, 'common.remind', named({ title: sessionTitle(turn, session) }))
  if (turn.conversation.current === session.id) guarded(walk, () => repeatQuestion(walk))
}

function takeInvite(turn: Turn, { flow: name, slots, notBefore }: Extract<TurnInput, { kind: 'invite' }>): void {
  const { conversation, library } = turn
  const key = `${name}:${JSON.stringify(slots)}`
  const flow = library.flow(name, null)
  if (!flow || conversation.invited?.includes(key)) return
  if (conversation.distress && asksToRate(flow)) return
  conversation.invited = [...(conversation.invited ?? []), key].slice(-MAX_INVITED)
  if (notBefore !== undefined && notBefore > turn.context.now)
    return inviteLater(turn, { flow: name, slots, notBefore })
  if (conversation.current === null && !conversation.distress) return startFlow(turn, flow, slots)
  conversation.queue.push({ flow: name, slots })
}

function inviteLater(turn: Turn, invited: { flow: string; slots: Record<string, Json>; notBefore: Instant }): void {
  const { turnId } = turn.context
  turn.conversation.queue.push(invited)
  const sessionId = `${INVITED_TIMER}${turnId}`
  turn.effects.push({ type: 'setTimer', sessionId, name: 'remind', dueAt: invited.notBefore, turnId })
}

/** Its hour has come. Silent when it was settled meanwhile; while another matter is in progress it waits on. */
function openInvited(turn: Turn): void {
  if (!turn.conversation.distress) openWaiting(turn)
}

function takeResult(turn: Turn, result: CommandResult): void {
  const { awaiting } = turn.conversation
  const walk = currentWalk(turn)
  if (awaiting) {
    delete turn.conversation.awaiting
    tellOutcome(turn, awaiting, result)
    if (walk?.session.status === 'waiting') guarded(walk, () => repeatQuestion(walk))
    else if (nextWaiting(turn)) openWaiting(turn)
    else if (awaiting.name === 'progress') mentionOpen(turn)
    return
  }
  if (walk?.session.awaiting) inSession(walk, () => resumeCommand(walk, result))
}

/** An officer is done with what was handed over. Silent when the session went on without him. */
function takeBack(turn: Turn, { sessionId, outcome, note }: Extract<TurnInput, { kind: 'handBack' }>): void {
  const { conversation } = turn
  const session = conversation.sessions.find(({ id }) => id === sessionId)
  const walk = session?.status === 'handedOff' ? walkOf(turn, session) : null
  if (!walk || !session) return
  if (conversation.distress) {
    session.status = 'paused'
    return
  }
  const values = named({ title: sessionTitle(turn, session), note })
  if (outcome === 'finish') {
    say(turn, 'common.finishedByOfficer', values)
    session.status = 'done'
    return inSession(walk, () => trace(walk, 'ended', 'officer'))
  }
  say(turn, 'common.handedBack', values)
  conversation.current ??= session.id
  if (conversation.current === session.id) return inSession(walk, () => takeUpAgain(walk))
  session.status = 'paused'
}

function resultOf(turn: Turn): TurnResult {
  const { conversation, replies, effects, trace, command } = turn
  const result: TurnResult = { conversation, replies, effects, trace, state: stateOf(turn) }
  return command ? { ...result, command } : result
}

function stateOf({ touched, conversation }: Turn): TurnState {
  const session = conversation.sessions.find(({ id }) => id === conversation.current) ?? touched
  if (!session) return { sessionId: null, flow: null, revision: null, step: null, done: false }
  const { id, flow, revision, step, status, applicationNumber } = session
  const state: TurnState = { sessionId: id, flow, revision, step, done: status === 'done' || status === 'cancelled' }
  return applicationNumber === undefined ? state : { ...state, applicationNumber }
}
