import type { Example } from './intentModel.ts'

/** Sentences by their parts: `words` are lists named in braces, `(怎么|哪里)` are choices written on the spot. */
export interface PatternBook {
  words: Readonly<Record<string, readonly string[]>>
  patterns: Readonly<Record<string, readonly string[]>>
}

/** Part of a pattern: the ways in which it may be filled. */
type Part = readonly string[]

/** Walks through the ways to fill a pattern; a prime, so that no list is walked in step with another. */
const STRIDE = 7919

/**
 * At most `most` sentences of every pattern, spread evenly over all ways to fill it, without chance.
 * What no hand would write out in full: every matter with every question about it, so that the question is learned apart
 * from the matter.
 */
export function sentencesOf(book: PatternBook, most: number): Example[] {
  return Object.entries(book.patterns).flatMap(([intent, patterns]) =>
    patterns.flatMap(pattern => filled(partsOf(pattern, book), most).map(text => ({ intent, text }))),
  )
}

/** @throws Error naming the word when a pattern uses one that the book does not have. */
function partsOf(pattern: string, book: PatternBook): Part[] {
  return [...pattern.matchAll(/\(([^)]*)\)|\{(\w+)\}|([^({]+)/gu)].map(([, choices, name, plain]) => {
    if (choices !== undefined) return choices.split('|').flatMap(choice => filled(partsOf(choice, book), EVERY))
    if (name !== undefined) return wordsOf(book, name)
    return [plain ?? '']
  })
}

/** Choices are short: all of them count. */
const EVERY = 10_000

function wordsOf(book: PatternBook, name: string): Part {
  const words = book.words[name]
  if (!words) throw new Error(`no words named ${name}`)
  return words
}

function filled(parts: readonly Part[], most: number): string[] {
  if (parts.length === 0) return ['']
  const ways = parts.reduce((product, part) => product * part.length, 1)
  const stride = ways % STRIDE === 0 ? 1 : STRIDE
  const step = Math.max(1, Math.floor(ways / most))
  const found = Array.from({ length: Math.min(ways, most) }, (_, i) => wayOf(parts, (i * step * stride) % ways))
  return [...new Set(found)]
}

/** The numbered way to fill the parts: the number in a system whose digits are the choices. */
function wayOf(parts: readonly Part[], number: number): string {
  let rest = number
  return parts
    .map(part => {
      const chosen = part[rest % part.length] ?? ''
      rest = Math.floor(rest / part.length)
      return chosen
    })
    .join('')
}
