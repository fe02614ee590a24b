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
const FOR_MYSELF = /^我(?:已经|刚才?|刚刚)*(?:喝|吃|吞)|我把[^,]{1,10}(?:喝|吃|吞)/u
/** Who tells of poison he drank himself did it on purpose, unless he says 误. */
const DRANK_POISON = /^我(?:已经|刚才?|刚刚|把)*(?:喝|吞|服)(?:了|下)?[^,误]{0,4}(?:药|百草枯|敌敌畏|毒)(?!酒)/u
/** Poison and a wish to die in one message, or poison not yet taken: self-harm, whoever it is. */
const ON_PURPOSE = /自杀|寻死|寻短|不想活|别救|不想救|想死|跳楼|遗书|别怪|[要想]喝(?:药|农药)/u
/** Somebody who once drank poison needs no ambulance for that. */
const ONCE = /(?:喝|吃|吞|服)过/u

const phrases = (list: readonly string[]): string[] => list.map(phrase => ` ${soundsOf(phrase).join(' ')} `)
const SOUNDS = { crisis: phrases(source.sounds.crisis), emergency: phrases(source.sounds.emergency) }
/** What is an alarm only as the whole message: 着伙了 is 着火了, but its sounds inside other words are nothing. */
const WHOLE = {
  crisis: new Set(phrases(source.sounds.wholeCrisis)),
  emergency: new Set(phrases(source.sounds.wholeEmergency)),
}
const BUSINESS = new RegExp(source.business, 'u')
const SPELLED = {
  crisis: phrases(source.spelled.crisis),
  emergency: phrases(source.spelled.emergency),
  notNow: phrases(source.spelled.notNow),
}

/** What is left to judge: one wording, without figures of speech. For training and hearing alike. */
export function seriousPart(text: string): string {
  return standardWording(text).replace(HARMLESS, PAUSE)
}

/** Whether a service is asked about beside the words of danger; there the learned judge may say that nothing happens. */
export function asksForBusiness(text: string): boolean {
  return BUSINESS.test(standardWording(text))
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
  if (isCrisis(plain) || isCrisis(worded)) return firstAid(plain)
  if (isEmergency(plain) || isEmergency(worded)) return DRANK_POISON.test(plain) ? 'crisis' : 'emergency'
  return wholeAlarm(plain)
}

function wholeAlarm(plain: string): Alarm | null {
  const whole = ` ${soundsOf(plain).join(' ')} `
  if (WHOLE.crisis.has(whole)) return 'crisis'
  return WHOLE.emergency.has(whole) ? 'emergency' : null
}

/** Poison that somebody else drank is for the ambulance first. */
function firstAid(plain: string): Alarm {
  if (!POISONED.test(plain) || ON_PURPOSE.test(plain)) return 'crisis'
  return ONCE.test(plain) || FOR_MYSELF.test(plain) || OF_MYSELF.test(plain) ? 'crisis' : 'emergency'
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
