import { problem, type Answer } from '../answer.ts'
import { noBody, rawBody, rawQuery } from '../decode.ts'
import type { Edge } from '../edge.ts'
import type { Incoming } from '../incoming.ts'
import { platformRoute, type Route } from '../route.ts'

/** Callback bodies stay far below; more is not from the platform. */
const BODY_LIMIT = 64 * 1024

const answer = { description: '按平台要求的明文或 XML', mediaType: 'text/plain' }

async function hand(edge: Edge, { method, search, header }: Incoming, body: Uint8Array): Promise<Answer> {
  if (!edge.wechat) return problem('notFound')
  const given = await edge.wechat({ method, search, contentType: header('content-type'), body })
  return { status: given.status, headers: { 'content-type': given.contentType }, body: given.body }
}

const verification = platformRoute({
  method: 'GET',
  path: '/wechat/official',
  summary: '公众号回调：地址验证',
  body: noBody,
  query: rawQuery,
  response: answer,
  lean: true,
  handler: ({ edge, incoming }) => hand(edge, incoming, new Uint8Array()),
})

const message = platformRoute({
  method: 'POST',
  path: '/wechat/official',
  summary: '公众号回调：消息与事件',
  body: rawBody(BODY_LIMIT),
  query: rawQuery,
  response: answer,
  lean: true,
  handler: ({ edge, incoming, body }) => hand(edge, incoming, body),
})

export const wechatRoutes: Route[] = [verification, message]
