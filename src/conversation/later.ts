import { repeatQuestion } from './engine.ts'
import type { CompiledStep, Turn, Walk } from './machine.ts'
import { namesChoice } from './namesOption.ts'
import { toldAtOpening } from './opening.ts'
import { showAnswer } from './showValue.ts'
import type { Json } from './types.ts'
import { named, reply, say, text } from './walk.ts'

/** How many answers a sentence has to hold to be one: 生育登记凭证丢了 tells two, 生育登记凭证怎么办 asks. */
const ENOUGH = 2

/**
 * What answers a question that comes later, said too early, is no wish for another matter: kept where the flow takes first words
 * for it, else it is said that it will be asked. False: it is nothing of the kind.
 */
export function keepForLater(walk: Walk, said: string): boolean {
  const told = toldTooEarly(walk, said)
  if (!told) return false
  Object.assign(walk.session.slots, told)
  const shown = shownOf(walk, told)
  if (shown === '') say(walk.turn, 'common.later')
  else say(walk.turn, 'common.noted', named({ shown }))
  repeatQuestion(walk)
  return true
}

/** Where one answer ends and the next begins. */
export const BETWEEN = /[，,。；;、\s]+/u

/**
 * 下柯村，光荣证丢了 answers three questions: what is told for later ones is kept when the open one is answered, and given up
 * when it is not.
 */
export function keepBeside(walk: Walk, said: string, answer: () => void): void {
  const told =
    BETWEEN.test(said.trim()) && !walk.session.confirming ? toldInSentence(walk, laterSteps(walk), said) : null
  if (!told) return answer()
  const { step } = walk.session
  const at = walk.turn.replies.length
  Object.assign(walk.session.slots, told)
  const shown = shownOf(walk, told)
  answer()
  // 请问是哪一个 is on the way to an answer.
  if (walk.session.step === step && !walk.session.confirming) {
    for (const slot of Object.keys(told)) delete walk.session.slots[slot]
    return
  }
  sayNoted(walk.turn, shown, at)
}

/** Whether a text is, word for word, a choice of a question that comes later in the flow. */
export const namesLater = (walk: Walk, said: string): boolean =>
  laterSteps(walk).some(step => namesChoice(walk, step, said) !== null)

/** The slots that are told; empty where the question is no one that first words may answer. Null: nothing is. */
function toldTooEarly(walk: Walk, said: string): Record<string, Json> | null {
  const later = laterSteps(walk)
  for (const step of later) {
    const value = namesChoice(walk, step, said)
    if (value !== null && step.source.kind === 'ask') return step.source.opening ? { [step.source.slot]: value } : {}
  }
  return toldInSentence(walk, later, said)
}

function toldInSentence({ turn, flow }: Walk, later: CompiledStep[], said: string): Record<string, Json> | null {
  const slots = new Set(later.map(({ slot }) => slot))
  const told = Object.entries(toldAtOpening(turn, flow, said)).filter(([slot]) => slots.has(slot))
  return told.length >= ENOUGH ? Object.fromEntries(told) : null
}

function shownOf(walk: Walk, told: Record<string, Json>): string {
  const steps = walk.flow.steps.filter(({ slot }) => slot !== null && slot in told)
  return steps.map(step => showAnswer(walk, step)).join(text(walk.turn, 'common.listSeparator'))
}

/** Before what was said since reply `at`, so that the open question comes last. */
export function sayNoted(turn: Turn, shown: string, at: number): void {
  const since = turn.replies.splice(at)
  say(turn, 'common.noted', named({ shown }))
  for (const { id: _, ...message } of since) reply(turn, message)
}

/** Questions with choices that come after the open one and have no answer yet. */
function laterSteps({ flow, session }: Walk): CompiledStep[] {
  const at = flow.steps.findIndex(({ id }) => id === session.step)
  return flow.steps
    .slice(at + 1)
    .filter(({ source, slot }) => source.kind === 'ask' && source.type === 'choice' && !((slot ?? '') in session.slots))
}
