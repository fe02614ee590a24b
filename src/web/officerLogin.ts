import type { Officer } from '../domain/officer.ts'
import type { Edge } from './edge.ts'

export interface LoginAttempt {
  username: string
  password: string
  totp?: string | undefined
}

/**
 * The officer, or null for whatever reason: unknown, wrong, locked, disabled. Every way costs one password check, so
 * that neither the answer nor its time tells which names exist. Counting and the lock-out itself are the store's.
 */
export async function checkLogin(edge: Edge, { username, password, totp }: LoginAttempt): Promise<Officer | null> {
  const at = edge.world.now()
  const account = await edge.auth.officerByUsername(username)
  const right = await edge.passwords.verify(password, account?.passwordHash ?? edge.passwords.nobody)
  if (!account || account.officer.disabled) return null
  if (account.lockedUntil !== null && account.lockedUntil > at) return null
  const ok =
    right && (account.totpSecret === null || (await takeStep(edge, account.officer.id, account.totpSecret, totp ?? '')))
  await edge.auth.noteLogin(account.officer.id, ok, at)
  return ok ? account.officer : null
}

// RFC 6238, section 5.2: a code counts once.
async function takeStep(edge: Edge, officerId: string, secret: string, code: string): Promise<boolean> {
  const step = edge.passwords.totpStep(secret, code, edge.world.now())
  return step !== null && edge.auth.takeTotpStep(officerId, step)
}
