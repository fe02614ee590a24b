import { z } from 'zod'
import type { TurnInput } from '../../conversation/types.ts'
import type { ResidentCaller } from '../access.ts'
import { json, problem } from '../answer.ts'
import { jsonBody, noBody, noQuery, queryOf, zKey, zLimit, zText } from '../decode.ts'
import type { Edge } from '../edge.ts'
import { eventStream } from '../eventStream.ts'
import { historyJson } from '../present.ts'
import { residentRoute, type Route } from '../route.ts'
import { historySchema, turnSchema } from '../schemas.ts'

/** The longest text of a turn; what WeChat takes in one message is of the same size. */
export const TEXT_LIMIT = 2000

const turnBody = z
  .strictObject({
    messageId: zKey,
    text: zText(TEXT_LIMIT, 1).optional(),
    choice: zText(200, 1).optional(),
    mediaId: zKey.optional(),
  })
  .refine(said => [said.text, said.choice, said.mediaId].filter(part => part !== undefined).length <= 1, {
    path: ['text'],
  })

const turns = residentRoute({
  method: 'POST',
  path: '/api/chat/turns',
  summary: '说一句话、选一项或发一张图；只有 messageId 表示打开了聊天。同一 messageId 得到同一回答',
  body: jsonBody(turnBody),
  query: noQuery,
  response: { description: '回答与会话状态', schema: turnSchema },
  handler: async ({ edge, caller, body }) => {
    const at = edge.world.now()
    if (!edge.limits('turns', caller.residentId, at)) return problem('tooManyRequests')
    if (body.mediaId !== undefined && !(await owns(edge, caller, body.mediaId)))
      return problem('badInput', { fields: ['mediaId'] })
    const { channel, sender } = caller
    const answer = await edge.app.takeTurn({
      address: { channel, sender, messageKey: body.messageId },
      ...inputOf(body),
      receivedAt: at,
      passiveBudgetMs: null,
    })
    return json({ replies: answer.replies, state: answer.state })
  },
})

// A choice is known here by its key only; the history finds the label that stood on it.
function inputOf(body: z.infer<typeof turnBody>): { input: TurnInput; said: string } {
  if (body.text !== undefined) return { input: { kind: 'text', text: body.text }, said: body.text }
  if (body.choice !== undefined) return { input: { kind: 'choice', key: body.choice }, said: body.choice }
  if (body.mediaId !== undefined)
    return { input: { kind: 'media', mediaId: body.mediaId, mediaType: 'image' }, said: '[图片]' }
  return { input: { kind: 'hello' }, said: '' }
}

async function owns(edge: Edge, caller: ResidentCaller, mediaId: string): Promise<boolean> {
  return (await edge.auth.upload(mediaId))?.residentId === caller.residentId
}

/** Lines of history in one answer, unless the caller asks for fewer or more. */
const HISTORY_PAGE = 50

const history = residentRoute({
  method: 'GET',
  path: '/api/chat/history',
  summary: '聊天记录，before 为上一页的 next',
  body: noBody,
  query: queryOf(
    z.strictObject({
      before: z
        .string()
        .regex(/^\d{1,15}$/)
        .optional(),
      limit: zLimit,
    }),
  ),
  response: { description: '一页聊天记录', schema: historySchema },
  handler: async ({ edge, caller, query }) => {
    const limit = query.limit ?? HISTORY_PAGE
    const entries = await edge.auth.history(
      caller.residentId,
      query.before === undefined ? null : Number(query.before),
      limit,
    )
    const oldest = entries.reduce((least, entry) => Math.min(least, entry.at), Number.MAX_SAFE_INTEGER)
    return json({ items: historyJson(entries), next: entries.length < limit ? null : String(oldest) })
  },
})

/** Windows in which one person has the chat open at the same time. */
const STREAMS_PER_RESIDENT = 5

const events = residentRoute({
  method: 'GET',
  path: '/api/chat/events',
  summary: '后来到达的消息（SSE）：event: message，data: {id, replies}',
  body: noBody,
  query: noQuery,
  response: { description: '事件流', mediaType: 'text/event-stream' },
  handler: ({ edge, caller: { residentId } }) => {
    const open = edge.streams.get(residentId) ?? 0
    if (open >= STREAMS_PER_RESIDENT) return problem('tooManyRequests')
    edge.streams.set(residentId, open + 1)
    const body = eventStream(edge, residentId, () => leave(edge.streams, residentId))
    return {
      status: 200,
      headers: { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' },
      body,
    }
  },
})

function leave(streams: Map<string, number>, residentId: string): void {
  const left = (streams.get(residentId) ?? 1) - 1
  if (left > 0) streams.set(residentId, left)
  else streams.delete(residentId)
}

export const chatRoutes: Route[] = [turns, history, events]
