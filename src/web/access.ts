import { createHash, timingSafeEqual } from 'node:crypto'
import type { ChannelName } from '../app/ports.ts'
import type { Officer, OfficerRole } from '../domain/officer.ts'
import { problem, type Answer } from './answer.ts'
import type { Edge } from './edge.ts'
import { cookieOf, type Incoming } from './incoming.ts'

export interface ResidentCaller {
  residentId: string
  channel: ChannelName
  sender: string
}

export interface OfficerCaller {
  officer: Officer
  csrfToken: string
  tokenHash: Uint8Array
  /** His role has to have a second factor and he has none: only his own account is open to him. */
  secondFactorNeeded: boolean
}

export type Admission<Caller> = { ok: true; caller: Caller } | { ok: false; answer: Answer }
export type Gate<Caller> = (incoming: Incoming, edge: Edge) => Promise<Admission<Caller>>

const unknown = (): { ok: false; answer: Answer } => ({ ok: false, answer: problem('notLoggedIn') })
const refuse = (name: 'badCsrf' | 'notForRole' | 'secondFactorNeeded'): { ok: false; answer: Answer } => ({
  ok: false,
  answer: problem(name),
})

export const anyone: Gate<null> = async () => ({ ok: true, caller: null })

export const residentOnly: Gate<ResidentCaller> = async (incoming, edge) => {
  const token = bearerOf(incoming)
  if (token === null) return unknown()
  const session = await edge.auth.residentSession(hashToken(token), edge.world.now())
  return session ? { ok: true, caller: session } : unknown()
}

/**
 * Writes need, besides the cookie, the session's CSRF token and our own origin. `early`: open also to whoever has to switch his
 * second factor on first.
 */
export function officerGate(
  roles: readonly OfficerRole[],
  { writes, early }: { writes: boolean; early: boolean },
): Gate<OfficerCaller> {
  return async (incoming, edge) => {
    const token = cookieOf(incoming.header('cookie'), cookieName(edge.config.publicUrl))
    if (token === null || !isToken(token)) return unknown()
    const tokenHash = hashToken(token)
    const session = await edge.auth.officerSession(tokenHash, edge.world.now())
    if (!session) return unknown()
    if (
      writes &&
      !(sameOrigin(incoming, edge.config.publicUrl) && sameSecret(incoming.header('x-csrf-token'), session.csrfToken))
    ) {
      return refuse('badCsrf')
    }
    const secondFactorNeeded = needsSecondFactor(edge, session)
    if (secondFactorNeeded && !early) return refuse('secondFactorNeeded')
    const officer = await inWhosePlace(incoming, edge, session.officer)
    if (!officer || !roles.includes(officer.role)) return refuse('notForRole')
    return { ok: true, caller: { officer, csrfToken: session.csrfToken, tokenHash, secondFactorNeeded } }
  }
}

export function needsSecondFactor(
  { config }: Edge,
  { officer, twoFactors }: { officer: Officer; twoFactors: boolean },
): boolean {
  return !twoFactors && config.secondFactorRoles.includes(officer.role)
}

/** A substitute works in the place and role of the colleague he names, under his own name; nobody else may. */
async function inWhosePlace(incoming: Incoming, edge: Edge, officer: Officer): Promise<Officer | null> {
  const username = incoming.header('x-stand-in-for')
  return username === '' ? officer : edge.tasks.standingIn(officer, username)
}

export const botOnly: Gate<null> = async (incoming, edge) => admitBySecret(incoming, edge.config.botToken)

export const operatorOnly: Gate<null> = async (incoming, edge) =>
  incoming.local ? { ok: true, caller: null } : admitBySecret(incoming, edge.config.metricsToken)

function admitBySecret(incoming: Incoming, secret: string | null): Admission<null> {
  const shown = /^Bearer (\S+)$/i.exec(incoming.header('authorization'))?.[1]
  return secret !== null && shown !== undefined && sameSecret(shown, secret) ? { ok: true, caller: null } : unknown()
}

/** `__Host-` binds the cookie to one host over https; browsers refuse that name on plain http. */
export function cookieName(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-nuanxin' : 'nuanxin'
}

/** 256 bits in base64url. */
const TOKEN = /^[\w-]{43}$/
const isToken = (text: string): boolean => TOKEN.test(text)

export function bearerOf(incoming: Incoming): string | null {
  const token = /^Bearer (\S+)$/i.exec(incoming.header('authorization'))?.[1]
  return token !== undefined && isToken(token) ? token : null
}

/** Only this is stored: whoever reads the table cannot log in with it. */
export function hashToken(token: string): Uint8Array {
  return createHash('sha256').update(token).digest()
}

/** Constant time, whatever the lengths. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(hashToken(a), hashToken(b))
}

/**
 * Browsers name the page that writes; programs without a page name nothing. The host a browser calls cannot be chosen
 * by a foreign page, so an origin equal to it is ours even where PUBLIC_URL is spelled otherwise (localhost, 127.0.0.1).
 */
export function sameOrigin(incoming: Incoming, publicUrl: string): boolean {
  const origin = incoming.header('origin')
  if (origin === '') return ['', 'same-origin', 'none'].includes(incoming.header('sec-fetch-site'))
  if (!URL.canParse(origin)) return false
  return origin === new URL(publicUrl).origin || new URL(origin).host === incoming.header('host')
}
