import { randomFillSync } from 'node:crypto'
import type { World } from '../domain/world.ts'

/** Bytes drawn from the kernel at once: one call a reply was a sixth of the CPU of a callback. */
const POOL_BYTES = 8192

/** The door to the real clock and real chance. */
export function realWorld(): World {
  const pool = Buffer.allocUnsafe(POOL_BYTES)
  let used = POOL_BYTES
  /** Where the next bytes stand in the pool; each is given out once. */
  const draw = (length: number): number => {
    if (used + length > POOL_BYTES) {
      randomFillSync(pool)
      used = 0
    }
    used += length
    return used - length
  }
  return {
    now: () => Date.now(),
    newId: () => uuidFrom(pool, draw(UUID_BYTES)),
    randomBytes: length => {
      if (length > POOL_BYTES) return randomFillSync(new Uint8Array(length))
      const from = draw(length)
      // Copied, because the pool is filled anew while callers may still hold theirs.
      return Uint8Array.prototype.slice.call(pool, from, from + length)
    },
  }
}

const UUID_BYTES = 16
const HYPHEN = 0x2d
/** The units of the two hexadecimal digits of each byte. */
const HIGH = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0').charCodeAt(0))
const LOW = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0').charCodeAt(1))

const high = (bytes: Uint8Array, at: number): number => HIGH[bytes[at] ?? 0] ?? 0
const low = (bytes: Uint8Array, at: number): number => LOW[bytes[at] ?? 0] ?? 0

/**
 * A UUID of version 4 (RFC 9562) from 16 random bytes, which are marked as such. `randomUUID` glues its text together from
 * twenty pieces, which whoever writes it down has to join; every turn has one. Named unit by unit the text is made at once,
 * without leaving JavaScript: that costs half of writing the digits into a buffer and reading it.
 */
// prettier-ignore
function uuidFrom(bytes: Uint8Array, at: number): string {
  bytes[at + 6] = ((bytes[at + 6] ?? 0) & 0x0f) | 0x40
  bytes[at + 8] = ((bytes[at + 8] ?? 0) & 0x3f) | 0x80
  return String.fromCharCode(
    high(bytes, at), low(bytes, at), high(bytes, at + 1), low(bytes, at + 1),
    high(bytes, at + 2), low(bytes, at + 2), high(bytes, at + 3), low(bytes, at + 3),
    HYPHEN,
    high(bytes, at + 4), low(bytes, at + 4), high(bytes, at + 5), low(bytes, at + 5),
    HYPHEN,
    high(bytes, at + 6), low(bytes, at + 6), high(bytes, at + 7), low(bytes, at + 7),
    HYPHEN,
    high(bytes, at + 8), low(bytes, at + 8), high(bytes, at + 9), low(bytes, at + 9),
    HYPHEN,
    high(bytes, at + 10), low(bytes, at + 10), high(bytes, at + 11), low(bytes, at + 11),
    high(bytes, at + 12), low(bytes, at + 12), high(bytes, at + 13), low(bytes, at + 13),
    high(bytes, at + 14), low(bytes, at + 14), high(bytes, at + 15), low(bytes, at + 15),
  )
}
