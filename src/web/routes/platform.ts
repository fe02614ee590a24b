import type { Answer } from '../answer.ts'
import { noBody, rawBody, rawQuery } from '../decode.ts'
import type { PlatformCallback } from '../deps.ts'
import type { Incoming } from '../incoming.ts'
import { platformRoute, type Route } from '../route.ts'

/** Callback bodies stay far below; more is not from the platform. */
const BODY_LIMIT = 64 * 1024

const response = { description: '按平台要求的明文、XML 或 JSON', mediaType: 'text/plain' }

/** Verification and messages of one platform. The channel reads query and body itself and proves who called. */
export function platformRoutes({ path, handle }: PlatformCallback): Route[] {
  const answer = async ({ method, search, header }: Incoming, body: Uint8Array): Promise<Answer> => {
    const given = await handle({ method, search, contentType: header('content-type'), body })
    return { status: given.status, headers: { 'content-type': given.contentType }, body: given.body }
  }
  return [
    platformRoute({
      method: 'GET',
      path,
      summary: '平台回调：地址验证',
      body: noBody,
      query: rawQuery,
      response,
      lean: true,
      handler: ({ incoming }) => answer(incoming, new Uint8Array()),
    }),
    platformRoute({
      method: 'POST',
      path,
      summary: '平台回调：消息与事件',
      body: rawBody(BODY_LIMIT),
      query: rawQuery,
      response,
      lean: true,
      handler: ({ incoming, body }) => answer(incoming, body),
    }),
  ]
}
