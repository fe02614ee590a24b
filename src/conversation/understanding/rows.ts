import { UNITS } from './codeUnits.ts'

/** Known rows of symbols (the units of pieces of words, syllables by number), found in a text without putting any together. */
export interface Rows {
  /** Adds the numbers of all known rows that stand somewhere in these symbols, each once, in the order of their beginnings. */
  within(symbols: readonly number[], found: number[]): void
}

/** Symbols are numbers of 16 bits. */
export type Row = readonly [symbols: readonly number[], number: number]

export function makeRows(known: readonly Row[]): Rows {
  /** Each known symbol counted from 1 on; its count also stands for the row of it alone. */
  const countOf = new Uint16Array(UNITS)
  let width = 1
  for (const [symbols] of known) for (const symbol of symbols) if (countOf[symbol] === 0) countOf[symbol] = width++
  /** From a row and a symbol, as one number, to the row with the symbol behind it. */
  const longer = new Map<number, number>()
  const lengthen = (row: number, symbol: number): number => {
    const step = row * width + (countOf[symbol] ?? 0)
    if (row === 0) return step
    if (!longer.has(step)) longer.set(step, width + longer.size)
    return longer.get(step) ?? 0
  }
  const numbers = new Map(known.map(([symbols, number]) => [symbols.reduce(lengthen, 0), number]))
  const numberOf = Int32Array.from({ length: width + longer.size }, (_, row) => numbers.get(row) ?? -1)
  /** The search that found a row last. Counted on, so that nothing has to be wiped between two. */
  const foundBy = new Float64Array(width + longer.size)
  let search = 0

  function isNew(row: number): boolean {
    if (foundBy[row] === search) return false
    foundBy[row] = search
    return true
  }

  function within(symbols: readonly number[], found: number[]): void {
    search += 1
    for (let from = 0; from < symbols.length; from++) {
      let row: number | undefined = countOf[symbols[from] ?? 0]
      for (let at = from + 1; row; at++) {
        const number = numberOf[row] ?? -1
        if (number >= 0 && isNew(row)) found.push(number)
        const next: number | undefined = at < symbols.length ? countOf[symbols[at] ?? 0] : 0
        row = next ? longer.get(row * width + next) : 0
      }
    }
  }

  return { within }
}
