import { randomFillSync, randomUUID } from 'node:crypto'
import type { World } from '../domain/world.ts'

/** Bytes drawn from the kernel at once: one call a reply was a sixth of the CPU of a callback. */
const POOL_BYTES = 8192

/** The door to the real clock and real chance. */
export function realWorld(): World {
  const pool = Buffer.allocUnsafe(POOL_BYTES)
  let used = POOL_BYTES
  return {
    now: () => Date.now(),
    newId: () => randomUUID(),
    randomBytes: length => {
      if (length > POOL_BYTES) return randomFillSync(new Uint8Array(length))
      if (used + length > POOL_BYTES) {
        randomFillSync(pool)
        used = 0
      }
      // Copied, because the pool is filled anew while callers may still hold theirs.
      return Uint8Array.prototype.slice.call(pool, used, (used += length))
    },
  }
}
