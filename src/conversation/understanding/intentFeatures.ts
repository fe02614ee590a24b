import { neededCharacters } from './neededCharacters.ts'
import { makeRows } from './rows.ts'
import { makeSieve, type Sieve } from './sieve.ts'
import { soundsOf, spelledSyllables } from './syllables.ts'
import { standardWording } from './wording.ts'

/** Longest text that is looked at; a request stands at the beginning. */
const LONGEST = 120
/** Groups of words which mean the same to the question at hand. */
export interface Cues {
  groups: readonly RegExp[]
  sieve: Sieve
  /** Features: of two groups that are heard together by the numbers of both, of a group itself by its number twice. */
  names: readonly (readonly string[])[]
}

export function cuesOf(source: Readonly<Record<string, string>>): Cues {
  const groups = Object.values(source).map(words => new RegExp(words, 'u'))
  const named = Object.keys(source)
  const names = named.map((name, i) => named.map((other, j) => (i === j ? `=${name}` : `=${name}+${other}`)))
  return { groups, sieve: makeSieve(Object.values(source).map(neededCharacters)), names }
}

/**
 * What a text is recognised by, the same for learning and hearing: pieces of one to three characters, pairs and threes of
 * sounds (生鱼登记 sounds like 生育登记, and `shengyu dengji` is nothing but sounds), word groups and pairs of these.
 */
interface Recognised {
  /** Code points, between the marks of beginning and end. */
  characters: readonly number[]
  sounds: readonly string[]
  /** Words of languages that leave spaces between them, and word groups: features by their names. */
  named: readonly string[]
  spelled: boolean
}

const BEGIN = 0x5e
const END = 0x24
const NO_MORE_SOUNDS = '$'

function recognised(text: string, cues: Cues): Recognised {
  const spelled = spelledSyllables(text.slice(0, LONGEST))
  if (spelled && spelled.length > 1) return { characters: [], sounds: spelled, named: [], spelled: true }
  const said = standardWording(text.slice(0, LONGEST))
  const plain = lettersOf(said)
  const words = wordsIn(said)
  const heard = cuesIn(said.includes(' ') && !/\p{Script=Han}/u.test(said) ? said : plain, cues)
  return {
    characters: codePoints(plain),
    sounds: spelled ?? soundsOf(plain),
    named: words.length > 0 ? [...words, ...heard] : heard,
    spelled: spelled !== null,
  }
}

const NOT_SAID = /[\s\p{P}\p{S}\p{Cf}]/gu
/** Of such a text nothing is left out. */
const ONLY_LETTERS = /^(?:[a-z\u4e00-\u9fff]|\d{1,6}(?!\d))*$/u

/** Without spaces and signs, every long number as #. */
function lettersOf(said: string): string {
  if (ONLY_LETTERS.test(said)) return said
  return said.replace(/\d{7,}[x叉]?/gu, '#').replace(NOT_SAID, character => (character === '#' ? '#' : ''))
}

function codePoints(plain: string): number[] {
  const points = [BEGIN]
  for (let at = 0; at < plain.length; at++) {
    const point = plain.codePointAt(at) ?? 0
    if (point > 0xffff) at++
    points.push(point)
  }
  points.push(END)
  return points
}

function wordsIn(said: string): readonly string[] {
  const words = said.match(/[a-z]{2,}/gu)
  return words ? [...new Set(words.map(word => `"${word}`))] : NONE
}

const NONE: readonly string[] = []
const NO_CUES: readonly string[] = ['=none']

function cuesIn(said: string, { groups, sieve, names }: Cues): readonly string[] {
  const heard = sieve.left(said).filter(group => groups[group]?.test(said))
  if (heard.length === 0) return NO_CUES
  const found: string[] = []
  for (const [i, group] of heard.entries()) {
    for (const other of heard.slice(i)) found.push(names[group]?.[other] ?? '')
  }
  return found
}

/** The features of a text by their names, each once: for learning. */
export function featuresOf(text: string, cues: Cues): string[] {
  const { characters, sounds, named, spelled } = recognised(text, cues)
  const pieces = piecesOf(characters)
  const sounded = soundsIn(sounds)
  return [...new Set([...(spelled ? [...sounded, ...pieces] : [...pieces, ...sounded]), ...named])]
}

function piecesOf(characters: readonly number[]): string[] {
  const marked = characters.map(point => String.fromCodePoint(point))
  return marked.flatMap((one, i) => {
    const two = marked[i + 1]
    const three = marked[i + 2]
    return [
      ...(i > 0 && two !== undefined ? [one] : []),
      ...(two === undefined ? [] : [one + two]),
      ...(two === undefined || three === undefined ? [] : [one + two + three]),
    ]
  })
}

function soundsIn(sounds: readonly string[]): string[] {
  return sounds.flatMap((sound, i) => {
    const two = `~${sound} ${sounds[i + 1] ?? NO_MORE_SOUNDS}`
    const three = sounds[i + 2]
    return three === undefined ? [two] : [two, `${two} ${three}`]
  })
}

/** Where the weights of what is recognised in a text begin, each once. */
export type FindFeatures = (text: string) => number[]

/**
 * `featuresOf` for hearing: the same features, looked up symbol by symbol instead of by names made for the purpose, which
 * would cost ten times as much. `places`: each known feature by its name.
 */
export function makeFindFeatures(places: ReadonlyMap<string, number>, cues: Cues): FindFeatures {
  const all = [...places]
  const pieces = makeRows(
    all.filter(([name]) => !/^[~"=]/u.test(name)).map(([name, at]) => [pointsOf(name), at] as const),
  )
  const sounded = makeRows(
    all.filter(([name]) => name.startsWith('~')).map(([name, at]) => [name.slice(1).split(' '), at] as const),
  )
  return text => {
    const { characters, sounds, named } = recognised(text, cues)
    const found = pieces.within(characters)
    for (const at of sounded.within([...sounds, NO_MORE_SOUNDS])) found.push(at)
    for (const name of named) {
      const at = places.get(name)
      if (at !== undefined) found.push(at)
    }
    return found
  }
}

function pointsOf(name: string): number[] {
  return Array.from(name, character => character.codePointAt(0) ?? 0)
}
