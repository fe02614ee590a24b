/** Known rows of symbols (pieces of words, syllables), each with a number, found in a text without putting any together. */
export interface Rows<Symbol> {
  /** The numbers of all known rows that stand somewhere in these symbols, each once, in the order of their beginnings. */
  within(symbols: readonly Symbol[]): number[]
}

export function makeRows<Symbol>(known: Iterable<readonly [row: readonly Symbol[], number: number]>): Rows<Symbol> {
  const rows = [...known]
  /** Each symbol by a number of its own from 1 on, which also stands for the row of it alone. */
  const symbols = new Map<Symbol, number>()
  for (const [row] of rows) for (const symbol of row) if (!symbols.has(symbol)) symbols.set(symbol, symbols.size + 1)
  const width = symbols.size + 1
  /** From a row and a symbol, as one number, to the row with the symbol behind it. */
  const longer = new Map<number, number>()
  const lengthen = (row: number, symbol: number): number => {
    if (row === 0) return symbol
    const known = longer.get(row * width + symbol)
    if (known !== undefined) return known
    const added = width + longer.size
    longer.set(row * width + symbol, added)
    return added
  }
  const numbers: (number | undefined)[] = []
  for (const [row, number] of rows) {
    numbers[row.reduce((begun, symbol) => lengthen(begun, symbols.get(symbol) ?? 0), 0)] = number
  }
  /** The search that found a row last. Counted on, so that nothing has to be wiped between two. */
  const foundBy = new Float64Array(width + longer.size)
  let search = 0

  return {
    within(text) {
      const said: number[] = []
      for (const symbol of text) said.push(symbols.get(symbol) ?? 0)
      const found: number[] = []
      search += 1
      for (let from = 0; from < said.length; from++) {
        let row = said[from]
        for (let at = from + 1; row; at++) {
          const number = numbers[row]
          if (number !== undefined && foundBy[row] !== search) found.push(number)
          foundBy[row] = search
          const next = said[at]
          row = next ? longer.get(row * width + next) : undefined
        }
      }
      return found
    },
  }
}
