import type { Answer, CompiledFlow, CompiledStep, Move, Turn, Walk } from './machine.ts'
import { stepText } from './stepText.ts'
import { putConfirming, answerConfirming } from './confirming.ts'
import { holds } from './scope.ts'
import { EXAMPLE_AFTER_TRIES, MAX_STEPS_PER_TURN } from './settings.ts'
import { walkValues } from './showValue.ts'
import { correctable } from './steps/review.ts'
import type { CommandResult, Session } from './types.ts'
import { regionOf, reply, say, text, trace } from './walk.ts'

/** Where a session stands. The revision it began with is still loaded, or the session could not be here. */
export function currentStep(flow: CompiledFlow, session: Session): CompiledStep {
  const step = flow.byId.get(session.step)
  if (!step) throw new Error(`${flow.name} revision ${flow.revision} has no step ${session.step}`)
  return step
}

/**
 * One move of one session: pure, always answering something. An error inside a flow becomes a sentence and a
 * hand-over; the session stays where it was and 继续 tries again.
 */
export function guarded(walk: Walk, run: () => void): void {
  try {
    run()
  } catch (error) {
    // The flow is at fault, not the person. What went wrong stands in the trace, without the person's data.
    trace(walk, 'handedOff', `flowError:${error instanceof Error ? error.name : 'unknown'}`)
    handOver(walk, 'flowError')
    say(walk.turn, 'common.flowError')
  }
}

/** Begins a session at the first step. */
export function begin(walk: Walk): void {
  const first = walk.flow.steps[0]
  if (first) follow(walk, { move: 'go', to: first.id, via: 'start', answered: false })
}

/**
 * Takes an answer at the step where the session waits. `aside` is asked before an answer counts as bad:
 * true when it took the text as a question of another kind; the open question is then put again by it.
 */
export function answer(walk: Walk, given: Answer, aside: (text: string) => boolean): void {
  const { session } = walk
  const step = currentStep(walk.flow, session)
  if (session.confirming) {
    const move = answerConfirming(walk, step, session.confirming, given)
    if (move) return follow(walk, move)
  }
  const move = step.answer?.(walk, given) ?? { move: 'refuse', reason: 'unreadable', detail: '' }
  if (move.move === 'refuse' && given.kind === 'text' && aside(given.text)) return
  follow(walk, move)
}

/** 继续 after a hand-over: past a hand-over step, else the same question again. */
export function takeUpAgain(walk: Walk): void {
  const step = currentStep(walk.flow, walk.session)
  walk.session.status = 'waiting'
  if (step.source.kind === 'handoff' && step.answer) return follow(walk, step.answer(walk, { kind: 'text', text: '' }))
  repeatQuestion(walk)
}

/** Goes on with the outcome of the command for which the session waited. */
export function resumeCommand(walk: Walk, result: CommandResult): void {
  const step = currentStep(walk.flow, walk.session)
  delete walk.session.awaiting
  const move = step.resume?.(walk, result.outcome, result.values)
  if (!move) throw new Error(`${walk.flow.name}: ${step.id} waits for no command`)
  follow(walk, move)
}

/** Puts the open question again, whatever kind it is. */
export function repeatQuestion(walk: Walk): void {
  const { session } = walk
  if (session.confirming) return putConfirming(walk, session.confirming)
  const step = currentStep(walk.flow, session)
  if (step.put) return step.put(walk)
  // A step that only acts: an earlier error stopped it, so it is tried again (commands carry the same key).
  follow(walk, step.enter(walk))
}

/** 上一步: forgets the last answer and asks for it again. False when there is nothing behind. */
export function back(walk: Walk): boolean {
  const { session, flow } = walk
  if (session.confirming) {
    settle(session)
    session.visit += 1
    repeatQuestion(walk)
    return true
  }
  if (session.before && session.returnTo) return undoCorrection(walk, session.before, session.returnTo)
  const last = session.path.pop()
  const step = last ? flow.byId.get(last) : undefined
  if (!step) return false
  forget(session, step)
  trace(walk, 'back')
  arrive(walk, step)
  follow(walk, step.enter(walk))
  return true
}

function undoCorrection(walk: Walk, before: NonNullable<Session['before']>, returnTo: string): boolean {
  walk.session.slots = { ...before }
  endCorrection(walk.session)
  trace(walk, 'back')
  follow(walk, { move: 'go', to: returnTo, via: 'back', answered: false })
  return true
}

/** 改第N项: asks item N again; answers that do not stand on it are kept. False when there is no such item. */
export function correct(walk: Walk, item: number): boolean {
  const step = correctable(walk)[item - 1]
  if (!step) return false
  const { session } = walk
  settle(session)
  session.before ??= { ...session.slots }
  session.returnTo ??= session.step
  trace(walk, 'corrected', step.id)
  forget(session, step)
  arrive(walk, step)
  follow(walk, step.enter(walk))
  return true
}

function forget(session: Session, step: CompiledStep): void {
  if (!step.slot) return
  delete session.slots[step.slot]
  delete session.slots[`${step.slot}Closed`]
}

/** Carries out moves until the session waits, ends, or needs `app`. */
export function follow(walk: Walk, first: Move): void {
  let move = first
  for (let passed = 0; passed < MAX_STEPS_PER_TURN; passed++) {
    if (move.move !== 'go') return stop(walk, move)
    const next = leave(walk, move)
    if (!next) return stop(walk, { move: 'end' })
    move = pass(walk, next)
  }
  throw new RangeError(`${walk.flow.name} passed ${MAX_STEPS_PER_TURN} steps in one turn`)
}

function leave(walk: Walk, move: Extract<Move, { move: 'go' }>): CompiledStep | null {
  const { session, flow } = walk
  if (move.answered) {
    settle(session)
    trace(walk, 'answered', move.via)
    if (!session.path.includes(session.step)) session.path.push(session.step)
  } else if (move.via !== 'next' && move.via !== 'known' && move.via !== 'start' && move.via !== 'hidden') {
    trace(walk, 'answered', move.via)
  }
  if (move.to !== null) return flow.byId.get(move.to) ?? null
  return flow.following.get(session.step) ?? null
}

function pass(walk: Walk, step: CompiledStep): Move {
  if (!holds(walk, step.when)) {
    walk.session.step = step.id
    return { move: 'go', to: null, via: 'hidden', answered: false }
  }
  if (isSilent(walk, step)) {
    walk.session.step = step.id
    return { move: 'go', to: step.exits[0]?.to ?? null, via: 'next', answered: false }
  }
  arrive(walk, step)
  return step.enter(walk)
}

// On the way back from a correction only those texts speak that depend on what was changed.
function isSilent({ session }: Walk, step: CompiledStep): boolean {
  if (!session.before || step.source.kind !== 'say') return false
  const { before, slots } = session
  return !step.dependsOn.some(slot => before[slot] !== slots[slot])
}

function arrive(walk: Walk, step: CompiledStep): void {
  const { session } = walk
  const known = step.slot !== null && step.source.kind !== 'collect' && step.slot in session.slots
  session.step = step.id
  session.visit += 1
  session.tries = 0
  settle(session)
  if (session.returnTo === step.id || step.source.kind === 'review' || step.source.kind === 'commit')
    endCorrection(session)
  if (!known) trace(walk, 'entered')
}

function endCorrection(session: Session): void {
  delete session.before
  delete session.returnTo
}

function settle(session: Session): void {
  delete session.confirming
  delete session.within
}

function stop(walk: Walk, move: Exclude<Move, { move: 'go' }>): void {
  const { session, turn } = walk
  switch (move.move) {
    case 'wait':
    case 'more':
      return
    case 'confirm':
      session.confirming = move.confirming
      session.visit += 1
      return putConfirming(walk, move.confirming)
    case 'correct':
      if (!correct(walk, move.item)) say(turn, 'common.noSuchItem')
      return
    case 'refuse':
      return refuse(walk, move)
    case 'run':
      session.awaiting = { name: move.command, key: `${session.id}:${session.visit}:1`, args: move.args }
      turn.command = session.awaiting
      return
    case 'handoff':
      trace(walk, 'handedOff', move.reason)
      return handOver(walk, move.reason)
    case 'end':
      session.status = 'done'
      return trace(walk, 'ended')
  }
}

/** Asks an officer in and pauses: 继续 goes on. */
export function handOver(walk: Walk, reason: 'asked' | 'tries' | 'flowError'): void {
  const { session, flow, turn } = walk
  if (reason !== 'tries') session.status = 'handedOff'
  turn.effects.push({ type: 'handoff', sessionId: session.id, flow: flow.name, reason, regionCode: regionOf(walk) })
}

/** First bad answer: the reason. Second: with an example. At the step's limit: an officer is asked in, once. */
function refuse(walk: Walk, { reason, detail }: Extract<Move, { move: 'refuse' }>): void {
  const { session, turn, flow } = walk
  const step = currentStep(flow, session)
  const key = `refusal.${reason}`
  const sentence = text(turn, key, walkValues(walk, { detail }))
  if (reason === 'media') {
    reply(turn, { kind: 'text', text: sentence })
    return repeatQuestion(walk)
  }
  session.tries += 1
  trace(walk, 'invalid', reason)
  const limit = ('tries' in step.source ? step.source.tries : undefined) ?? Number.POSITIVE_INFINITY
  const example = session.tries >= EXAMPLE_AFTER_TRIES ? exampleOf(walk, step) : null
  reply(turn, { kind: 'text', text: example ? `${sentence}\n${example}` : sentence })
  if (example) trace(walk, 'example')
  if (session.tries === limit) {
    trace(walk, 'handedOff', 'tries')
    handOver(walk, 'tries')
    say(turn, 'common.handedOffTries')
  }
  repeatQuestion(walk)
}

function exampleOf(walk: Walk, step: CompiledStep): string | null {
  const { texts } = walk.turn.library
  const part = (name: string) => stepText(walk.flow.name, step.id, name)
  if (texts.has('zh-CN', part('example'))) {
    const example = text(walk.turn, part('example'), walkValues(walk))
    return text(walk.turn, 'common.example', name => (name === 'example' ? example : null))
  }
  return texts.has('zh-CN', part('help')) ? text(walk.turn, part('help'), walkValues(walk)) : null
}

/** A session as data, before its first step. */
export function newSession(turn: Turn, flow: CompiledFlow, given: Session['slots']): Session {
  return {
    id: turn.context.newId(),
    flow: flow.name,
    revision: flow.revision,
    step: flow.steps[0]?.id ?? '',
    visit: 0,
    tries: 0,
    slots: { ...given },
    path: [],
    turnId: turn.context.turnId,
    startedAt: turn.context.now,
    status: 'waiting',
  }
}
