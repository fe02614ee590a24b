/** Bounds of a share, both between 0 and 1. */
export interface Interval {
  low: number
  high: number
}

/** 95 %, both sides: the 0.975 quantile of the normal distribution. */
const Z = 1.959963984540054

/**
 * Where the true share lies with 95 % confidence when `hits` of `n` were seen (Wilson 1927, without continuity correction).
 * Honest for small n and at 0 and 1, where the usual plus-minus gives nonsense. Null for n = 0: nothing is known.
 * @throws RangeError unless both are whole numbers and 0 ≤ hits ≤ n.
 */
export function wilson(hits: number, n: number): Interval | null {
  if (!Number.isInteger(hits) || !Number.isInteger(n) || hits < 0 || hits > n) {
    throw new RangeError(`not a share: ${hits} of ${n}`)
  }
  return n === 0 ? null : wilsonOfShare(hits / n, n)
}

/**
 * The same for a share that was weighted, and the number of equally weighted answers it is worth (which need not be whole).
 * @throws RangeError unless 0 ≤ share ≤ 1 and n > 0.
 */
export function wilsonOfShare(share: number, n: number): Interval {
  if (!(share >= 0 && share <= 1 && n > 0)) throw new RangeError(`not a share: ${share} of ${n}`)
  const spread = Z * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n))
  const middle = share + (Z * Z) / (2 * n)
  const scale = 1 + (Z * Z) / n
  return {
    // At the ends the formula gives exactly 0 and 1 but for rounding.
    low: share === 0 ? 0 : Math.max(0, (middle - spread) / scale),
    high: share === 1 ? 1 : Math.min(1, (middle + spread) / scale),
  }
}
