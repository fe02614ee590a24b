import { asksForBusiness, besideDenial, isCertain, ruledAlarm, seriousPart, type Alarm } from './alarmRules.ts'
import storedJudge from './data/alarmModel.json' with { type: 'json' }
import storedScreen from './data/alarmScreen.json' with { type: 'json' }
import { weigh } from './intentModel.ts'
import { unpackModel } from './modelFile.ts'
import { alarmSigns, screenSigns } from './signs.ts'
import { spelledSyllables } from './syllables.ts'

export type { Alarm } from './alarmRules.ts'

/** Nobody in need writes more before the words that matter. */
const HEARD_CHARACTERS = 2000
/** Read in pieces of what the normaliser takes, overlapping by more than the longest pattern. */
const PIECE = 500
const OVERLAP = 60
/** The learned judge looks at the beginning and the end of a long text, each as long as its examples. */
const GLANCE = 60
/**
 * Characters, or syllables of pinyin. Names and short answers are judged by the rules, or by a judge that is all but certain:
 * 张救 is a person.
 */
const SHORTEST = 4
const SHORTEST_LEARNED = 3
const SHORT_SURE = 0.95
const CHINESE = /\p{Script=Han}/gu
/** Where the script begins, with radicals; nothing before it is Chinese. */
const FIRST_CHINESE = 0x2e80
const FIRST_COMMON = 0x4e00
const LAST_COMMON = 0x9fff
/**
 * Chance from which the learned judge speaks where no rule did: of 3,073 cries that it was not taught 5 go unheard at 0.45 and 2 at
 * 0.35, of 5,374 ordinary messages 50 and 62 are taken for one, at most 2 in 100 of any set.
 */
const LEARNED_SURE = 0.35
/** Chance below which it overrules a rule, and only where a service is asked about: 大出血能报销多少. */
const LEARNED_CALM = { crisis: 0.1, emergency: 0.2 }
/** In other sentences it must be all but certain, and never overrules a wish to die. */
const CERTAIN_CALM = 0.02
const SENTENCE = 8

/**
 * Chance from which the judge is asked at all. The screen looks at little and is quick: of 1,048 cries that no rule hears, in sets
 * that teach nothing, one was at 0.008 and none other below 0.06; of ordinary messages, half of them made of words of danger, five in
 * six are below.
 */
export const SCREENED = 0.005

export const screen = unpackModel(storedScreen, screenSigns)
const judge = unpackModel(storedJudge, alarmSigns)
const crisis = judge.intents.indexOf('crisis')
const emergency = judge.intents.indexOf('emergency')
const ordinary = judge.intents.indexOf('ordinary')

/**
 * The one judge of crisis and emergency, for the engine and for the intent reader: written rules (`data/alarms.json`),
 * then a model learned from examples (`data/alarmExamples.json`) for what no rule foresaw.
 * Missing one is far worse than one too many: doubtful wording counts. Null on ordinary messages.
 */
export function hearAlarm(text: string): Alarm | null {
  const heard = text.slice(0, HEARD_CHARACTERS)
  const alarm = alarmIn(heard)
  const rest = alarm === 'crisis' ? besideDenial(heard) : null
  return rest === null ? alarm : alarmIn(rest)
}

function alarmIn(heard: string): Alarm | null {
  const ruled = ruledIn(heard)
  if (ruled) return isOnlyAsked(heard, ruled) && !isCertain(heard) ? null : ruled
  if (heard.length <= GLANCE) return learnedAlarm(heard)
  return learnedAlarm(heard.slice(0, GLANCE)) ?? learnedAlarm(heard.slice(-GLANCE))
}

function ruledIn(heard: string): Alarm | null {
  let found: Alarm | null = null
  for (let from = 0; from < Math.max(heard.length, 1); from += PIECE - OVERLAP) {
    const alarm = ruledAlarm(heard.slice(from, from + PIECE))
    if (alarm === 'crisis') return alarm
    found ??= alarm
  }
  return found
}

/** Words of danger in a question about money, papers or the page, or of animals, shops, lessons. Long texts count. */
function isOnlyAsked(heard: string, ruled: Alarm): boolean {
  if (heard.length > GLANCE) return false
  const chance = chanceOfAlarm(weigh(judge, seriousPart(heard)))
  if (asksForBusiness(heard)) return chance < LEARNED_CALM[ruled]
  return ruled === 'emergency' && chance < CERTAIN_CALM && countChinese(heard) >= SENTENCE
}

function learnedAlarm(text: string): Alarm | null {
  const characters = countChinese(text)
  const length = characters > 0 ? characters : (spelledSyllables(text)?.length ?? 0)
  if (length < SHORTEST_LEARNED) return null
  const serious = seriousPart(text)
  // The screen knows characters only; pinyin is for the judge.
  if (characters > 0 && chanceOfAlarm(weigh(screen, serious)) < SCREENED) return null
  const chances = weigh(judge, serious)
  if (chanceOfAlarm(chances) < (length < SHORTEST ? SHORT_SURE : LEARNED_SURE)) return null
  return (chances[crisis] ?? 0) >= (chances[emergency] ?? 0) ? 'crisis' : 'emergency'
}

/** Most texts are made of the characters of one block and of figures, which are counted without a search. */
function countChinese(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit >= FIRST_COMMON && unit <= LAST_COMMON) count += 1
    else if (unit >= FIRST_CHINESE) return text.match(CHINESE)?.length ?? 0
  }
  return count
}

function chanceOfAlarm(chances: Float64Array): number {
  return 1 - (chances[ordinary] ?? 1)
}
