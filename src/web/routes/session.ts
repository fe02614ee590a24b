import { z } from 'zod'
import type { ChannelName } from '../../app/ports.ts'
import { shanghaiTime } from '../../domain/world.ts'
import { hashToken } from '../access.ts'
import { json, problem, type Answer } from '../answer.ts'
import { emptyBody, jsonBody, noQuery, zText } from '../decode.ts'
import type { Edge } from '../edge.ts'
import { networkOf } from '../incoming.ts'
import { openRoute, type Route } from '../route.ts'
import { sessionSchema } from '../schemas.ts'

const guest = openRoute({
  method: 'POST',
  path: '/api/guest',
  summary: '演示用：不登录就开始聊天',
  body: emptyBody,
  query: noQuery,
  response: { description: '令牌', schema: sessionSchema },
  handler: async ({ edge, incoming }) => {
    if (!edge.config.demo) return problem('notFound')
    if (!edge.limits('guest', networkOf(incoming.ip), edge.world.now())) return problem('tooManyRequests')
    return openSession(edge, { channel: 'web', sender: `guest-${edge.world.newId()}`, unionId: null })
  },
})

const miniLogin = openRoute({
  method: 'POST',
  path: '/api/mini/login',
  summary: '小程序登录',
  body: jsonBody(z.strictObject({ code: zText(128, 1) })),
  query: noQuery,
  response: { description: '令牌', schema: sessionSchema },
  handler: async ({ edge, incoming, body }) => {
    if (!edge.miniLogin) return problem('unavailable')
    if (!edge.limits('miniLogin', networkOf(incoming.ip), edge.world.now())) return problem('tooManyRequests')
    const login = await edge.miniLogin(body.code)
    if (!login.ok) return problem(login.reason === 'badCode' ? 'badLoginCode' : 'unavailable')
    return openSession(edge, { channel: 'miniprogram', sender: login.sender, unionId: login.unionId })
  },
})

/** 256 bits: nobody guesses that, so the token alone is the proof. */
const TOKEN_BYTES = 32

export function newToken(edge: Edge): string {
  return Buffer.from(edge.world.randomBytes(TOKEN_BYTES)).toString('base64url')
}

async function openSession(
  edge: Edge,
  who: { channel: ChannelName; sender: string; unionId: string | null },
): Promise<Answer> {
  const at = edge.world.now()
  const token = newToken(edge)
  const expiresAt = at + edge.config.residentSessionMs
  await edge.auth.openResidentSession({ ...who, tokenHash: hashToken(token), at, expiresAt })
  return json({ token, expiresAt: shanghaiTime(expiresAt) })
}

export const sessionRoutes: Route[] = [guest, miniLogin]
