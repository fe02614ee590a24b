import source from './data/alarms.json' with { type: 'json' }
import { soundsOf, spelledSyllables } from './syllables.ts'
import { standardWording } from './wording.ts'

/** Somebody may take his life, or somebody's life is in danger now. */
export type Alarm = 'crisis' | 'emergency'

/** Nobody in need writes more before the words that matter. */
const HEARD_CHARACTERS = 2000
/** Read in pieces of what the normaliser takes, overlapping by more than the longest pattern. */
const PIECE = 500
const OVERLAP = 60
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

const phrases = (list: readonly string[]): string[] => list.map(phrase => ` ${soundsOf(phrase).join(' ')} `)
const SOUNDS = { crisis: phrases(source.sounds.crisis), emergency: phrases(source.sounds.emergency) }
const SPELLED = {
  crisis: phrases(source.spelled.crisis),
  emergency: phrases(source.spelled.emergency),
  notNow: phrases(source.spelled.notNow),
}

/**
 * The one judge of crisis and emergency, for the engine and for the intent reader; its words stand in `data/alarms.json`.
 * Missing one is far worse than one too many: doubtful wording counts. Null on ordinary messages.
 */
export function hearAlarm(text: string): Alarm | null {
  const heard = text.slice(0, HEARD_CHARACTERS)
  let found: Alarm | null = null
  for (let from = 0; from < Math.max(heard.length, 1); from += PIECE - OVERLAP) {
    const alarm = alarmIn(heard.slice(from, from + PIECE))
    if (alarm === 'crisis') return alarm
    found ??= alarm
  }
  return found
}

function alarmIn(text: string): Alarm | null {
  const spelled = spelledSyllables(text)
  if (spelled) {
    const alarm = spelledAlarm(` ${spelled.join(' ')} `)
    if (alarm) return alarm
  }
  // English needs its spaces; Chinese is heard through spaces and signs set between the characters.
  const worded = standardWording(text).replace(HARMLESS, PAUSE)
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
  return POISONED.test(plain) && !FOR_MYSELF.test(plain) && !OF_MYSELF.test(plain) ? 'emergency' : 'crisis'
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
