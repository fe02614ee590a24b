import table from './data/pinyin.json' with { type: 'json' }

/** The commonest reading of each of the 6763 characters of GB 2312, toneless, in the loose spelling below. */
const READINGS = new Map(
  Object.entries(table).flatMap(([syllable, characters]) =>
    Array.from(characters, character => [character, loose(syllable)] as const),
  ),
)
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

/** How each Chinese character sounds; other characters are left out. */
export function soundsOf(text: string): string[] {
  return Array.from(text).flatMap(character => READINGS.get(character) ?? [])
}

/**
 * Reads a message typed in pinyin (`shengyu dengji zenme ban`, `sheng4 yu4`): its syllables, or null when it is not
 * wholly pinyin. Single letters are no syllables, so initials and English words fall through.
 */
export function spelledSyllables(text: string): string[] | null {
  const words = text
    .toLowerCase()
    .replaceAll('ü', 'v')
    .match(/[a-z']+/gu)
  if (!words || /[^\x20-\x7eü]/u.test(text)) return null
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
