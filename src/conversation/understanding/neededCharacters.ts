import type { Needed } from './sieve.ts'

/**
 * Lists of characters of each of which every match of an expression holds at least one: a text that lacks one list needs no
 * search. Those two whose characters are rarest in what people write, the rarest first; one or none where no more can be told.
 * Reads what our own expressions are written with: characters, classes, groups, looks around, quantifiers. Throws on others.
 */
export function neededCharacters(source: string): Needed {
  const reading: Reading = { pattern: Array.from(source), at: 0 }
  const needed = alternatives(reading)
  if (reading.at < reading.pattern.length) throw new Error(`an odd bracket in ${source}`)
  return needed
}

/** An expression as its parts between `|`: it matches a text when one of them does. */
export function partsOf(source: string): string[] {
  const reading: Reading = { pattern: Array.from(source), at: 0 }
  const parts: string[] = []
  do {
    const from = reading.at
    sequence(reading)
    parts.push(reading.pattern.slice(from, reading.at).join(''))
  } while (eat(reading, '|'))
  return parts
}

interface Reading {
  pattern: string[]
  at: number
}

/** In nearly every sentence, or in many names and places: a list with these in it spares little. */
const COMMON = new Set(
  ',，。的一是了我不在有人这他们来个你她那要就会也到说得着下自去过家学没好小么想看天还都么多大吧啊' +
    '上里中三四五六七八九十二生子水东西南北村镇县市山河江湖海井桥路街林金玉红明心安平国',
)
const COMMON_COST = 20

const costOf = (needed: ReadonlySet<string>): number =>
  [...needed].reduce((cost, character) => cost + (COMMON.has(character) ? COMMON_COST : 1), 0)

/** A third list would hardly ever spare anything more. */
const MOST_LISTS = 2
const NONE: Needed = []

/** Of lists that are all needed those that fewest texts hold anything of. */
export function rarest(lists: Needed): Needed {
  return lists.toSorted((one, other) => costOf(one) - costOf(other)).slice(0, MOST_LISTS)
}

/** Every match is one of the first alternative, or of the second…: it holds something of the first list of one of them. */
function alternatives(reading: Reading): Needed {
  const all: Needed[] = []
  do all.push(sequence(reading))
  while (eat(reading, '|'))
  const common = Math.min(...all.map(lists => lists.length))
  return Array.from({ length: common }, (_, n) => new Set(all.flatMap(lists => [...(lists[n] ?? [])])))
}

function sequence(reading: Reading): Needed {
  const lists: ReadonlySet<string>[] = []
  const ends = (next: string | undefined) => next === undefined || next === '|' || next === ')'
  while (!ends(reading.pattern[reading.at])) lists.push(...repeated(reading))
  return rarest(lists)
}

/** What may be left out is not needed. */
function repeated(reading: Reading): Needed {
  const needed = single(reading)
  const rest = reading.pattern.slice(reading.at, reading.at + 8).join('')
  const [quantifier] = /^(?:[?*+]|\{\d+(?:,\d*)?\})\??/u.exec(rest) ?? []
  if (quantifier === undefined) return needed
  reading.at += quantifier.length
  return /^(?:[?*]|\{0+[,}])/u.test(quantifier) ? NONE : needed
}

function single(reading: Reading): Needed {
  const next = reading.pattern[reading.at++] ?? ''
  if (next === '(') return group(reading)
  if (next === '[') return characterClass(reading)
  if (next === '\\') return escaped(reading)
  return next === '.' || next === '^' || next === '$' ? NONE : [new Set([next])]
}

function group(reading: Reading): Needed {
  const rest = reading.pattern.slice(reading.at, reading.at + 3).join('')
  const [kind = ''] = /^\?(?::|=|!|<=|<!)/u.exec(rest) ?? []
  if (kind === '' && rest.startsWith('?')) throw new Error(`an unknown kind of group: ${rest}`)
  reading.at += kind.length
  const needed = alternatives(reading)
  if (!eat(reading, ')')) throw new Error('a bracket is not closed')
  // What is looked at beside a match is no part of it.
  return kind === '' || kind === '?:' ? needed : NONE
}

function characterClass(reading: Reading): Needed {
  const from = reading.at
  while (reading.pattern[reading.at] !== ']') {
    if (reading.at >= reading.pattern.length) throw new Error('a class is not closed')
    reading.at += reading.pattern[reading.at] === '\\' ? 2 : 1
  }
  const inside = reading.pattern.slice(from, reading.at++)
  return inside[0] === '^' || inside.includes('\\') || inside.includes('-') ? NONE : [new Set(inside)]
}

/** A sign that would mean something else without its stroke stands for itself; \\p{…} and the like for many. */
function escaped(reading: Reading): Needed {
  const sign = reading.pattern[reading.at++] ?? ''
  if (sign === 'd') return [new Set('0123456789')]
  if (sign === 'p' || sign === 'P') reading.at = reading.pattern.indexOf('}', reading.at) + 1
  return /[A-Za-z0-9]/u.test(sign) ? NONE : [new Set([sign])]
}

function eat(reading: Reading, sign: string): boolean {
  if (reading.pattern[reading.at] !== sign) return false
  reading.at += 1
  return true
}
