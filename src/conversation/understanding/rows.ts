import { UNITS } from './codeUnits.ts'

/** Known rows of symbols (the units of pieces of words, syllables by number), found in a text without putting any together. */
export interface Rows {
  /** Adds the numbers of all known rows that stand somewhere in these symbols, each once, in the order of their beginnings. */
  within(symbols: readonly number[], found: number[]): void
}

/** Symbols are numbers of 16 bits. */
export type Row = readonly [symbols: readonly number[], number: number]

/** What stands of a row in the table, side by side, so that one look at the memory tells it all. */
const STEP = 0
/** The row itself where longer ones begin with it, else 0. */
const ROW = 1
/** Its number, or -1. */
const NUMBER = 2
/** The search that found it last. Counted on, so that nothing has to be wiped between two. */
const FOUND_BY = 3
const FIELDS = 4

const LAST_SEARCH = 0x7fffffff
/** At most half of the places are taken, so that a row stands near where it is looked for. */
const ROOM = 2
/** Of multiplicative hashing (Knuth): spreads numbers that lie close together. */
const SPREAD = 0x9e3779b1

export function makeRows(known: readonly Row[]): Rows {
  const { countOf, width, longer, numbers } = grown(known)
  const bits = Math.ceil(Math.log2(Math.max(longer.size * ROOM, 2)))
  /** First the rows of one symbol by its count, then those of more by the spread number of the step that leads to them. */
  const table = new Int32Array((width + 2 ** bits) * FIELDS)
  const beginnings = new Set(Array.from(longer.keys(), step => Math.floor(step / width)))
  const write = (entry: number, step: number, row: number): void => {
    table.set([step, beginnings.has(row) ? row : 0, numbers.get(row) ?? -1, 0], entry)
  }
  for (let count = 0; count < width; count++) write(count * FIELDS, 0, count)
  for (const [step, row] of longer) write(placeFor(step), step, row)
  let search = 0

  /** Where a step stands; where it would stand when it is none of ours. */
  function placeFor(step: number): number {
    let place = Math.imul(step, SPREAD) >>> (32 - bits)
    for (;;) {
      const entry = (width + place) * FIELDS
      const standing = table[entry + STEP]
      if (standing === step || standing === 0) return entry
      place = (place + 1) & (2 ** bits - 1)
    }
  }

  function newSearch(): void {
    if (search === LAST_SEARCH) {
      for (let entry = 0; entry < table.length; entry += FIELDS) table[entry + FOUND_BY] = 0
      search = 0
    }
    search += 1
  }

  function within(symbols: readonly number[], found: number[]): void {
    newSearch()
    for (let from = 0; from < symbols.length; from++) {
      let entry = (countOf[symbols[from] ?? 0] ?? 0) * FIELDS
      for (let at = from + 1; ; at++) {
        const number = table[entry + NUMBER] ?? -1
        if (number >= 0 && table[entry + FOUND_BY] !== search) {
          table[entry + FOUND_BY] = search
          found.push(number)
        }
        const row = table[entry + ROW] ?? 0
        const next = at < symbols.length ? (countOf[symbols[at] ?? 0] ?? 0) : 0
        if (row === 0 || next === 0) break
        entry = placeFor(row * width + next)
        if (table[entry + STEP] === 0) break
      }
    }
  }

  return { within }
}

interface Grown {
  /** Each known symbol counted from 1 on; its count also stands for the row of it alone. */
  countOf: Uint16Array
  width: number
  /** From a row and a symbol, as one number, to the row with the symbol behind it. */
  longer: Map<number, number>
  /** Of the rows that were given. */
  numbers: Map<number, number>
}

/** @throws RangeError where a step would not fit into 31 bits: thousands of symbols in hundreds of thousands of rows. */
function grown(known: readonly Row[]): Grown {
  const countOf = new Uint16Array(UNITS)
  let width = 1
  for (const [symbols] of known) for (const symbol of symbols) if (countOf[symbol] === 0) countOf[symbol] = width++
  const longer = new Map<number, number>()
  const lengthen = (row: number, symbol: number): number => {
    const step = row * width + (countOf[symbol] ?? 0)
    if (row === 0) return step
    if (step > LAST_SEARCH) throw new RangeError('too many rows')
    if (!longer.has(step)) longer.set(step, width + longer.size)
    return longer.get(step) ?? 0
  }
  const numbers = new Map(known.map(([symbols, number]) => [symbols.reduce(lengthen, 0), number]))
  return { countOf, width, longer, numbers }
}
