import dialect from './data/dialect.json' with { type: 'json' }
import table from './data/traditional.json' with { type: 'json' }
import { normalise } from './normalise.ts'

/** What a traditional character is in simplified writing; characters that both know are not in it. */
const SIMPLIFIED = new Map(
  Array.from(table.traditional, (character, i) => [character, Array.from(table.simplified)[i] ?? character]),
)
/** Words of Henan, Hubei, Sichuan and Cantonese writing with the plain word for each, applied in this order. */
const PLAIN_WORDS = dialect.flatMap(([from, to]) =>
  from === undefined || to === undefined ? [] : [[new RegExp(from, 'gu'), to] as const],
)

/** `normalise`, with every traditional character of Big5 simplified. Never stored. */
export function simplified(text: string): string {
  return Array.from(normalise(text), character => SIMPLIFIED.get(character) ?? character).join('')
}

/** The same wish in the same words, wherever it was typed: 俺嘞证冇得了 becomes 我了证没有了. For comparing only. */
export function standardWording(text: string): string {
  return PLAIN_WORDS.reduce((said, [dialectWord, plain]) => said.replace(dialectWord, plain), simplified(text))
}
