import { holdsFirstOf, holdsOneOf, unitsThat } from './codeUnits.ts'
import { neededCharacters } from './neededCharacters.ts'
import { makeRows } from './rows.ts'
import { makeSieve, type Sieve } from './sieve.ts'
import { numberOfSound, soundNamed, soundNumbersOf, spelledSyllables } from './syllables.ts'
import { standardWording } from './wording.ts'

/** Longest text that is looked at; a request stands at the beginning. */
const LONGEST = 120
/** Groups of words which mean the same to the question at hand. */
export interface Cues {
  names: readonly string[]
  groups: readonly RegExp[]
  sieve: Sieve
}

export function cuesOf(source: Readonly<Record<string, string>>): Cues {
  const words = Object.values(source)
  const groups = words.map(group => new RegExp(group, 'u'))
  return { names: Object.keys(source), groups, sieve: makeSieve(words.map(neededCharacters)) }
}

/** What a model looks at. */
export interface Signs {
  cues: Cues
  /** Characters of the longest piece, 2 or 3. */
  longest: number
  /** Whether it hears pairs and threes of sounds, too. */
  sounds: boolean
  /** How far apart the characters of a pair may stand that are no piece: 4 finds 不…活 in 不打算再活. 0: none is looked for. */
  farthest: number
  /** Times that a sign stands in the examples at least: what is seldomer says nothing about other people's sentences. */
  seldomest: number
}

/**
 * What a text is recognised by, the same for learning and hearing: pieces of one to three characters, pairs and threes of
 * sounds (生鱼登记 sounds like 生育登记, and `shengyu dengji` is nothing but sounds), word groups and pairs of these, and
 * characters that stand near each other.
 */
interface Recognised {
  /** Without spaces and signs; null where only sounds count. */
  letters: string | null
  /** By their numbers, with the mark of the end. */
  sounds: readonly number[]
  /** Of languages that leave spaces between them. */
  words: readonly string[]
  /** Numbers of the word groups, rising; null where none is looked for. */
  cues: readonly number[] | null
  spelled: boolean
}

const NO_MORE_SOUNDS = 0
const BEGINNING = '^'
const END = '$'
const NOTHING: readonly never[] = []

function recognised(text: string, { cues, sounds: hears }: Signs): Recognised {
  const spelled = spelledSyllables(text.slice(0, LONGEST))
  const sounds = spelled?.map(numberOfSound)
  if (sounds && sounds.length > 1)
    return { letters: null, sounds: [...sounds, NO_MORE_SOUNDS], words: NOTHING, cues: null, spelled: true }
  const said = standardWording(text.slice(0, LONGEST))
  const plain = lettersOf(said)
  const heard = hears ? (sounds ?? soundNumbersOf(plain)) : []
  if (hears) heard.push(NO_MORE_SOUNDS)
  return {
    letters: plain,
    sounds: heard,
    words: wordsIn(said),
    cues: cuesIn(said.includes(' ') && !/\p{Script=Han}/u.test(said) ? said : plain, cues),
    spelled: sounds !== undefined,
  }
}

const NOT_SAID = /[\s\p{P}\p{S}\p{Cf}]/gu
/** Of such a text nothing is left out. */
const ONLY_LETTERS = /^(?:[a-z\u4e00-\u9fff]|\d{1,6}(?!\d))*$/u
/** Figures too, as they may be many. */
const holdsOther = holdsOneOf(unitsThat(unit => !/[a-z\u4e00-\u9fff]/u.test(String.fromCharCode(unit))))

/** Without spaces and signs, every long number as #. */
function lettersOf(said: string): string {
  if (!holdsOther(said) || ONLY_LETTERS.test(said)) return said
  return said.replace(/\d{7,}[x叉]?/gu, '#').replace(NOT_SAID, character => (character === '#' ? '#' : ''))
}

const holdsSmallLetter = holdsFirstOf('abcdefghijklmnopqrstuvwxyz')

function wordsIn(said: string): readonly string[] {
  if (!holdsSmallLetter(said)) return NOTHING
  const words = said.match(/[a-z]{2,}/gu)
  return words ? [...new Set(words)] : NOTHING
}

function cuesIn(said: string, { groups, sieve }: Cues): number[] {
  const heard: number[] = []
  for (const group of sieve.left(said)) if (groups[group]?.test(said)) heard.push(group)
  return heard
}

/** The features of a text by their names, each once: for learning. */
export function featuresOf(text: string, signs: Signs): string[] {
  const { letters, sounds, words, cues: heard, spelled } = recognised(text, signs)
  const pieces = letters === null ? [] : piecesOf(letters, signs.longest)
  const sounded = soundsIn(sounds)
  const said = words.map(wordFeature)
  const meant = heard ? cueFeatures(heard, signs.cues.names) : []
  const apart = letters === null || signs.farthest === 0 ? [] : pairsApart(letters, signs.farthest)
  return [...new Set([...(spelled ? [...sounded, ...pieces] : [...pieces, ...sounded]), ...said, ...meant, ...apart])]
}

function wordFeature(word: string): string {
  return `"${word}`
}

const NO_CUE = '=none'

function cueFeatures(heard: readonly number[], names: readonly string[]): string[] {
  if (heard.length === 0) return [NO_CUE]
  return heard.flatMap((group, i) => heard.slice(i).map(other => cueFeature(names, group, other)))
}

/** Of two groups that are heard together; of one by itself when both are the same. */
function cueFeature(names: readonly string[], group: number, other: number): string {
  return group === other ? `=${names[group]}` : `=${names[group]}+${names[other]}`
}

function piecesOf(letters: string, longest: number): string[] {
  const marked = Array.from(`${BEGINNING}${letters}${END}`)
  return marked.flatMap((one, i) => {
    const two = marked[i + 1]
    const three = marked[i + 2]
    return [
      ...(i > 0 && two !== undefined ? [one] : []),
      ...(two === undefined ? [] : [one + two]),
      ...(longest < 3 || two === undefined || three === undefined ? [] : [one + two + three]),
    ]
  })
}

/** Pairs of characters that do not stand side by side, in their order, however far apart. */
function pairsApart(letters: string, farthest: number): string[] {
  const all = Array.from(letters)
  return all.flatMap((one, i) => all.slice(i + 2, i + farthest + 1).map(other => `_${one}${other}`))
}

function soundsIn(sounds: readonly number[]): string[] {
  return sounds.slice(0, -1).flatMap((sound, i) => {
    const two = `~${soundNamed(sound)} ${soundNamed(sounds[i + 1] ?? NO_MORE_SOUNDS) || END}`
    const three = soundNamed(sounds[i + 2] ?? NO_MORE_SOUNDS)
    return three === '' ? [two] : [two, `${two} ${three}`]
  })
}

/** Where the weights of what is recognised in a text begin, each once. */
export type FindFeatures = (text: string) => number[]

/**
 * `featuresOf` for hearing: the same features, looked up symbol by symbol instead of by names made for the purpose, which
 * would cost ten times as much. `places`: each known feature by its name.
 */
export function makeFindFeatures(places: ReadonlyMap<string, number>, signs: Signs): FindFeatures {
  const all = [...places]
  const pieces = makeRows(all.filter(([name]) => !/^[~"=_]/u.test(name)).map(([name, at]) => [unitsIn(name), at]))
  const sounded = makeRows(
    all.filter(([name]) => name.startsWith('~')).map(([name, at]) => [name.slice(1).split(' ').map(numberOfSound), at]),
  )
  const { names } = signs.cues
  const none = places.get(NO_CUE)
  const meant = names.map((_, group) => names.map((_, other) => places.get(cueFeature(names, group, other))))

  return text => {
    const { letters, sounds, words, cues: heard } = recognised(text, signs)
    const found: number[] = []
    const add = (at: number | undefined): void => {
      if (at !== undefined) found.push(at)
    }
    if (letters !== null) pieces.within(unitsBetweenMarks(letters), found)
    sounded.within(sounds, found)
    for (const word of words) add(places.get(wordFeature(word)))
    if (letters !== null && signs.farthest > 0) {
      for (const pair of new Set(pairsApart(letters, signs.farthest))) add(places.get(pair))
    }
    if (heard?.length === 0) add(none)
    for (let i = 0; heard && i < heard.length; i++) {
      for (let j = i; j < heard.length; j++) add(meant[heard[i] ?? 0]?.[heard[j] ?? 0])
    }
    return found
  }
}

function unitsIn(text: string): number[] {
  const units: number[] = []
  for (let at = 0; at < text.length; at++) units.push(text.charCodeAt(at))
  return units
}

/** The same of a text with both marks around it, without putting them together first. */
function unitsBetweenMarks(text: string): number[] {
  const units = [BEGINNING.charCodeAt(0)]
  for (let at = 0; at < text.length; at++) units.push(text.charCodeAt(at))
  units.push(END.charCodeAt(0))
  return units
}
