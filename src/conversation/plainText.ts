import type { Json } from './types.ts'

/** Longest text that is searched for words and commands; a longer one is an answer or nothing. */
export const LONGEST_COMMAND = 40

/**
 * One spelling for comparing what people type: full-width becomes half-width, lower case, no spaces,
 * no punctuation at either end. Not for storing.
 */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/gu, '')
    .replace(/^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gu, '')
}

/** A single value as text; lists, objects and nothing become the empty text. */
export function plainValue(value: Json | undefined): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value)
}
