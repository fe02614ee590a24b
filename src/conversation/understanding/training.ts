import alarmCues from './data/alarmCues.json' with { type: 'json' }
import alarmPatterns from './data/alarmPatterns.json' with { type: 'json' }
import alarmSource from './data/alarmExamples.json' with { type: 'json' }
import cues from './data/cues.json' with { type: 'json' }
import dialect from './data/dialect.json' with { type: 'json' }
import patterns from './data/intentPatterns.json' with { type: 'json' }
import flowExamples from './data/flowExamples.json' with { type: 'json' }
import intentExamples from './data/intents.json' with { type: 'json' }
import { ruledAlarm, seriousPart } from './alarmRules.ts'
import { sentencesOf } from './intentPatterns.ts'
import { alarmSigns, intentSigns, screenSigns } from './signs.ts'
import { trainFurther, trainIntents, type Example, type IntentModel, type LearnedModel } from './intentModel.ts'
import { fingerprint, packModel, type StoredModel } from './modelFile.ts'

/** The examples which come with the service itself and with its flows, by intent. */
export const ownExamples: readonly Example[] = distinct([...listed(flowExamples), ...listed(intentExamples)])

/** Cries for help, and ordinary messages that sound like one. */
export const alarmExamples: readonly Example[] = listed(alarmSource)

/** Marks of what the stored models must have been trained from. */
export const intentMark = fingerprint(flowExamples, intentExamples, patterns, cues, dialect)
export const alarmMark = fingerprint(intentMark, alarmSource, alarmPatterns, alarmCues)

/**
 * Sentences of one pattern that are learned: enough to meet every word of every list, few enough to leave the last word to
 * what people wrote. 20 to 80 do about the same; alarms gain from more.
 */
const PER_PATTERN = 40
const PER_ALARM_PATTERN = 80
const composed = sentencesOf(patterns, PER_PATTERN)

/** Steps of a weight that tell something: without the smaller ones no decision of six sets differs, and the file is half as large. */
const TELLING_INTENT = 6
/** Despair is heard in many small signs: without those of one step three more of 2,679 cries go unheard. */
const TELLING_ALARM = 1

/** Walks through the wishes of all kinds; a prime, so that none is preferred. */
const WISH_STRIDE = 31

/** A new matter brings a handful of examples against thousands of the others: each counts this often. */
const NEWCOMER = 64
/** One in so many of the known examples is repeated beside the new ones, so that nothing is forgotten. */
const REPEATED = 3

/** Trains the reader of intents from the examples of the service, its flows and its patterns. */
export function trainReader(): LearnedModel {
  return trainIntents([...ownExamples, ...composed], intentSigns)
}

/** The stored reader with examples it has not seen (a flow of a county), in about half a second. */
export function trainNewcomers(model: IntentModel, more: readonly Example[]): LearnedModel {
  const known = ownExamples.filter((_, i) => i % REPEATED === 0)
  return trainFurther(model, [...known, ...Array.from({ length: NEWCOMER }, () => more).flat()])
}

/** The models as `scripts/train-intents.mjs` stores them. Deterministic. */
export function trainStored(): { intents: StoredModel; alarms: StoredModel; screen: StoredModel } {
  // Every ordinary wish, and two in one message, is also an example of a message that is no alarm.
  const wishes = ownExamples.map(({ text }) => text).filter(text => ruledAlarm(text) === null)
  const pairs = wishes.map((text, i) => `${text}，${wishes[i + 1] ?? text}`)
  const cries = [...alarmExamples, ...sentencesOf(alarmPatterns, PER_ALARM_PATTERN)]
  // A cry in the middle of business stays one.
  const mixed = cries
    .filter(({ intent }) => intent !== 'ordinary')
    .map(({ intent, text }, i) => ({ intent, text: `${wishes[(i * WISH_STRIDE) % wishes.length] ?? ''}，${text}` }))
  const ordinary = [...wishes, ...pairs, ...composed.map(({ text }) => text)].map(text => ({
    intent: 'ordinary',
    text,
  }))
  const alarms = [...cries, ...mixed, ...ordinary]
  const serious = alarms.map(({ intent, text }) => ({ intent, text: seriousPart(text) }))
  return {
    intents: packModel(trainReader(), { of: intentMark, telling: TELLING_INTENT }),
    alarms: packModel(trainIntents(serious, alarmSigns), { of: alarmMark, telling: TELLING_ALARM }),
    screen: packModel(trainIntents(serious, screenSigns), { of: alarmMark, telling: TELLING_ALARM }),
  }
}

function listed(lists: Readonly<Record<string, readonly string[]>>): Example[] {
  return Object.entries(lists).flatMap(([intent, said]) => said.map(text => ({ intent, text })))
}

function distinct(examples: readonly Example[]): Example[] {
  const seen = new Set<string>()
  return examples.filter(({ intent, text }) => {
    const name = `${intent}\t${text}`
    return seen.has(name) ? false : seen.add(name)
  })
}
