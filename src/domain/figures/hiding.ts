/**
 * Below this a cell is hidden: in one village, four of something are four neighbours. The same limit as for surveys and
 * for the counts of flows.
 */
export const SMALLEST_SHOWN = 5

/** One to four. Nobody at all stays a zero: it tells of no one. */
export function isSmall(count: number): boolean {
  return count > 0 && count < SMALLEST_SHOWN
}

/**
 * Cells of one row whose sum is shown as well, small ones as null. Were only one hidden, it could be had by subtraction:
 * then the next smallest that is not nothing goes with it.
 */
export function hideSmallCells(counts: readonly number[]): (number | null)[] {
  const hidden = new Set(counts.flatMap((count, n) => (isSmall(count) ? [n] : [])))
  if (hidden.size === 1) {
    const others = counts.map((count, n) => ({ count, n })).filter(({ count, n }) => count > 0 && !hidden.has(n))
    const [next] = others.toSorted((a, b) => a.count - b.count)
    if (next) hidden.add(next.n)
  }
  return counts.map((count, n) => (hidden.has(n) ? null : count))
}
