import type { PolicyEntry } from '../../domain/policy/policyEntry.ts'
import { soundsOf, spelledSyllables } from '../understanding/syllables.ts'
import { standardWording } from '../understanding/wording.ts'

/** Longest question that is looked at; what is asked stands at the beginning. */
const LONGEST = 120

/** Different words for one thing: an expression and what it becomes, applied in this order. */
export type Synonyms = readonly (readonly [RegExp, string])[]

/** Meanings that questions have, by name. */
export type Concepts = readonly (readonly [name: string, words: RegExp])[]

/** How questions are read, besides by their letters and sounds. */
export interface Wordbook {
  synonyms: Synonyms
  concepts: Concepts
}

/** Names of concepts that no answer of ours is about begin with this. */
const FOREIGN = '=foreign'

/** Whether a question speaks of something that an answer does not: wages beside maternity leave. */
export function speaksOfElse(asked: Features, known: ReadonlySet<string>): boolean {
  return [...asked.keys()].some(piece => piece.startsWith(FOREIGN) && !known.has(piece))
}

/** Names of concepts begin with this whose answers are for them alone. */
const ALONE = '=alone'

/** Whether an answer is for one thing alone of which the question does not speak. In pinyin nobody can tell. */
export function missesThePoint({ features, spelled }: Asked, known: ReadonlySet<string>): boolean {
  return !spelled && [...known].some(piece => piece.startsWith(ALONE) && !features.has(piece))
}

/** Pieces of a text with their weight: how rare each is among the answers. */
export type Features = ReadonlyMap<string, number>

/** Pieces as a direction: how long it is does not count in a likeness. */
export interface Wording {
  features: Features
  length: number
}

/** One answer with its wordings, ready to be compared. */
export interface IndexedEntry {
  entry: PolicyEntry
  wordings: readonly Wording[]
  /** The same by their sounds alone, for questions typed in pinyin. */
  sounds: readonly Wording[]
  /** Everything said in any of its wordings. */
  known: ReadonlySet<string>
}

/** A question, cut up. */
export interface Asked extends Wording {
  /** Typed in pinyin: there is nothing but sounds. */
  spelled: boolean
  /** The characters that carry meaning, each with the pieces which would explain it. */
  characters: readonly (readonly string[])[]
}

/** All answers of all places, compiled once. */
export interface PolicyIndex {
  entries: readonly IndexedEntry[]
  read(text: string): Asked
}

/** How much a piece counts beside a pair of characters: single ones say little, and a sound may be another word's. */
const WEIGHT = { single: 0.35, pair: 0.6, sound: 0.25, word: 1.5, concept: 3 }

/** Compiles answers for searching. Pure; a few milliseconds for hundreds of them. */
export function buildPolicyIndex(entries: readonly PolicyEntry[], wordbook: Wordbook): PolicyIndex {
  const raw = (text: string) => piecesOf(text, wordbook)
  const documents = entries.map(entry => ({ entry, pieces: wordingsOf(entry).map(raw) }))
  const spread = new Map<string, Set<string>>()
  // The same question in two places is one: rare is what few questions share.
  for (const { entry, pieces } of documents)
    for (const piece of pieces.flatMap(one => [...one.keys()]))
      spread.set(piece, (spread.get(piece) ?? new Set()).add(entry.id))
  const questions = new Set(entries.map(({ id }) => id)).size
  const rarity = (piece: string) => Math.log(1 + questions / ((spread.get(piece)?.size ?? 0) + 0.5))
  const weigh = (pieces: ReadonlyMap<string, number>): Features =>
    new Map([...pieces].map(([piece, weight]) => [piece, weight * rarity(piece)] as const))
  return {
    entries: documents.map(({ entry, pieces }) => ({
      entry,
      wordings: pieces.map(one => wordingOf(weigh(one))),
      sounds: pieces.map(one => wordingOf(onlySounds(weigh(one)))),
      known: new Set(pieces.flatMap(one => [...one.keys()])),
    })),
    read: text => {
      const features = weigh(raw(text))
      const syllables = syllablesOf(text)
      const characters = syllables ? besideEachOther(syllables) : charactersOf(text, wordbook)
      return { ...wordingOf(features), spelled: syllables !== null, characters }
    },
  }
}

function wordingOf(features: Features): Wording {
  return { features, length: Math.hypot(...features.values()) }
}

const SOUND = '~'

function onlySounds(features: Features): Features {
  return new Map([...features].filter(([piece]) => piece.startsWith(SOUND)))
}

/** Fewer syllables than this may as well be a foreign word. */
const FEWEST_SYLLABLES = 3

function syllablesOf(text: string): string[] | null {
  const spelled = spelledSyllables(text.slice(0, LONGEST))
  return spelled && spelled.length >= FEWEST_SYLLABLES ? spelled : null
}

function besideEachOther(sounds: readonly string[]): string[][] {
  return sounds.map((one, i) => [`${SOUND}${sounds[i - 1] ?? ''} ${one}`, `${SOUND}${one} ${sounds[i + 1] ?? ''}`])
}

function wordingsOf({ title, questions }: PolicyEntry): string[] {
  return [title['zh-CN'], title.en, ...questions]
}

const NOT_SAID = /[\s\p{P}\p{S}\p{Cf}]/gu

/** One wording for one meaning, without marks and spaces. */
function saidPlainly(text: string, synonyms: Synonyms): string {
  const said = standardWording(text.slice(0, LONGEST)).replace(NOT_SAID, '')
  return synonyms.reduce((all, [words, one]) => all.replace(words, one), said)
}

function piecesOf(text: string, { synonyms, concepts }: Wordbook): Map<string, number> {
  const pieces = new Map<string, number>()
  const short = text.slice(0, LONGEST)
  const spelled = syllablesOf(short)
  if (spelled) return addSounds(pieces, spelled)
  for (const word of standardWording(short).match(/[a-z]{3,}/gu) ?? []) pieces.set(`"${word}`, WEIGHT.word)
  const said = saidPlainly(short, synonyms)
  const plain = Array.from(said)
  for (const [i, one] of plain.entries()) {
    pieces.set(one, WEIGHT.single)
    const next = plain[i + 1]
    if (next !== undefined) pieces.set(one + next, WEIGHT.pair)
  }
  for (const [name, words] of concepts) if (words.test(said)) pieces.set(`=${name}`, WEIGHT.concept)
  return addSounds(pieces, soundsOf(said))
}

/** Said in every question; they explain nothing and need no explanation. */
const FILLING = new Set(
  '的了吗呢啊吧呀嘛么是有在我你您他她它们要想能可以不还就都也和跟给把被让到去来说一个这那什怎啥哪几多少得着过请',
)

function charactersOf(text: string, { synonyms, concepts }: Wordbook): string[][] {
  const plain = saidPlainly(text, synonyms)
  const letters = Array.from(plain)
  const explained = letters.map((one, i) => [(letters[i - 1] ?? '') + one, one + (letters[i + 1] ?? '')])
  for (const [name, words] of concepts) {
    const at = words.exec(plain)
    if (at) for (let i = at.index; i < at.index + at[0].length; i++) explained[i]?.push(`=${name}`)
  }
  return explained.filter((_, i) => !FILLING.has(letters[i] ?? ''))
}

function addSounds(pieces: Map<string, number>, sounds: readonly string[]): Map<string, number> {
  for (const [i, one] of sounds.entries()) {
    const next = sounds[i + 1]
    if (next !== undefined) pieces.set(`${SOUND}${one} ${next}`, WEIGHT.sound)
  }
  return pieces
}
