import { repeatQuestion } from './engine.ts'
import type { CompiledStep, Walk } from './machine.ts'
import { namesChoice } from './namesOption.ts'
import { toldAtOpening } from './opening.ts'
import { showAnswer } from './showValue.ts'
import type { Json } from './types.ts'
import { named, say, text } from './walk.ts'

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
  const shown = walk.flow.steps.filter(({ slot }) => slot !== null && slot in told).map(step => showAnswer(walk, step))
  if (shown.length === 0) say(walk.turn, 'common.later')
  else say(walk.turn, 'common.noted', named({ shown: shown.join(text(walk.turn, 'common.listSeparator')) }))
  repeatQuestion(walk)
  return true
}

/** Whether a text is, word for word, a choice of a question that comes later in the flow. */
export const namesLater = (walk: Walk, said: string): boolean =>
  laterSteps(walk).some(step => namesChoice(walk, step, said) !== null)

/** The slots that are told; empty where the question is no one that first words may answer. Null: nothing is. */
function toldTooEarly(walk: Walk, said: string): Record<string, Json> | null {
  const { turn, flow } = walk
  const later = laterSteps(walk)
  for (const step of later) {
    const value = namesChoice(walk, step, said)
    if (value !== null && step.source.kind === 'ask') return step.source.opening ? { [step.source.slot]: value } : {}
  }
  const slots = new Set(later.map(({ slot }) => slot))
  const told = Object.entries(toldAtOpening(turn, flow, said)).filter(([slot]) => slots.has(slot))
  return told.length >= ENOUGH ? Object.fromEntries(told) : null
}

/** Questions with choices that come after the open one and have no answer yet. */
function laterSteps({ flow, session }: Walk): CompiledStep[] {
  const at = flow.steps.findIndex(({ id }) => id === session.step)
  return flow.steps
    .slice(at + 1)
    .filter(({ source, slot }) => source.kind === 'ask' && source.type === 'choice' && !((slot ?? '') in session.slots))
}
