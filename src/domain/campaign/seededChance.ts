/** Chance that comes out the same for the same seed, so that a sample can be drawn again and checked. No secret may hang on it. */
export interface Chance {
  /** A whole number from 0 to below `n`, each equally likely. `n`: 1 to 2^32. */
  below(n: number): number
}

const WORD = 2 ** 32

/** Bits of `word` turned left. */
const turned = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits))

/** The finaliser of MurmurHash3 (Appleby, 2011): every bit of the seed moves every bit of the state. */
function scattered(seed: number): number {
  const first = Math.imul(seed ^ (seed >>> 16), 0x85ebca6b)
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35)
  return second ^ (second >>> 16)
}

/** The golden ratio as a fraction of 2^32: steps that never fall on each other. */
const STEP = 0x9e3779b9

/**
 * xoshiro128** 1.1 (Blackman and Vigna, 2018), its four words scattered from the seed. Numbers below `n` by rejection, so that
 * none is likelier than another.
 */
export function seededChance(seed: number): Chance {
  const word = (n: number): number => scattered((seed + n * STEP) | 0)
  let [a, b, c, d] = [word(1), word(2), word(3), word(4)]
  const next = (): number => {
    const drawn = Math.imul(turned(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = turned(d, 11)
    return drawn
  }
  return {
    below: n => {
      const whole = WORD - (WORD % n)
      for (;;) {
        const drawn = next()
        if (drawn < whole) return drawn % n
      }
    },
  }
}

/** The items in an order that chance gives (Fisher and Yates). */
export function shuffled<T>(items: readonly T[], chance: Chance): T[] {
  const left = [...items]
  const order: T[] = []
  while (left.length > 0) {
    const at = chance.below(left.length)
    order.push(...left.splice(at, 1))
  }
  return order
}
