import type { Officer } from '../domain/officer.ts'
import type { Edge } from './edge.ts'

export interface LoginAttempt {
  username: string
  password: string
  /** A code of the phone, or one of the list. */
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
  const ok = right && (account.totpSecret === null || (await edge.account.takeCode(account.officer.id, totp ?? '')))
  await edge.auth.noteLogin(account.officer.id, ok, at)
  return ok ? account.officer : null
}
