import { totpCode } from '../../src/runtime/password.ts'

/** Each code of the phone holds for so long. */
export const STEP_MS = 30_000

/** The step in which each secret was last used: the next code is of a later one. */
const used = new Map<string, number>()

/** A code of the next half minute is taken, too: phones are a little ahead. */
export function freshCode(secret: string): string {
  const step = Math.max(Math.floor(Date.now() / STEP_MS), (used.get(secret) ?? 0) + 1)
  used.set(secret, step)
  return totpCode(secret, step)
}
