import dialect from './data/dialect.json' with { type: 'json' }
import table from './data/traditional.json' with { type: 'json' }
import { holdsFirstOf } from './codeUnits.ts'
import { neededCharacters } from './neededCharacters.ts'
import { normalise } from './normalise.ts'
import { makeSieve } from './sieve.ts'

/** What a traditional character is in simplified writing; characters that both know are not in it. */
const SIMPLIFIED = new Map(
  Array.from(table.traditional, (character, i) => [character, Array.from(table.simplified)[i] ?? character]),
)
const holdsTraditional = holdsFirstOf(SIMPLIFIED.keys())
/** Words of Henan, Hubei, Sichuan and Cantonese writing with the plain word for each, applied in this order. */
const PLAIN_WORDS = dialect.flatMap(([from, to]) =>
  from === undefined || to === undefined ? [] : [{ said: new RegExp(from, 'gu'), plain: to }],
)
const DIALECT = makeSieve(PLAIN_WORDS.map(({ said }) => neededCharacters(said.source)))

/** `normalise`, with every traditional character of Big5 simplified. Never stored. */
export function simplified(text: string): string {
  const plain = normalise(text)
  if (!holdsTraditional(plain)) return plain
  return Array.from(plain, character => SIMPLIFIED.get(character) ?? character).join('')
}

/** The same wish in the same words, wherever it was typed: 俺嘞证冇得了 becomes 我了证没有了. For comparing only. */
export function standardWording(text: string): string {
  if (text !== last.text) last = { text, worded: inPlainWords(simplified(text), 0) }
  return last.worded
}

/** Rules, judge and reader of one message each ask for its wording. Only the last one is kept, never more. */
let last = { text: '', worded: '' }

/** From the given word on; what a word was replaced by may hold a later one, so after each the text is looked at anew. */
function inPlainWords(text: string, from: number): string {
  for (const number of DIALECT.left(text)) {
    const word = number < from ? undefined : PLAIN_WORDS[number]
    const changed = word ? text.replace(word.said, word.plain) : text
    if (changed !== text) return inPlainWords(changed, number + 1)
  }
  return text
}
