import type { HeardIntent } from './types.ts'

/** A meaning with this score is acted upon; each of several requests in one message has it. */
export const SURE = 0.6
/** Less clear, but this far ahead of the next one, it is acted upon too: a question back would mostly bring the same. */
export const MARGIN = 0.15
/** Below this nothing was understood; of meanings above it the two best are asked about. */
export const PERHAPS = 0.25

/** What a bot does with what it heard: act, ask which of two, or say that it did not understand. */
export type Decision =
  { kind: 'asked'; intents: string[] } | { kind: 'unsure'; between: [string, string] } | { kind: 'nothing' }

/** The one place that decides, for the front desk and for `npm run understand`. */
export function decide(heard: readonly HeardIntent[]): Decision {
  const sure = heard.filter(({ score }) => score >= SURE).map(({ intent }) => intent)
  if (sure.length > 0) return { kind: 'asked', intents: sure }
  const [best, next] = heard
  if (!best || best.score < PERHAPS) return { kind: 'nothing' }
  if (!next || best.score - next.score >= MARGIN) return { kind: 'asked', intents: [best.intent] }
  return { kind: 'unsure', between: [best.intent, next.intent] }
}
