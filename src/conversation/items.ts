import type { CompiledStep, Walk } from './machine.ts'
import { holds } from './scope.ts'
import { stepText } from './stepText.ts'
import { text } from './walk.ts'

/** One answer that a person may correct, in the flow itself or in one that it called. */
export interface Item {
  step: CompiledStep
  /** Calling steps on the way down to it, outermost first. */
  calls: CompiledStep[]
  /** The flow it stands in, for reading only. */
  walk: Walk
}

/** Answers so far, in the order in which they are numbered. */
export function itemsOf(walk: Walk, calls: CompiledStep[] = []): Item[] {
  return walk.flow.steps.flatMap(step => {
    if (!('review' in step.source) || !step.source.review || !holds(walk, step.when)) return []
    if (step.source.kind !== 'subflow') return isAnswered(walk, step) ? [{ step, calls, walk }] : []
    const inside = lookInside(walk, step)
    return inside ? itemsOf(inside, [...calls, step]) : []
  })
}

/** 电话, 身份证号: whether these words name an answer, by its label or as people call what is of its type. */
export function isNamed({ step, walk: { turn, flow } }: Item, said: string): boolean {
  const { source } = step
  const label = text(turn, stepText(flow.name, step.id, 'label'))
  const called = source.kind === 'ask' ? turn.library.texts.words(`words.called.${source.type}`) : []
  return [label, ...called].some(word => said.includes(word))
}

function isAnswered({ session }: Walk, step: CompiledStep): boolean {
  if (step.slot === null || !(step.slot in session.slots)) return false
  return !session.sealed || session.path.includes(step.id)
}

/** A called flow as it was left. What is done in it does not reach the session. */
function lookInside({ turn, session }: Walk, step: CompiledStep): Walk | null {
  const place = session.kept?.[step.id]
  const flow = place ? turn.library.flow(place.flow, place.revision) : null
  if (!place || !flow) return null
  const { kept: _, ...rest } = session
  return { turn, flow, session: { ...rest, ...place } }
}

/** How many flows up the list stands that 改第N项 counts: that of the review which will be shown. */
export function levelsToReview({ turn, flow, session }: Walk): number {
  if (flow.reviews) return 0
  const outer = (session.stack ?? []).toReversed()
  const level = outer.findIndex(place => turn.library.flow(place.flow, place.revision)?.reviews)
  return level < 0 ? outer.length : level + 1
}
