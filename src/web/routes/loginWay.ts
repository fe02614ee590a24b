import { z } from 'zod'
import { cookieName, sameSecret } from '../access.ts'
import type { Answer } from '../answer.ts'
import { noBody, noQuery, queryOf } from '../decode.ts'
import type { LoginWay } from '../deps.ts'
import type { Edge } from '../edge.ts'
import { cookieOf, networkOf, type Incoming } from '../incoming.ts'
import { loginPage, type LoginTrouble } from '../loginPage.ts'
import { cookieOfOurs, openOfficerSession } from '../officerSession.ts'
import { openRoute, type Route } from '../route.ts'
import { newToken } from './session.ts'

/** From leaving for the platform to coming back. Its code lives for five minutes; so does our question. */
const STATE_MS = 5 * 60_000

const response = { description: '转到平台，或转到工作台；不成时是一页说明', mediaType: 'text/html' }
const returned = queryOf(z.object({ code: z.string().max(512).optional(), state: z.string().max(256).optional() }))

/**
 * Log-in by a platform that knows its members: out with a state that is signed, short-lived, for this browser and for one use;
 * back with a code that the platform turns into a member. Whoever is bound to that member is logged in as by password.
 */
export function loginRoutes(way: LoginWay): Route[] {
  const used = new Map<string, number>()
  return [
    openRoute({
      method: 'GET',
      path: way.path,
      summary: '工作人员用平台账号登录：转到平台',
      body: noBody,
      query: noQuery,
      response,
      handler: async ({ edge, incoming }) => {
        const at = edge.world.now()
        if (!(await edge.doors('loginByNetwork', networkOf(incoming.ip), at))) return refuse(edge, incoming, 'tooOften')
        const state = stateOf(way, newToken(edge), at + STATE_MS)
        const back = `${edge.config.publicUrl}${way.path}/callback`
        return redirect(way.begin({ state, back, userAgent: incoming.header('user-agent') }), stateCookie(edge, state))
      },
    }),
    openRoute({
      method: 'GET',
      path: `${way.path}/callback`,
      summary: '工作人员用平台账号登录：从平台回来',
      body: noBody,
      query: returned,
      response,
      handler: async ({ edge, incoming, query: { code, state } }) => {
        const at = edge.world.now()
        if (!(await edge.doors('loginByNetwork', networkOf(incoming.ip), at))) return refuse(edge, incoming, 'tooOften')
        const asked = cookieOf(incoming.header('cookie'), stateCookieName(edge.config.publicUrl))
        if (!code || !state || !asked || !sameSecret(asked, state) || !isFresh(way, state, at)) {
          return refuse(edge, incoming, 'expired')
        }
        for (const [known, until] of used) if (until <= at) used.delete(known)
        if (used.has(state)) return refuse(edge, incoming, 'expired')
        used.set(state, at + STATE_MS)
        return comeIn(edge, incoming, way, code)
      },
    }),
  ]
}

async function comeIn(edge: Edge, incoming: Incoming, way: LoginWay, code: string): Promise<Answer> {
  const asked = await way.finish(code)
  if (!asked.ok) return refuse(edge, incoming, asked.reason)
  const officer = await edge.auth.officerBySender(way.channel, asked.sender)
  if (!officer) return refuse(edge, incoming, 'unbound')
  if (officer.disabled) return refuse(edge, incoming, 'disabled')
  await edge.auth.noteLogin(officer.id, true, edge.world.now())
  const { cookie } = await openOfficerSession(edge, officer, true)
  return redirect(officer.role === 'village' || officer.role === 'town' ? '/officer' : '/console', cookie)
}

/** `until.nonce.signature`: nobody but us makes one, and it says itself when it is over. */
function stateOf(way: LoginWay, nonce: string, until: number): string {
  const text = `${until.toString(36)}.${nonce}`
  return `${text}.${way.sign(text)}`
}

function isFresh(way: LoginWay, state: string, at: number): boolean {
  const [until = '', nonce = '', signature = ''] = state.split('.')
  return sameSecret(signature, way.sign(`${until}.${nonce}`)) && Number.parseInt(until, 36) > at
}

const stateCookieName = (publicUrl: string): string => `${cookieName(publicUrl)}-login`

function stateCookie({ config: { publicUrl } }: Edge, value: string): string {
  return cookieOfOurs(publicUrl, { name: stateCookieName(publicUrl), value, lifeMs: value === '' ? 0 : STATE_MS })
}

function redirect(location: string, cookie: string): Answer {
  return { status: 303, headers: { location, 'set-cookie': cookie }, body: null }
}

function refuse(edge: Edge, { language }: Incoming, trouble: LoginTrouble): Answer {
  const body = loginPage(trouble, key => edge.text(language, key), language)
  const headers = { 'content-type': 'text/html; charset=utf-8', 'set-cookie': stateCookie(edge, '') }
  return { status: statuses[trouble], headers, body }
}

const statuses: Record<LoginTrouble, number> = {
  expired: 400,
  notMember: 403,
  unbound: 403,
  disabled: 403,
  tooOften: 429,
  unavailable: 503,
}
