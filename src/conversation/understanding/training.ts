import alarmCues from './data/alarmCues.json' with { type: 'json' }
import alarmExamples from './data/alarmExamples.json' with { type: 'json' }
import cues from './data/cues.json' with { type: 'json' }
import dialect from './data/dialect.json' with { type: 'json' }
import intentExamples from './data/intents.json' with { type: 'json' }
import { ruledAlarm, seriousPart } from './alarmRules.ts'
import { cuesOf } from './intentFeatures.ts'
import { trainIntents, type Example, type IntentModel } from './intentModel.ts'
import { fingerprint, packModel, type StoredModel } from './modelFile.ts'

/** The examples which come with the service itself, by intent. */
export const ownExamples: readonly Example[] = listed(intentExamples)

/** Marks of what the stored models must have been trained from. */
export const intentMark = fingerprint(intentExamples, cues, dialect)
export const alarmMark = fingerprint(alarmExamples, alarmCues, intentExamples, dialect)

/** Walks through the wishes of all kinds; a prime, so that none is preferred. */
const WISH_STRIDE = 31

/** A new matter brings a handful of examples against hundreds of the others: each counts this often. */
const NEWCOMER = 12

/** Trains the reader of intents from the service's own examples and others (those of new flows). */
export function trainReader(more: readonly Example[]): IntentModel {
  return trainIntents([...ownExamples, ...Array.from({ length: NEWCOMER }, () => more).flat()], cuesOf(cues))
}

/** The two models as `scripts/train-intents.mjs` stores them. Deterministic. */
export function trainStored(): { intents: StoredModel; alarms: StoredModel } {
  // Every ordinary wish, and two in one message, is also an example of a message that is no alarm.
  const wishes = ownExamples.map(({ text }) => text).filter(text => ruledAlarm(text) === null)
  const pairs = wishes.map((text, i) => `${text}，${wishes[i + 1] ?? text}`)
  const cries = listed(alarmExamples)
  // A cry in the middle of business stays one.
  const mixed = cries
    .filter(({ intent }) => intent !== 'ordinary')
    .map(({ intent, text }, i) => ({ intent, text: `${wishes[(i * WISH_STRIDE) % wishes.length] ?? ''}，${text}` }))
  const ordinary = [...wishes, ...pairs].map(text => ({ intent: 'ordinary', text }))
  const alarms = [...cries, ...mixed, ...ordinary]
  const serious = alarms.map(({ intent, text }) => ({ intent, text: seriousPart(text) }))
  return {
    intents: packModel(trainReader([]), intentMark),
    alarms: packModel(trainIntents(serious, cuesOf(alarmCues)), alarmMark),
  }
}

function listed(lists: Readonly<Record<string, readonly string[]>>): Example[] {
  return Object.entries(lists).flatMap(([intent, said]) => said.map(text => ({ intent, text })))
}
