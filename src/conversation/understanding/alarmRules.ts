import source from './data/alarms.json' with { type: 'json' }
import { neededCharacters, partsOf, rarest } from './neededCharacters.ts'
import { isNormal } from './normalise.ts'
import { makeSieve, type Needed } from './sieve.ts'
import { charactersSounding, soundNumbersOf, soundsOf, spelledSyllables } from './syllables.ts'
import { standardWording } from './wording.ts'

/** Somebody may take his life, or somebody's life is in danger now. */
export type Alarm = 'crisis' | 'emergency'

const PAUSE = ','

const HARMLESS = new RegExp(Object.values(source.harmless).join('|'), 'gu')
const REPORTED = new RegExp(source.reported, 'u')
const NOT_LABOUR = new RegExp(source.notLabour, 'u')
const NOT_NOW = new RegExp(source.notNow, 'u')
const CERTAIN = new RegExp(source.certain, 'u')
const DENIED = new RegExp(source.denied, 'gu')
const WISHED = new RegExp(source.wished, 'u')
const AFTER_ALL = new RegExp(source.afterAll, 'u')
/** Talk about somebody in a film ends where the speaker speaks of himself. */
const OF_MYSELF = /我(?:也|真|就|都|好|要|现在|已经)*(?:想|要|不想|活)/u
const FOR_MYSELF = /^我(?:已经|刚才?|刚刚)*(?:喝|吃|吞)|我把[^,]{1,10}(?:喝|吃|吞)/u
/** Who tells of poison he drank himself did it on purpose, unless he says 误. */
const DRANK_POISON = /^我(?:已经|刚才?|刚刚|把)*(?:喝|吞|服)(?:了|下)?[^,误]{0,4}(?:药|百草枯|敌敌畏|毒)(?!酒)/u
/** Somebody else has done it to himself and may still be saved: 我妹割了手腕, 我妈上吊被我放下来了. */
const DONE_BY_ANOTHER =
  /(?:我)?(?:妈|爸|爹|娘|妹|姐|哥|弟|老婆|老公|媳妇|儿|女|闺女|孩子|婆婆|公公|奶奶|爷爷|邻居|朋友|同学|他|她|有人)[^,我]{0,5}(?:割(?:了|腕了|开)|吞了|吃了|喝了|上吊(?!吧|的)(?:了|被)|跳(?:了|下去了)|自杀了|捅了)/u
const STILL_SAVED =
  /血|叫不|喊不|没(?:有)?(?:反应|气|呼吸)|还有(?:点)?气|昏|晕|救|抢|吐|抽|快不行|安眠药|放下来|怎么办/u
/** Poison and a wish to die in one message, or poison not yet taken: self-harm, whoever it is. */
const ON_PURPOSE = /自杀|寻死|寻短|不想活|别救|不想救|想死|跳楼|遗书|别怪|[要想]喝(?:药|农药)/u
/** Somebody who once drank poison needs no ambulance for that. */
const ONCE = /(?:喝|吃|吞|服)过/u

const phrases = (list: readonly string[]): string[] => list.map(phrase => ` ${soundsOf(phrase).join(' ')} `)
const BUSINESS = new RegExp(source.business, 'u')
const SPELLED = {
  crisis: phrases(source.spelled.crisis),
  emergency: phrases(source.spelled.emergency),
  notNow: phrases(source.spelled.notNow),
}

/** One way of saying that something is wrong. */
interface Rule {
  /** `wholeCrisis`: an alarm only as the whole message: 着伙了 is 着火了, but its sounds inside other words are nothing. */
  of: 'crisis' | 'labour' | 'emergency' | 'wholeCrisis' | 'wholeEmergency'
  needed: Needed
  speaks(plain: string): boolean
}

const RULES: readonly Rule[] = [
  ...written('crisis', source.crisis),
  ...written('labour', source.labour),
  ...written('emergency', source.emergency),
  ...source.sounds.crisis.map(phrase => sounding('crisis', phrase)),
  ...source.sounds.emergency.map(phrase => sounding('emergency', phrase)),
  ...source.sounds.wholeCrisis.map(phrase => sounding('wholeCrisis', phrase)),
  ...source.sounds.wholeEmergency.map(phrase => sounding('wholeEmergency', phrase)),
]
/** Pauses are also made of other signs, so that a text without one tells nothing of a rule that needs one. */
const SIEVE = makeSieve(RULES.map(({ needed }) => needed.filter(list => !list.has(PAUSE))))
const FIGURES = Object.values(source.harmless).flatMap(partsOf)
const FIGURES_SIEVE = makeSieve(FIGURES.map(neededCharacters))
const FIGURES_OF_SPEECH = FIGURES.map(part => new RegExp(part, 'u'))

function written(of: Rule['of'], patterns: Readonly<Record<string, string>>): Rule[] {
  return Object.values(patterns)
    .flatMap(partsOf)
    .map(part => {
      const expression = new RegExp(part, 'u')
      return { of, needed: neededCharacters(part), speaks: plain => expression.test(plain) }
    })
}

function sounding(of: Rule['of'], phrase: string): Rule {
  const sounds = soundNumbersOf(phrase)
  const needed = rarest(soundsOf(phrase).map(charactersSounding))
  if (of === 'wholeCrisis' || of === 'wholeEmergency') {
    return { of, needed, speaks: plain => isRow(soundNumbersOf(plain), sounds) }
  }
  return { of, needed, speaks: plain => plain.split(PAUSE).some(part => holdsRow(soundNumbersOf(part), sounds)) }
}

function isRow(heard: readonly number[], row: readonly number[]): boolean {
  return heard.length === row.length && startsAt(heard, row, 0)
}

function holdsRow(heard: readonly number[], row: readonly number[]): boolean {
  for (let from = 0; from + row.length <= heard.length; from++) if (startsAt(heard, row, from)) return true
  return false
}

function startsAt(heard: readonly number[], row: readonly number[], from: number): boolean {
  for (let i = 0; i < row.length; i++) if (heard[from + i] !== row[i]) return false
  return true
}

/** What is left to judge: one wording, without figures of speech. For training and hearing alike. */
export function seriousPart(text: string): string {
  return withoutFigures(standardWording(text))
}

function withoutFigures(said: string): string {
  return FIGURES_SIEVE.left(said).some(part => FIGURES_OF_SPEECH[part]?.test(said))
    ? said.replace(HARMLESS, PAUSE)
    : said
}

/** Whether the words leave no doubt: a child who did not come home is not overruled by the learned judge. */
export function isCertain(text: string): boolean {
  return CERTAIN.test(standardWording(text))
}

/** Whether a service is asked about beside the words of danger; there the learned judge may say that nothing happens. */
export function asksForBusiness(text: string): boolean {
  return BUSINESS.test(standardWording(text))
}

/**
 * What else is said by who denies that he wants to die and asks for a service: 我不是想自杀，我就查一下申请. Null where nothing is
 * denied, or no service is wished beside it: a denial alone is looked after by a person.
 */
export function besideDenial(text: string): string | null {
  const said = standardWording(text)
  const rest = said.replace(DENIED, PAUSE)
  return rest !== said && WISHED.test(rest) && asksForBusiness(rest) ? rest : null
}

/** What the written rules say of a text of at most 500 characters. */
export function ruledAlarm(text: string): Alarm | null {
  const spelled = spelledSyllables(text)
  if (spelled) {
    const alarm = spelledAlarm(` ${spelled.join(' ')} `)
    if (alarm) return alarm
  }
  const said = standardWording(text)
  const rules = SIEVE.left(said)
  return rules.length > 0 ? alarmOf(rules, withoutFigures(said)) : null
}

/** `rules`: numbers of those that may speak; what is made of the text from here on holds no character that was not in it. */
function alarmOf(rules: readonly number[], worded: string): Alarm | null {
  // English needs its spaces; Chinese is heard through spaces and signs set between the characters.
  const plain = isNormal(worded) ? worded : withoutSigns(worded)
  const forms = plain === worded ? [plain] : [plain, worded]
  if (forms.some(form => isCrisis(rules, form))) return firstAid(plain)
  if (forms.some(form => isEmergency(rules, form))) return DRANK_POISON.test(plain) ? 'crisis' : 'emergency'
  if (speaks(rules, 'wholeCrisis', plain)) return 'crisis'
  return speaks(rules, 'wholeEmergency', plain) ? 'emergency' : null
}

function withoutSigns(worded: string): string {
  return withoutFigures(worded.replace(/[,，。.!！?？;；\n、]+/gu, PAUSE).replace(/[^\p{L}\p{N},]/gu, ''))
}

function speaks(rules: readonly number[], of: Rule['of'], plain: string): boolean {
  for (const number of rules) {
    const rule = RULES[number]
    if (rule?.of === of && rule.speaks(plain)) return true
  }
  return false
}

/** Poison that somebody else drank is for the ambulance first. */
function firstAid(plain: string): Alarm {
  if (DONE_BY_ANOTHER.test(plain) && STILL_SAVED.test(plain) && !ON_PURPOSE.test(plain)) return 'emergency'
  if (!POISONED.test(plain) || ON_PURPOSE.test(plain)) return 'crisis'
  return ONCE.test(plain) || FOR_MYSELF.test(plain) || OF_MYSELF.test(plain) ? 'crisis' : 'emergency'
}
const POISONED = new RegExp(source.emergency.poison, 'u')

function isCrisis(rules: readonly number[], plain: string): boolean {
  return speaks(rules, 'crisis', plain) && (!REPORTED.test(plain) || OF_MYSELF.test(plain))
}

function isEmergency(rules: readonly number[], plain: string): boolean {
  if (speaks(rules, 'labour', plain) && !NOT_LABOUR.test(plain.replace(/怎么办/gu, ''))) return true
  return speaks(rules, 'emergency', plain) && (!NOT_NOW.test(plain) || AFTER_ALL.test(plain))
}

function spelledAlarm(heard: string): Alarm | null {
  const has = (known: readonly string[]): boolean => known.some(phrase => heard.includes(phrase))
  if (has(SPELLED.crisis)) return 'crisis'
  return has(SPELLED.emergency) && !has(SPELLED.notNow) ? 'emergency' : null
}
