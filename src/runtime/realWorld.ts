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
const HEX = Buffer.from('0123456789abcdef', 'latin1')
/** Places of the bytes in the text of a UUID; the hyphens between them stand already. */
const PLACES = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34]
const text = Buffer.from('00000000-0000-0000-0000-000000000000', 'latin1')

/**
 * A UUID of version 4 (RFC 9562) from 16 random bytes. `randomUUID` glues its text together from twenty pieces, which
 * whoever writes it down has to join; every turn has one, and written at once it costs half.
 */
function uuidFrom(bytes: Uint8Array, from: number): string {
  for (let i = 0; i < UUID_BYTES; i++) {
    const place = PLACES[i] ?? 0
    const byte = bytes[from + i] ?? 0
    const marked = i === 6 ? (byte & 0x0f) | 0x40 : i === 8 ? (byte & 0x3f) | 0x80 : byte
    text[place] = HEX[marked >> 4] ?? 0
    text[place + 1] = HEX[marked & 0x0f] ?? 0
  }
  return text.toString('latin1')
}
