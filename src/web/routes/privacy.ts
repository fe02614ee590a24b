import { z } from 'zod'
import { problem, type Answer } from '../answer.ts'
import { noBody, noQuery, queryOf, zKey } from '../decode.ts'
import { networkOf } from '../incoming.ts'
import { openRoute, residentRoute, type Route } from '../route.ts'

const response = { description: '本人的资料（JSON 文件）', mediaType: 'application/json' }

const own = residentRoute({
  method: 'GET',
  path: '/api/privacy/data',
  summary: '下载系统里存的本人资料（个人信息保护法第四十五条）',
  body: noBody,
  query: noQuery,
  response,
  handler: async ({ edge, caller }) => {
    if (!edge.limits('notice', caller.residentId, edge.world.now())) return problem('tooManyRequests')
    return file(await edge.privacy.data(caller.residentId))
  },
})

const byLink = openRoute({
  method: 'GET',
  path: '/my-data/:id',
  summary: '凭消息里的链接下载本人资料，十五分钟内有效',
  body: noBody,
  query: queryOf(z.strictObject({ until: z.string().regex(/^\d{1,15}$/), key: zKey })),
  response,
  handler: async ({ edge, incoming, query }) => {
    if (!edge.limits('notice', networkOf(incoming.ip), edge.world.now())) return problem('tooManyRequests')
    const residentId = incoming.params['id'] ?? ''
    const data = await edge.privacy.dataByLink({ residentId, until: Number(query.until), key: query.key })
    return data ? file(data) : problem('notFound')
  },
})

function file(data: Record<string, unknown>): Answer {
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': 'attachment; filename="my-data.json"',
  }
  return { status: 200, headers, body: JSON.stringify(data, null, 2) }
}

export const privacyRoutes: Route[] = [own, byLink]
