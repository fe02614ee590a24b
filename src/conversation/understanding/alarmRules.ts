import source from './data/alarms.json' with { type: 'json' }
import { soundsOf, spelledSyllables } from './syllables.ts'
import { standardWording } from './wording.ts'

/** Somebody may take his life, or somebody's life is in danger now. */
export type Alarm = 'crisis' | 'emergency'

const PAUSE = ','

const anyOf = (patterns: Readonly<Record<string, string>>): RegExp => new RegExp(Object.values(patterns).join('|'), 'u')

const HARMLESS = new RegExp(Object.values(source.harmless).join('|'), 'gu')
const REPORTED = new RegExp(source.reported, 'u')
const CRISIS = anyOf(source.crisis)
const LABOUR = anyOf(source.labour)
const NOT_LABOUR = new RegExp(source.notLabour, 'u')
const EMERGENCY = anyOf(source.emergency)
const NOT_NOW = new RegExp(source.notNow, 'u')
const AFTER_ALL = new RegExp(source.afterAll, 'u')
/** Talk about somebody in a film ends where the speaker speaks of himself. */
const OF_MYSELF = /我(?:也|真|就|都|好|要|现在|已经)*(?:想|要|不想|活)/u
const FOR_MYSELF = /^我(?:已经|刚|刚刚|把)*(?:喝|吃|吞)/u
/** Somebody who once drank poison needs no ambulance for that. */
const ONCE = /(?:喝|吃|吞|服)过/u

const phrases = (list: readonly string[]): string[] => list.map(phrase => ` ${soundsOf(phrase).join(' ')} `)
const SOUNDS = { crisis: phrases(source.sounds.crisis), emergency: phrases(source.sounds.emergency) }
const SPELLED = {
  crisis: phrases(source.spelled.crisis),
  emergency: phrases(source.spelled.emergency),
  notNow: phrases(source.spelled.notNow),
}

/** What is left to judge: one wording, without figures of speech. For training and hearing alike. */
export function seriousPart(text: string): string {
  return standardWording(text).replace(HARMLESS, PAUSE)
}

/** What the written rules say of a text of at most 500 characters. */
export function ruledAlarm(text: string): Alarm | null {
  const spelled = spelledSyllables(text)
  if (spelled) {
    const alarm = spelledAlarm(` ${spelled.join(' ')} `)
    if (alarm) return alarm
  }
  // English needs its spaces; Chinese is heard through spaces and signs set between the characters.
  const worded = seriousPart(text)
  const plain = worded
    .replace(/[,，。.!！?？;；\n、]+/gu, PAUSE)
    .replace(/[^\p{L}\p{N},]/gu, '')
    .replace(HARMLESS, PAUSE)
  return isCrisis(plain) || isCrisis(worded)
    ? firstAid(plain)
    : isEmergency(plain) || isEmergency(worded)
      ? 'emergency'
      : null
}

/** Poison that somebody else drank is for the ambulance first. */
function firstAid(plain: string): Alarm {
  return POISONED.test(plain) && !ONCE.test(plain) && !FOR_MYSELF.test(plain) && !OF_MYSELF.test(plain)
    ? 'emergency'
    : 'crisis'
}
const POISONED = new RegExp(source.emergency.poison, 'u')

function isCrisis(plain: string): boolean {
  if (REPORTED.test(plain) && !OF_MYSELF.test(plain)) return false
  return CRISIS.test(plain) || sounds(plain, SOUNDS.crisis)
}

function isEmergency(plain: string): boolean {
  if (LABOUR.test(plain) && !NOT_LABOUR.test(plain.replace(/怎么办/gu, ''))) return true
  if (!EMERGENCY.test(plain) && !sounds(plain, SOUNDS.emergency)) return false
  return !NOT_NOW.test(plain) || AFTER_ALL.test(plain)
}

function sounds(plain: string, known: readonly string[]): boolean {
  const heard = ` ${plain
    .split(PAUSE)
    .map(part => soundsOf(part).join(' '))
    .join(' , ')} `
  return known.some(phrase => heard.includes(phrase))
}

function spelledAlarm(heard: string): Alarm | null {
  const has = (known: readonly string[]): boolean => known.some(phrase => heard.includes(phrase))
  if (has(SPELLED.crisis)) return 'crisis'
  return has(SPELLED.emergency) && !has(SPELLED.notNow) ? 'emergency' : null
}
