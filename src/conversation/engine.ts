import type { Answer, CompiledStep, Move, Walk } from './machine.ts'
import { madeOnce, stepText } from './stepText.ts'
import { putConfirming, answerConfirming } from './confirming.ts'
import { holds } from './scope.ts'
import { EXAMPLE_AFTER_TRIES, MAX_STEPS_PER_TURN } from './settings.ts'
import { itemsOf, levelsToReview, type Item } from './items.ts'
import { ascend, currentStep, descend, endCorrection, reopen, rootOf, settle } from './places.ts'
import { walkValues } from './showValue.ts'
import type { CommandResult, Session } from './types.ts'
import { regionOf, reply, say, text, trace } from './walk.ts'

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
  const maybeAside = move.move === 'refuse' && !isAnswered(move.reason)
  if (maybeAside && given.kind === 'text' && aside(given.text)) return
  follow(walk, move)
}

/** Who writes too much, or says that he has no phone, has answered, and asked nothing. */
const isAnswered = (reason: string): boolean => reason === 'tooLong' || reason === 'no-phone'

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
    delete session.confirming
    delete session.within
    session.visit += 1
    repeatQuestion(walk)
    return true
  }
  if (currentStep(flow, session).back?.(walk)) {
    trace(walk, 'back')
    return true
  }
  if (session.before) return undoCorrection(walk, session.before)
  return backToLast(walk)
}

function backToLast(walk: Walk): boolean {
  const { session } = walk
  const last = session.path.pop()
  const step = last ? walk.flow.byId.get(last) : undefined
  if (!step) return ascend(walk) !== null && back(walk)
  session.step = step.id
  if (step.call) {
    descend(walk, step.call(walk))
    return backToLast(walk)
  }
  trace(walk, 'back')
  askAgain(walk, step, 'back')
  return true
}

/** The slots are as before the correction; one that reached into a called flow is undone there and in its callers. */
function undoCorrection(walk: Walk, before: NonNullable<Session['before']>): boolean {
  const { session } = walk
  session.slots = { ...before }
  const { returnTo } = session
  endCorrection(session)
  if (returnTo === undefined) return ascend(walk) !== null && back(walk)
  trace(walk, 'back')
  follow(walk, { move: 'go', to: returnTo, via: 'back', answered: false })
  return true
}

/** 改第N项: asks item N again; answers that do not stand on it are kept. False when there is no such item. */
export function correct(walk: Walk, number: number): boolean {
  return correctWhere(walk, items => items[number - 1])
}

/** The same for the item that is chosen from all answers so far. */
export function correctWhere(walk: Walk, choose: (items: Item[]) => Item | undefined): boolean {
  const { session } = walk
  const levels = levelsToReview(walk)
  const { confirming } = session
  for (let left = 0; left < levels; left++) ascend(walk)
  const item = choose(itemsOf(walk))
  if (!item) {
    for (let left = 0; left < levels; left++) stepInto(walk, currentStep(walk.flow, session))
    if (confirming) session.confirming = confirming
    return false
  }
  settle(session)
  session.before ??= { ...session.slots }
  session.returnTo ??= session.step
  trace(walk, 'corrected', item.step.id)
  for (const call of item.calls) stepInto(walk, call)
  askAgain(walk, item.step, 'correct')
  return true
}

function stepInto(walk: Walk, step: CompiledStep): void {
  if (!step.call) throw new Error(`${walk.flow.name}: ${step.id} calls nothing`)
  walk.session.step = step.id
  descend(walk, step.call(walk))
}

function askAgain(walk: Walk, step: CompiledStep, why: 'back' | 'correct'): void {
  reopen(walk, step, why)
  arrive(walk, step)
  follow(walk, step.enter(walk))
}

/** Carries out moves until the session waits, ends, or needs `app`. */
export function follow(walk: Walk, first: Move): void {
  let move = first
  for (let passed = 0; passed < MAX_STEPS_PER_TURN; passed++) {
    const next = onward(walk, move)
    if (next === null) return stop(walk, move.move === 'go' || move.move === 'call' ? { move: 'end' } : move)
    move = next
  }
  throw new RangeError(`${walk.flow.name} passed ${MAX_STEPS_PER_TURN} steps in one turn`)
}

/** The move that comes after this one; null when the walk stops here. */
function onward(walk: Walk, move: Move): Move | null {
  if (move.move === 'call') {
    const at = descend(walk, move.call)
    return at ? pass(walk, at) : comeBack(walk, 'done')
  }
  if (move.move === 'end') return comeBack(walk, move.outcome ?? 'done')
  if (move.move !== 'go') return null
  const next = leave(walk, move)
  return next ? pass(walk, next) : comeBack(walk, 'done')
}

/** The end of a called flow is a way on in its caller; null when nobody called. */
function comeBack(walk: Walk, outcome: string): Move | null {
  if (!walk.session.stack) return null
  trace(walk, 'ended', outcome)
  const left = ascend(walk)
  const step = currentStep(walk.flow, walk.session)
  if (!left || !step.returned) throw new Error(`${walk.flow.name}: ${step.id} called nothing`)
  return step.returned(walk, { outcome, slots: left.slots, asked: left.path.length > 0 })
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

function stop(walk: Walk, move: Exclude<Move, { move: 'go' | 'call' }>): void {
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
  const { session, turn } = walk
  if (reason !== 'tries') session.status = 'handedOff'
  const { flow } = rootOf(session)
  turn.effects.push({ type: 'handoff', sessionId: session.id, flow, reason, regionCode: regionOf(walk) })
}

const refusalKey = madeOnce(reason => `refusal.${reason}`)

/** First bad answer: the reason. Second: with an example. At the step's limit: an officer is asked in, once. */
function refuse(walk: Walk, { reason, detail }: Extract<Move, { move: 'refuse' }>): void {
  const { session, turn, flow } = walk
  const step = currentStep(flow, session)
  const sentence = text(turn, refusalKey(reason), walkValues(walk, { detail }))
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
