import { hearAlarm } from './alarms.ts'
import { intentExamples } from './intentExamples.ts'
import { pieces, trainIntents, weigh, type IntentModel } from './intentModel.ts'
import { normalise } from './normalise.ts'
import type { HeardIntent, ReadIntents } from './types.ts'

/** A clause counts as a request of its own from here on; the engine acts from 0.6. */
const CLAUSE_SURE = 0.6
/** Meanings below this are noise and not returned. */
const NOISE = 0.05
const CLAUSES = /[,，。.!！?？;；\n]|还有|另外|顺便|然后|同时|并且|以及|再就是|and also/u
/** 不是要补证: the rest of the clause is what is not wanted. */
const DENIED =
  /^(?:我|俺|我们|这|那|也|又|并)*(?:不是|不要|不想要|不想|不需要|不用|没想|没说|并非|唔系|冇想)(?:要|来|想|说|问)?/u
/** Saying no to going on is a wish of its own. */
const STANDING = new Set(['cancel', 'talk_to_human', 'privacy_request', 'complaint', 'other'])

/**
 * Learns from the service's own examples and those of the flows; deterministic, offline, a fraction of a millisecond a text.
 * The answer: requests in the order in which they were made, then the remaining meanings by score.
 */
export function makeReadIntents(examples: readonly { intent: string; text: string }[]): ReadIntents {
  const model = trainIntents([...intentExamples, ...examples])
  return text => {
    const alarm = hearAlarm(text)
    if (alarm) return [{ intent: alarm, score: 1 }]
    const clauses = normalise(text)
      .split(CLAUSES)
      .filter(clause => clause.trim() !== '')
      .slice(0, 6)
    const asked = clauses.length > 1 ? clauses.flatMap(clause => surest(model, clause)) : []
    const whole = meanings(model, text)
    return merged(asked, whole)
  }
}

/** What one clause asks for by itself, when that is clear and neither small talk nor denied. */
function surest(model: IntentModel, clause: string): HeardIntent[] {
  const [best] = meanings(model, clause)
  const request = best && best.score >= CLAUSE_SURE && best.intent !== 'other' && best.intent !== 'greeting'
  return request ? [best] : []
}

function meanings(model: IntentModel, text: string): HeardIntent[] {
  const chances = weigh(model, pieces(text))
  const all = model.intents
    .map((intent, i) => ({ intent, score: chances[i] ?? 0 }))
    .filter(({ score }) => score >= NOISE)
  const sorted = all.toSorted((a, b) => b.score - a.score)
  return DENIED.test(normalise(text)) ? sorted.filter(({ intent }) => STANDING.has(intent)) : sorted
}

function merged(asked: HeardIntent[], whole: HeardIntent[]): HeardIntent[] {
  const first = asked.filter((heard, i) => asked.findIndex(other => other.intent === heard.intent) === i)
  if (first.length === 0) return whole
  return [
    ...first,
    ...whole.filter(({ intent, score }) => score < CLAUSE_SURE && !first.some(heard => heard.intent === intent)),
  ]
}
