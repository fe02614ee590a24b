import type { CompiledFlow, Turn, Walk } from './machine.ts'
import { forgetDraft, putAwayAsDraft, takeDraft } from './drafts.ts'
import { begin, follow, guarded } from './engine.ts'
import { sayTold, showTold } from './opening.ts'
import { newSession, rootOf } from './places.ts'
import { MAX_OPEN_SESSIONS } from './settings.ts'
import { showDate } from './showValue.ts'
import { setTimer } from './timers.ts'
import type { Json, Session } from './types.ts'
import { named, say, text, trace } from './walk.ts'

/** The session that answers go to, with its flow; null at the front desk. */
export function currentWalk(turn: Turn): Walk | null {
  const { sessions, current } = turn.conversation
  const session = current === null ? null : sessions.find(({ id }) => id === current)
  return session ? walkOf(turn, session) : null
}

/** A session with the very revision it began with; null when that revision is not loaded any more. */
export function walkOf(turn: Turn, session: Session): Walk | null {
  const flow = turn.library.flow(session.flow, session.revision)
  if (!flow) return null
  turn.touched = session
  return { turn, flow, session }
}

/** Runs something in a session and then settles what became of it. */
export function inSession(walk: Walk, run: () => void): void {
  walk.turn.touched = walk.session
  guarded(walk, run)
  settleSession(walk)
}

/** Opens a flow and makes it the one that answers go to. `given`: what is known of its answers. */
export function startFlow(turn: Turn, flow: CompiledFlow, given: Record<string, Json>): void {
  const { conversation } = turn
  if (conversation.sessions.length >= MAX_OPEN_SESSIONS) return say(turn, 'desk.tooMany')
  const isTold = (slot: string) => flow.opening.some(({ fills }) => fills.includes(slot))
  if (Object.keys(given).every(isTold) && offerDraft(turn, flow)) return
  const session = newSession(turn, flow, given)
  open(turn, session)
  const walk: Walk = { turn, flow, session }
  const [told, at] = [showTold(walk), turn.replies.length]
  inSession(walk, () => {
    begin(walk)
    if (told !== null && session.status === 'waiting') sayTold(walk, told, at)
  })
}

function open(turn: Turn, session: Session): void {
  setAside(turn)
  turn.conversation.sessions.push(session)
  turn.conversation.current = session.id
}

/** 上次填到…，接着填吗？ False when there is no draft of this matter, or it stands in a revision that is gone. */
export function offerDraft(turn: Turn, flow: CompiledFlow): boolean {
  const session = takeDraft(turn, flow)
  const walk = session ? walkOf(turn, session) : null
  if (!session || !walk) return false
  turn.effects.push({ type: 'clearTimers', sessionId: session.id })
  open(turn, session)
  inSession(walk, () => follow(walk, { move: 'confirm', confirming: { kind: 'draft' } }))
  return true
}

/** Puts the current session aside; it stays open. */
export function setAside(turn: Turn): void {
  const { conversation } = turn
  const current = conversation.sessions.find(({ id }) => id === conversation.current)
  if (current?.status === 'waiting') current.status = 'paused'
  conversation.current = null
}

/** Makes an open session the current one again. */
export function takeUp(walk: Walk): void {
  const { conversation } = walk.turn
  if (conversation.current !== walk.session.id) setAside(walk.turn)
  conversation.current = walk.session.id
}

/** What follows from where a session stands now: timers, closing, the next in the queue. */
function settleSession(walk: Walk): void {
  const { session, turn } = walk
  // Waiting for app: the turn is not over, its second half settles.
  if (turn.command) return
  if (session.reminders !== undefined) delete session.reminders
  switch (session.status) {
    case 'waiting':
    case 'handedOff':
      return setTimer(walk)
    case 'paused':
      setTimer(walk)
      turn.conversation.current = null
      return openNext(turn)
    case 'cancelled':
      say(turn, 'common.cancelled')
      return close(walk)
    case 'done':
      return close(walk)
  }
}

function close(walk: Walk): void {
  drop(walk)
  openNext(walk.turn)
}

function drop({ session, turn }: Walk): void {
  const { conversation } = turn
  conversation.sessions = conversation.sessions.filter(({ id }) => id !== session.id)
  if (conversation.current === session.id) conversation.current = null
  turn.effects.push({ type: 'clearTimers', sessionId: session.id })
}

/** Ends, without a word, every session, draft and waiting invitation of a flow that was opened with these answers. */
export function dropSettled(turn: Turn, flow: string, slots: Record<string, Json>): void {
  const { conversation } = turn
  const isSettled = (place: { flow: string; slots: Record<string, Json> }) =>
    place.flow === flow && Object.entries(slots).every(([slot, value]) => place.slots[slot] === value)
  conversation.queue = conversation.queue.filter(waiting => !isSettled(waiting))
  for (const draft of conversation.drafts ?? []) if (isSettled(rootOf(draft))) forgetDraft(turn, draft.id)
  for (const session of conversation.sessions) {
    const walk = isSettled(rootOf(session)) ? walkOf(turn, session) : null
    if (!walk) continue
    session.status = 'done'
    trace(walk, 'ended', 'elsewhere')
    drop(walk)
  }
}

/** What in the queue is next and has its hour. */
export const nextWaiting = ({ conversation, context }: Turn) =>
  conversation.queue.find(({ notBefore = 0 }) => notBefore <= context.now)

/** Starts what waits in the queue, if nothing is in progress; otherwise reminds of what was put aside. */
export function openNext(turn: Turn): void {
  const { conversation } = turn
  if (conversation.current !== null) return
  const next = nextWaiting(turn)
  if (!next) return mentionOpen(turn)
  conversation.queue = conversation.queue.filter(one => one !== next)
  const flow = turn.library.flow(next.flow, null)
  if (flow) startFlow(turn, flow, next.slots)
}

function mentionOpen(turn: Turn): void {
  const open = turn.conversation.sessions.length
  if (open > 0)
    say(turn, 'common.stillOpen', named({ count: open, title: sessionTitle(turn, turn.conversation.sessions[0]) }))
}

/** Title of a session's matter, with a name to tell several apart. */
export function sessionTitle(turn: Turn, session: Session | undefined): string {
  if (!session) return ''
  const { flow, slots } = rootOf(session)
  const title = text(turn, `${flow}.title`)
  const name = slots['childName'] ?? slots['applicantName']
  return typeof name === 'string' ? text(turn, 'common.titleOf', named({ title, name })) : title
}

/** Ends a session whose time is up, quietly. */
export function expire(walk: Walk): void {
  const { turn, session } = walk
  session.status = 'cancelled'
  trace(walk, 'cancelled', 'expired')
  drop(walk)
  const title = sessionTitle(turn, session)
  const keptUntil = putAwayAsDraft(walk)
  if (keptUntil === null) say(turn, 'common.expired', named({ title }))
  else say(turn, 'common.putAway', named({ title, until: showDate(turn.conversation.language, keptUntil) }))
  if (nextWaiting(turn)) openNext(turn)
}
