import type { Signs } from './intentFeatures.ts'
import { makeModel, type IntentModel, type LearnedModel } from './intentModel.ts'

/** A trained model as it stands in `data/`: weights in 256 steps, base64. Written by `scripts/train-intents.mjs`. */
export interface StoredModel {
  /** What it was trained from (`fingerprint`), so that a test can tell when it is out of date. */
  of: string
  intents: string[]
  /** Weight of one step. */
  step: number
  /** Features in the order of their weights, one a line. */
  features: string
  weights: string
}

/** Steps to either side of zero in a signed byte. */
const STEPS = 127

/** `telling`: steps from which a weight is kept; a feature whose every weight is smaller is left out. */
export function packModel(model: LearnedModel, { of, telling }: { of: string; telling: number }): StoredModel {
  const highest = model.weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0)
  const step = highest / STEPS || 1
  const width = model.intents.length
  const kept = [...model.places]
    .map(([feature, at]) => ({
      feature,
      steps: Array.from(model.weights.subarray(at, at + width), w => Math.round(w / step)),
    }))
    .filter(({ steps }) => steps.some(weight => Math.abs(weight) >= telling))
  const bytes = Int8Array.from(kept.flatMap(({ steps }) => steps))
  return {
    of,
    intents: [...model.intents],
    step,
    features: kept.map(({ feature }) => feature).join('\n'),
    weights: Buffer.from(bytes.buffer).toString('base64'),
  }
}

export function unpackModel(stored: StoredModel, signs: Signs): IntentModel {
  const bytes = new Int8Array(Buffer.from(stored.weights, 'base64'))
  const places = new Map(stored.features.split('\n').map((feature, i) => [feature, i * stored.intents.length]))
  return makeModel({ intents: stored.intents, places, weights: bytes, step: stored.step, signs })
}

/** Changes when any example or word group changes (FNV-1a, 32 bits: no secret, only a mark). */
export function fingerprint(...parts: unknown[]): string {
  let hash = 0x811c9dc5
  for (const character of JSON.stringify(parts)) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  }
  return (hash >>> 0).toString(16).padStart(8, '0')
}
