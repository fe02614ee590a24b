import { plainText } from './plainText.ts'
import { compileGrief, type Loss } from './griefWords.ts'
import { compileMood, type Mood } from './moodWords.ts'
import type { Texts } from './texts.ts'
import { ruledAlarm } from './understanding/alarmRules.ts'
import { hearAlarm, type Alarm } from './understanding/alarms.ts'
import { holdsFirstOf, holdsOneOf, unitsThat } from './understanding/codeUnits.ts'

/** What wins over everything else, in every state. */
export interface Watch {
  /**
   * 活着没意思: a human, 12356, 120 and 110 at once; 羊水破了: 120 first. The same judge as in the intent reader, the same
   * for all languages; takes the text as typed, because English is lost without its spaces.
   */
  alarm(said: string): Alarm | null
  /** Something the law of 2021 has no ground for (words in `locales/<language>/watch.yaml`); the topic, or null. */
  refusedTopic(plain: string): RefusedTopic | null
  /** 老伴走了: told of a death, as far as words can tell; null when of none. */
  grief(plain: string): Loss | null
  /** 心里难受: sadness without a word of danger. Takes the text as typed, whose marks part sentences, and the same as `plain`. */
  mood(said: string, plain: string): Mood
}

/** What is explained and not done: nothing about it is stored. Amended law of 2021-08-20: no fee, no quota, no checks; article 39 on sex tests. */
const refusedTopics = ['fine', 'checks', 'reporting', 'quota', 'sexTest'] as const
export type RefusedTopic = (typeof refusedTopics)[number]

/** `own`: labels of buttons and words to type, as we show them. */
export function compileWatch(texts: Texts, own: ReadonlySet<string>): Watch {
  const anyOf = (key: string) => matcher(texts.words(key))
  const topics = refusedTopics.map(topic => ({ topic, hit: anyOf(`watch.${topic}`) }))
  const mayHold = holdsFirstOf(refusedTopics.flatMap(topic => texts.words(`watch.${topic}`)).map(plainText))
  return {
    alarm: judgingOnce(own),
    grief: compileGrief(texts),
    mood: compileMood(texts),
    refusedTopic: plain => (mayHold(plain) ? (topics.find(({ hit }) => hit(plain))?.topic ?? null) : null),
  }
}

/** Halves of characters of two units count as letters: then the judge is asked. */
const holdsLetter = holdsOneOf(unitsThat(unit => /[\p{L}\p{Cs}]/u.test(String.fromCharCode(unit))))

/**
 * The judge looks at every message with hundreds of patterns. Figures alone hold no word, so they are not shown to him
 * (a test holds him to that). Our own words mean what we say they mean: only a written rule hears a cry in one, never what
 * was learned, and it is asked once. Of what else people say nothing is remembered.
 */
function judgingOnce(own: ReadonlySet<string>): Watch['alarm'] {
  const plainly = new Set([...own].map(plainText))
  const judge = (said: string): Alarm | null => {
    const alarm = hearAlarm(said)
    return alarm && plainly.has(plainText(said)) && !ruledAlarm(said) ? null : alarm
  }
  const judged = new Map<string, Alarm | null>()
  return said => {
    if (!holdsLetter(said)) return null
    if (!own.has(said)) return judge(said)
    let alarm = judged.get(said)
    if (alarm === undefined) judged.set(said, (alarm = judge(said)))
    return alarm
  }
}

function matcher(words: string[]): (plain: string) => boolean {
  if (words.length === 0) return () => false
  const alternatives = words.map(word => plainText(word).replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const expression = new RegExp(alternatives.join('|'), 'u')
  return plain => expression.test(plain)
}
