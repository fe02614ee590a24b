import { z } from 'zod'
import { json, problem } from '../answer.ts'
import { jsonBody, noQuery, zKey, zText } from '../decode.ts'
import { botRoute, type Route } from '../route.ts'
import { turnSchema } from '../schemas.ts'
import { TEXT_LIMIT } from './chat.ts'

const silent = { replies: [], state: { sessionId: null, flow: null, revision: null, step: null, done: false } }

const turns = botRoute({
  method: 'POST',
  path: '/api/bot/turns',
  summary: '机器人转来的一句话。mention：群里是否点了名；没点名的不答，单聊不带此项',
  body: jsonBody(
    z.strictObject({
      messageId: zKey,
      senderId: zText(128, 1),
      text: zText(TEXT_LIMIT, 1),
      mention: z.boolean().optional(),
    }),
  ),
  query: noQuery,
  response: { description: '回答与会话状态', schema: turnSchema },
  handler: async ({ edge, body }) => {
    if (body.mention === false) return json(silent)
    const at = edge.world.now()
    if (!edge.limits('turns', `bot:${body.senderId}`, at)) return problem('tooManyRequests')
    const answer = await edge.app.takeTurn({
      address: { channel: 'bot', sender: body.senderId, messageKey: body.messageId },
      input: { kind: 'text', text: body.text },
      said: body.text,
      receivedAt: at,
      passiveBudgetMs: null,
    })
    return json({ replies: answer.replies, state: answer.state })
  },
})

export const botRoutes: Route[] = [turns]
