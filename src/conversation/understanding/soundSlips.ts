import { soundsIn, type Spelling } from './syllables.ts'

/** The words of a kind of value, and the characters that stand by themselves in its answers. */
export interface Vocabulary {
  words: readonly string[]
  alone: string
  /** Characters beside which nothing is put right: they speak of a death. */
  never: string
  /** Characters that people and places are called by: put right only in a longer word, as its only slip. */
  names: string
}

export interface SlipFinder {
  /** The text with every character put right that only sounds like one of a word; several when it may be several. */
  repaired(text: string): string[]
  /**
   * The same in a sentence of which other words are not known either: only characters of longer words (公作日), each the
   * only slip of its word. A character that stands by itself in other answers may be one (七百吧十块).
   */
  inSentence(text: string): string[]
}

/** Voices do not slip in what is longer; nor is every word of a sentence looked for. */
const LONGEST_TEXT = 40
const MOST_SLIPS = 4
const MOST_CANDIDATES = 16
/** 三千六是一次给: said too often by itself to be a slip for 十. */
const NO_SLIP = '是'
/** Two characters of which one is wrong may be anything; of three with one wrong two speak for the word. */
const LONGER_WORD = 3
const FIGURE = /[零一二三四五六七八九十两]/u
/** 20州 is heard as 二十州: the figures of a keyboard belong to the words of a voice. Each stands for one character. */
const DIGIT = /\d/u
const NUMERALS = '零一二三四五六七八九'
const asSpoken = (text: string): string =>
  DIGIT.test(text)
    ? text.replace(/(?<=[1-9])0(?!\d)/gu, '十').replace(/\d/gu, digit => NUMERALS.charAt(Number(digit)))
    : text
type Replacements = Map<number, Set<string>>
const HAN = /\p{Script=Han}/u
/** First by the same sound, then as the south hears: zh as z, -ing as -in. */
const SPELLINGS: readonly Spelling[] = ['exact', 'loose']

/**
 * Finds characters a voice wrote for others of the same sound: 大钱天 for 大前天. Only characters that belong to no word
 * of the vocabulary are replaced, only within one of its words of which at least half was written right, and only when
 * nothing unknown is left afterwards. So what is about other things has no candidate.
 */
export function makeSlipFinder({ words, alone, never, names }: Vocabulary): SlipFinder {
  const known = new Set(words)
  const single = new Set(alone)
  const lengths = [...new Set(words.map(word => word.length))].toSorted((a, b) => b - a)
  const bySound = SPELLINGS.map(spelling => ({ spelling, index: indexOf(words, spelling) }))

  /** Every piece of the text that is as long as some word. */
  function piecesOf(text: string): { at: number; length: number }[] {
    return Array.from({ length: text.length }, (_, at) => at).flatMap(at =>
      lengths.filter(length => at + length <= text.length).map(length => ({ at, length })),
    )
  }

  /** Places of characters that are in no word of the vocabulary. */
  function outsideWords(text: string): number[] {
    const spoken = asSpoken(text)
    const written = piecesOf(text).filter(({ at, length }) => known.has(spoken.slice(at, at + length)))
    const inWord = new Set(written.flatMap(({ at, length }) => Array.from({ length }, (_, i) => at + i)))
    return Array.from({ length: text.length }, (_, at) => at).filter(at => !inWord.has(at) && HAN.test(text.charAt(at)))
  }

  /** Those of them that do not stand alone either. */
  function unknownIn(text: string): number[] {
    return outsideWords(text).filter(at => !single.has(text.charAt(at)))
  }

  function mayBeSlip(character: string, { length, wrong }: { length: number; wrong: number }): boolean {
    return !names.includes(character) || (length >= LONGER_WORD && wrong === 1)
  }

  /** By place, the characters that words of this sound have there; what was written right stands for itself. */
  function replacements(text: string, unknown: ReadonlySet<number>, by: (typeof bySound)[number]): Replacements {
    const found: Replacements = new Map()
    const spoken = asSpoken(text)
    const sounds = soundsIn(spoken, by.spelling)
    for (const { at, length } of piecesOf(text))
      for (const word of by.index.get(sounds.slice(at, at + length).join(' ')) ?? []) {
        const places = Array.from(word, (_, i) => at + i)
        const wrong = places.filter(place => spoken[place] !== word[place - at])
        if (2 * wrong.length > length || !wrong.every(place => unknown.has(place))) continue
        if (!wrong.every(place => mayBeSlip(text.charAt(place), { length, wrong: wrong.length }))) continue
        for (const place of places.filter(place => !DIGIT.test(text.charAt(place))))
          found.set(place, (found.get(place) ?? new Set()).add(word.charAt(place - at)))
      }
    return found
  }

  function repaired(text: string): string[] {
    if (text.length > LONGEST_TEXT || !HAN.test(text)) return []
    const unknown = unknownIn(text)
    if (unknown.length === 0 || unknown.length > MOST_SLIPS) return []
    if (unknown.some(place => never.includes(text.charAt(place)))) return []
    for (const by of bySound) {
      const found = replacements(text, new Set(unknown), by)
      // Words that share a character may each want another one: what leaves a stranger behind was not meant.
      const whole = unknown.every(place => found.has(place))
        ? candidates(text, found).filter(candidate => unknownIn(candidate).length === 0)
        : []
      if (whole.length > 0) return whole
    }
    return []
  }

  function inSentence(text: string): string[] {
    if (text.length > LONGEST_TEXT || !HAN.test(text) || Array.from(text).some(one => never.includes(one))) return []
    const unknown = new Set(outsideWords(text).filter(at => !NO_SLIP.includes(text.charAt(at))))
    const strangers = new Set(unknownIn(text))
    const spoken = asSpoken(text)
    const sounds = soundsIn(spoken, 'exact')
    const found: Replacements = new Map()
    for (const { at, length } of piecesOf(text)) {
      if (length < LONGER_WORD) continue
      for (const word of bySound[0]?.index.get(sounds.slice(at, at + length).join(' ')) ?? []) {
        const [slip, another] = Array.from(word, (_, i) => at + i).filter(place => spoken[place] !== word[place - at])
        if (slip === undefined || another !== undefined || !unknown.has(slip)) continue
        // 本月无意外: a figure at the end of a word may as well begin another that is not known.
        const beside = slip === at ? slip - 1 : slip === at + length - 1 ? slip + 1 : -1
        if (FIGURE.test(word.charAt(slip - at)) && strangers.has(beside)) continue
        found.set(slip, (found.get(slip) ?? new Set()).add(word.charAt(slip - at)))
      }
    }
    return found.size === 0 || found.size > MOST_SLIPS ? [] : candidates(text, found)
  }

  return { repaired, inSentence }
}

function indexOf(words: readonly string[], spelling: Spelling): Map<string, string[]> {
  const index = new Map<string, string[]>()
  for (const word of words) {
    const key = soundsIn(word, spelling).join(' ')
    index.set(key, [...(index.get(key) ?? []), word])
  }
  return index
}

function candidates(text: string, found: ReadonlyMap<number, ReadonlySet<string>>): string[] {
  let texts = [text]
  for (const [place, characters] of found)
    texts = texts.flatMap(one =>
      [...characters].map(character => one.slice(0, place) + character + one.slice(place + 1)),
    )
  return texts.length > MOST_CANDIDATES ? [] : texts
}
