import { randomBytes } from 'node:crypto'

const MINUTE = 60_000
const LIFE_MS = 7200_000
/** Old and new token are both good for this long after a change. */
const OVERLAP_MS = 5 * MINUTE

export interface App {
  appId: string
  secret: string
}

interface Issued {
  appId: string
  until: number
}

/** The token office of the platform. */
export interface TokenOffice {
  stable(appId: string, force: boolean, now: number): { token: string; seconds: number } | { errcode: number }
  /** The older endpoint: a new one each time, the one before good for five minutes more. */
  fresh(appId: string, now: number): { token: string; seconds: number }
  /** Errcode for a call of this app with this token, 0 when it is good. */
  check(token: string | null, appId: string, now: number): number
  /** From now on every token issued so far is refused with 40001. */
  revokeAll(): void
}

interface Current {
  token: string
  until: number
}

export function tokenOffice(): TokenOffice {
  const issued = new Map<string, Issued>()
  const stable = new Map<string, Current>()
  const plain = new Map<string, Current>()
  const forced: number[] = []

  const issue = (kept: Map<string, Current>, appId: string, now: number): { token: string; seconds: number } => {
    const before = kept.get(appId)
    const old = before && issued.get(before.token)
    if (old) old.until = Math.min(old.until, now + OVERLAP_MS)
    const token = `mock_${randomBytes(48).toString('base64url')}`
    issued.set(token, { appId, until: now + LIFE_MS })
    kept.set(appId, { token, until: now + LIFE_MS })
    return { token, seconds: LIFE_MS / 1000 }
  }

  return {
    stable(appId, force, now) {
      const current = stable.get(appId)
      if (force) {
        const today = forced.filter(at => at > now - 24 * 60 * MINUTE)
        if (today.length >= 20) return { errcode: 45009 }
        if (today.some(at => at > now - 30_000)) return { errcode: 45011 }
        forced.push(now)
        if (current) issued.delete(current.token)
        return issue(stable, appId, now)
      }
      const known = current !== undefined && issued.has(current.token) && current.until - OVERLAP_MS > now
      return known
        ? { token: current.token, seconds: Math.floor((current.until - now) / 1000) }
        : issue(stable, appId, now)
    },
    fresh: (appId, now) => issue(plain, appId, now),
    check(token, appId, now) {
      if (!token) return 41001
      const found = issued.get(token)
      if (!found) return 40001
      if (found.until <= now) return 42001
      return found.appId === appId ? 0 : 48001
    },
    revokeAll: () => issued.clear(),
  }
}
