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
/** Two thirds of the places are taken at most, so that a row stands near where it is looked for. */
const ROOM = 1.5
/** Of multiplicative hashing (Knuth): spreads numbers that lie close together. */
const SPREAD = 0x9e3779b1
/** Bits of a spread number beyond its place, as many as tell the bits of a byte apart. */
const BITS_OF_MARK = 3

export function makeRows(known: readonly Row[]): Rows {
  const { countOf, width, longer, numbers } = grown(known)
  const bits = Math.ceil(Math.log2(Math.max(longer.size * ROOM, 2)))
  const last = 2 ** bits - 1
  /** First the rows of one symbol by its count, then those of more by the spread number of the step that leads to them. */
  const table = new Int32Array((width + last + 1) * FIELDS)
  /** A mark for every known step. Most pairs are none of ours, and these lie so close together that they are told at once. */
  const marks = new Uint8Array(last + 1)
  let search = 0

  const spread = (step: number): number => Math.imul(step, SPREAD) >>> (32 - BITS_OF_MARK - bits)

  /** Where a step stands, or the free place for it. */
  function placeFor(step: number): number {
    for (let place = spread(step) >>> BITS_OF_MARK; ; place = (place + 1) & last) {
      const entry = (width + place) * FIELDS
      const standing = table[entry + STEP]
      if (standing === step || standing === 0) return entry
    }
  }

  /** Where a step stands; null when it is none of ours. */
  function find(step: number): number | null {
    const marked = spread(step)
    if (((marks[marked >>> BITS_OF_MARK] ?? 0) & (1 << (marked & 7))) === 0) return null
    const entry = placeFor(step)
    return table[entry + STEP] === step ? entry : null
  }

  function fill(): void {
    const beginnings = new Set(Array.from(longer.keys(), step => Math.floor(step / width)))
    const write = (entry: number, step: number, row: number): void => {
      table.set([step, beginnings.has(row) ? row : 0, numbers.get(row) ?? -1, 0], entry)
    }
    for (let count = 0; count < width; count++) write(count * FIELDS, 0, count)
    for (const [step, row] of longer) {
      write(placeFor(step), step, row)
      const marked = spread(step)
      marks[marked >>> BITS_OF_MARK] = (marks[marked >>> BITS_OF_MARK] ?? 0) | (1 << (marked & 7))
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
      let entry: number | null = (countOf[symbols[from] ?? 0] ?? 0) * FIELDS
      for (let at = from + 1; entry !== null; at++) {
        const number = table[entry + NUMBER] ?? -1
        if (number >= 0 && table[entry + FOUND_BY] !== search) {
          table[entry + FOUND_BY] = search
          found.push(number)
        }
        const row: number = table[entry + ROW] ?? 0
        const next = at < symbols.length ? (countOf[symbols[at] ?? 0] ?? 0) : 0
        entry = row > 0 && next > 0 ? find(row * width + next) : null
      }
    }
  }

  fill()
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
