import { holdsOneOf, UNITS, unitsThat } from './codeUnits.ts'
import table from './data/pinyin.json' with { type: 'json' }

/** Toneless syllables in the loose spelling below, each once, from 1 on. */
const SOUNDS = ['', ...new Set(Object.keys(table).map(loose))]
const NUMBERS = new Map(SOUNDS.map((sound, number) => [sound, number]))
/** The commonest reading of each of the 6763 characters of GB 2312 by its place in `SOUNDS`; 0 is none. */
const READINGS = readings()
const SYLLABLES = new Set(Object.keys(table))
/** zhuang, chuang, shuang. */
const LONGEST_SYLLABLE = 6
/** Longer runs of letters are no pinyin that a person typed; cutting them could take for ever. */
const LONGEST_WORD = 40

/** Southern ears and keyboards do not tell zh from z, ch from c, sh from s, -ng from -n after i and e. */
function loose(syllable: string): string {
  return syllable
    .replace(/^(zh|ch|sh)/u, initial => initial.charAt(0))
    .replace(/([ie])ng$/u, '$1n')
    .replace('v', 'u')
}

function readings(): Uint16Array {
  const found = new Uint16Array(UNITS)
  for (const [syllable, characters] of Object.entries(table)) {
    for (const character of characters) found[character.charCodeAt(0)] = numberOfSound(loose(syllable))
  }
  return found
}

/** `exact`: the syllable without its tone. `loose`: as southern ears hear it. */
export type Spelling = 'exact' | 'loose'
/** The syllable of each character, asked only of answers that could not be read. */
let exact: ReadonlyMap<string, string> | undefined

/** The sound of every character in its place; what has none stands for itself. */
export function soundsIn(text: string, spelling: Spelling): string[] {
  exact ??= new Map(Object.entries(table).flatMap(([sound, all]) => Array.from(all, one => [one, sound] as const)))
  const sounds = exact
  return Array.from({ length: text.length }, (_, at) => {
    const sound = sounds.get(text.charAt(at)) ?? text.charAt(at)
    return inSpelling(sound, spelling)
  })
}

export function inSpelling(syllable: string, spelling: Spelling): string {
  return spelling === 'exact' ? syllable : loose(syllable)
}

/** How each Chinese character sounds; other characters are left out. */
export function soundsOf(text: string): string[] {
  return soundNumbersOf(text).map(soundNamed)
}

/** The same by the numbers of the sounds, from 1 on. */
export function soundNumbersOf(text: string): number[] {
  const sounds: number[] = []
  for (let at = 0; at < text.length; at++) {
    const sound = READINGS[text.charCodeAt(at)] ?? 0
    if (sound > 0) sounds.push(sound)
  }
  return sounds
}

/** The sound of a number; '' of none. */
export function soundNamed(number: number): string {
  return SOUNDS[number] ?? ''
}

/** 0 where there is no such sound. */
export function numberOfSound(sound: string): number {
  return NUMBERS.get(sound) ?? 0
}

/** Every character that sounds like this, in the loose spelling. */
export function charactersSounding(sound: string): Set<string> {
  const alike = Object.entries(table).filter(([syllable]) => loose(syllable) === sound)
  return new Set(alike.flatMap(([, characters]) => Array.from(characters)))
}

/** The block of the common characters. */
const holdsHan = holdsOneOf(unitsThat(unit => unit >= 0x4e00 && unit <= 0x9fff))

/** Chinese keyboards write `，` and `！` behind pinyin, and a picture stands behind it often. */
const SIGN = /[^\x20-\x7e\p{L}\p{N}]/gu

/**
 * Reads a message typed in pinyin (`shengyu dengji zenme ban`, `sheng4 yu4`): its syllables, or null when it is not
 * wholly pinyin. Single letters are no syllables, so initials and English words fall through.
 */
export function spelledSyllables(text: string): string[] | null {
  // Nearly every message, told without a search.
  if (holdsHan(text)) return null
  const plain = text.replace(SIGN, ' ')
  if (/[^\x20-\x7eü]/u.test(plain)) return null
  const words = plain
    .toLowerCase()
    .replaceAll('ü', 'v')
    .match(/[a-z']+/gu)
  if (!words) return null
  const heard: string[] = []
  for (const word of words) {
    if (word.length > LONGEST_WORD) return null
    const parts = word.split("'").map(part => cut(part))
    for (const part of parts) {
      if (!part) return null
      heard.push(...part.map(loose))
    }
  }
  return heard.length > 0 ? heard : null
}

/** Longest syllable first, stepping back where the rest does not come out. */
function cut(word: string): string[] | null {
  if (word === '') return []
  for (let length = Math.min(LONGEST_SYLLABLE, word.length); length >= 1; length--) {
    const head = word.slice(0, length)
    if (!SYLLABLES.has(head) || (length === 1 && word !== head)) continue
    const rest = cut(word.slice(length))
    if (rest) return [head, ...rest]
  }
  return null
}
