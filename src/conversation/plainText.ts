import type { Json } from './types.ts'

/** Longest text that is searched for words and commands; a longer one is an answer or nothing. */
export const LONGEST_COMMAND = 40

/** Beyond this nobody says a word that we look for; keeps a pasted book from costing more than a sentence. */
const LONGEST_SEARCHED = 2000

/**
 * One spelling for comparing what people type: full-width becomes half-width, lower case, no spaces,
 * no punctuation at either end. Of long texts only the beginning. Not for storing.
 */
export function plainText(text: string): string {
  const plain = text.slice(0, LONGEST_SEARCHED).normalize('NFKC').toLowerCase().replace(/\s+/gu, '')
  return withoutMarksBehind(plain.replace(/^[\p{P}\p{S}]+/u, ''))
}

const MARK = /[\p{P}\p{S}]/u

// By hand from the end: as a pattern it would try every run of marks in the middle, in time that grows with its square.
function withoutMarksBehind(text: string): string {
  let end = text.length
  while (end > 0) {
    const last = text.codePointAt(end - 2) ?? 0
    const size = end > 1 && last > 0xffff ? 2 : 1
    if (!MARK.test(text.slice(end - size, end))) break
    end -= size
  }
  return end === text.length ? text : text.slice(0, end)
}

/** A single value as text; lists, objects and nothing become the empty text. */
export function plainValue(value: Json | undefined): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value)
}
