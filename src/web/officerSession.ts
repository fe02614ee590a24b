import type { Officer } from '../domain/officer.ts'
import { cookieName, hashToken } from './access.ts'
import type { Edge } from './edge.ts'
import { newToken } from './routes/session.ts'

/** Opens the session that every way of logging in ends in. */
export async function openOfficerSession(
  edge: Edge,
  officer: Officer,
  byPlatform = false,
): Promise<{ cookie: string; csrfToken: string }> {
  const at = edge.world.now()
  const { publicUrl, officerSessionMs } = edge.config
  const token = newToken(edge)
  const csrfToken = newToken(edge)
  const expiresAt = at + officerSessionMs
  const session = { tokenHash: hashToken(token), officerId: officer.id, csrfToken, at, expiresAt, byPlatform }
  await edge.auth.openOfficerSession(session)
  return { cookie: sessionCookie(publicUrl, token, officerSessionMs), csrfToken }
}

export function sessionCookie(publicUrl: string, token: string, lifeMs: number): string {
  return cookieOfOurs(publicUrl, { name: cookieName(publicUrl), value: token, lifeMs })
}

/** Lax: comes along when another site sends the browser back to us, and with no write of that site. */
export function cookieOfOurs(publicUrl: string, cookie: { name: string; value: string; lifeMs: number }): string {
  const secure = publicUrl.startsWith('https:') ? '; Secure' : ''
  const { name, value, lifeMs } = cookie
  return `${name}=${value}; Path=/; Max-Age=${Math.floor(lifeMs / 1000)}; HttpOnly; SameSite=Lax${secure}`
}
