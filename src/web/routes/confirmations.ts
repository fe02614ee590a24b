import { z } from 'zod'
import { noContent, problem } from '../answer.ts'
import { jsonBody, noQuery, zText } from '../decode.ts'
import { networkOf } from '../incoming.ts'
import { openRoute, type Route } from '../route.ts'

const answer = openRoute({
  method: 'POST',
  path: '/api/confirmations/:id/answer',
  summary: '其他部门答复一件核实：凭该件的答复令牌，只对这一件有效，到期作废；错令牌与不存在的请求回答相同',
  body: jsonBody(
    z.strictObject({
      token: z.string().regex(/^[\w-]{1,100}$/),
      answer: z.enum(['accepted', 'rejected']),
      note: zText(500).optional(),
    }),
  ),
  query: noQuery,
  response: { description: '已收到，无内容' },
  handler: async ({ edge, incoming, body }) => {
    if (!(await edge.doors('confirmation', networkOf(incoming.ip), edge.world.now()))) return problem('tooManyRequests')
    const taken = await edge.app.caseWork.answer({
      ...{ requestId: incoming.params['id'] ?? '', token: body.token, answer: body.answer },
      note: body.note || null,
    })
    if (taken === 'unknown') return problem('notFound')
    return taken === 'taken' ? noContent() : problem('alreadyDone')
  },
})

export const confirmationRoutes: Route[] = [answer]
