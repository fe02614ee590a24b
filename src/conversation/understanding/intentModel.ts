import { featuresOf, makeFindFeatures, type FindFeatures, type Signs } from './intentFeatures.ts'

/** A linear model over features: for each feature a weight per intent, side by side. */
export interface IntentModel {
  intents: readonly string[]
  /** Feature → where its weights begin. */
  places: ReadonlyMap<string, number>
  /** In steps: a byte each in the product, where the few that a message needs then lie close together. */
  weights: Float32Array | Int8Array
  /** Weight of one step; 1 while learning. */
  step: number
  signs: Signs
  find: FindFeatures
}

/** As it was learned, in weights of any size. */
export type LearnedModel = IntentModel & { weights: Float32Array }

export function makeModel(model: Omit<IntentModel, 'find'>): IntentModel {
  return { ...model, find: makeFindFeatures(model.places, model.signs) }
}

export interface Example {
  intent: string
  text: string
}

/** Passes over the examples, first step and shrinking: chosen on the development half. */
const PASSES = 40
const STEP = 1
/**
 * The model is the mean of the weights after each of the last passes: single steps of the end do not show in it. The mean of
 * thirty passes took a fifth fewer ordinary messages for a cry than that of ten, and what is heard changes less with each lesson.
 */
const AVERAGED = 30
/**
 * Share of the features hidden from each lesson, others each time, so that a meaning is not learned by one word alone.
 * On wordings of despair seen nowhere it halved the false alarms at the same recall; 0.3 to 0.5 do about the same.
 */
const HIDDEN = 0.4
/** Errors below this are not worth a step; it saves two thirds of the training time. */
const SMALL = 0.01
/** Softmax on sparse short texts is timid: this makes a score of 0.6 right in about nine of ten on the development half. */
const SHARPNESS = 1.5
/** A model that only learns something more keeps what it knows: few passes, small steps. */
const MORE = { passes: 6, averaged: 1, step: 0.7 }

/**
 * Softmax regression by plain gradient steps: the same examples give the same model to the last bit. When an example takes its turn
 * and what is hidden from it hangs on its own words alone, so that one example more leaves the lessons of all others as they were.
 */
export function trainIntents(examples: readonly Example[], signs: Signs): LearnedModel {
  const intents = [...new Set(examples.map(({ intent }) => intent))].toSorted()
  const read = readExamples(examples, signs)
  const places = placesOf(read, { width: intents.length, seldomest: signs.seldomest })
  const weights = new Float32Array(places.size * intents.length)
  const model = { ...makeModel({ intents, places, weights, step: 1, signs }), weights }
  return taught(model, casesOf(model, read), { passes: PASSES, averaged: AVERAGED, step: STEP })
}

/** The model with further meanings or words in it; in a fraction of the time that training takes. */
export function trainFurther(model: IntentModel, examples: readonly Example[]): LearnedModel {
  const read = readExamples(examples, model.signs)
  const intents = [...new Set([...model.intents, ...examples.map(({ intent }) => intent)])]
  const features = new Set([
    ...model.places.keys(),
    ...placesOf(read, { width: 1, seldomest: model.signs.seldomest }).keys(),
  ])
  const places = new Map([...features].map((feature, i) => [feature, i * intents.length]))
  const weights = new Float32Array(places.size * intents.length)
  for (const [feature, from] of model.places) {
    const known = Float32Array.from(model.weights.subarray(from, from + model.intents.length), w => w * model.step)
    weights.set(known, places.get(feature) ?? 0)
  }
  const wider = { ...makeModel({ intents, places, weights, step: 1, signs: model.signs }), weights }
  return taught(wider, casesOf(wider, read), MORE)
}

interface ReadExample {
  intent: string
  features: string[]
  seed: number
}
interface Case {
  target: number
  at: Int32Array
  seed: number
}

function readExamples(examples: readonly Example[], signs: Signs): ReadExample[] {
  return examples
    .map(({ intent, text }) => ({ intent, features: featuresOf(text, signs), seed: seedOf(intent + text) }))
    .toSorted((one, other) => one.seed - other.seed)
}

function casesOf(model: IntentModel, read: readonly ReadExample[]): Case[] {
  return read.map(({ intent, features, seed }) => ({
    target: model.intents.indexOf(intent),
    at: placed(model, features),
    seed,
  }))
}

function taught(model: LearnedModel, cases: readonly Case[], course: typeof MORE): LearnedModel {
  const scores = new Float64Array(model.intents.length)
  const mean = new Float32Array(model.weights.length)
  const shown = shower(cases)
  for (let pass = 0; pass < course.passes; pass++) {
    const step = course.step / (1 + pass / 10)
    for (const lesson of cases) learn(model.weights, scores, { target: lesson.target, at: shown(lesson, pass), step })
    if (pass < course.passes - course.averaged) continue
    for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] ?? 0) + (model.weights[i] ?? 0) / course.averaged
  }
  return { ...model, weights: mean }
}

/** What is left of the features of a case when some are hidden, in one place for all cases, as they come a million times. */
function shower(cases: readonly Case[]): (lesson: Case, pass: number) => Int32Array {
  const left = new Int32Array(cases.reduce((most, { at }) => Math.max(most, at.length), 0))
  return ({ at, seed }, pass) => {
    let state = Math.imul(seed ^ Math.imul(pass + 1, 0x9e3779b1), 0x85ebca6b)
    let count = 0
    for (const place of at) {
      // The linear congruence of Numerical Recipes.
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      if (state >= HIDDEN * 2 ** 32) left[count++] = place
    }
    return left.subarray(0, count)
  }
}

/** FNV-1a over the units of a text. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/** Probability per intent, in the order of `model.intents`. */
export function weigh(model: IntentModel, text: string): Float64Array {
  const scores = new Float64Array(model.intents.length)
  score(model.weights, model.find(text), scores)
  return softmax(scores, SHARPNESS * model.step)
}

function placesOf(
  all: readonly ReadExample[],
  { width, seldomest }: { width: number; seldomest: number },
): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { features } of all) for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1)
  const known = [...counts].filter(([, count]) => count >= seldomest)
  return new Map(known.map(([feature], i) => [feature, i * width]))
}

function placed(model: IntentModel, features: readonly string[]): Int32Array {
  const at: number[] = []
  for (const feature of features) {
    const place = model.places.get(feature)
    if (place !== undefined) at.push(place)
  }
  return Int32Array.from(at)
}

/** Adds to scores that are still nothing. */
function score(weights: IntentModel['weights'], at: ArrayLike<number>, scores: Float64Array): void {
  for (let feature = 0; feature < at.length; feature++) {
    const place = at[feature] ?? 0
    for (let i = 0; i < scores.length; i++) scores[i] = (scores[i] ?? 0) + (weights[place + i] ?? 0)
  }
  const scale = 1 / Math.sqrt(at.length || 1)
  for (let i = 0; i < scores.length; i++) scores[i] = (scores[i] ?? 0) * scale
}

function softmax(scores: Float64Array, sharpness: number): Float64Array {
  let highest = -Infinity
  for (const score of scores) highest = Math.max(highest, score)
  let total = 0
  for (let i = 0; i < scores.length; i++) {
    const odds = Math.exp(((scores[i] ?? 0) - highest) * sharpness)
    scores[i] = odds
    total += odds
  }
  for (let i = 0; i < scores.length; i++) scores[i] = (scores[i] ?? 0) / total
  return scores
}

function learn(
  weights: Float32Array,
  scores: Float64Array,
  { target, at, step }: { target: number; at: Int32Array; step: number },
): void {
  scores.fill(0)
  score(weights, at, scores)
  const chances = softmax(scores, 1)
  const scale = step / Math.sqrt(at.length || 1)
  const wrong: number[] = []
  for (let i = 0; i < chances.length; i++) {
    const error = (i === target ? 1 : 0) - (chances[i] ?? 0)
    if (Math.abs(error) >= SMALL) wrong.push(i)
    chances[i] = scale * error
  }
  // Feature by feature: the weights of one lie side by side.
  for (const place of at) for (const i of wrong) weights[place + i] = (weights[place + i] ?? 0) + (chances[i] ?? 0)
}
