import { z } from 'zod'
import { correctionFields } from '../../app/privacy/wishes.ts'
import type { ResidentCaller } from '../access.ts'
import { json, noContent, problem, type Answer } from '../answer.ts'
import { emptyBody, jsonBody, noBody, noQuery, queryOf, zKey, zText } from '../decode.ts'
import type { Edge } from '../edge.ts'
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

const correct = residentRoute({
  method: 'POST',
  path: '/api/privacy/corrections',
  summary: '请求更正本人资料（个人信息保护法第四十六条）：交给办件的单位核对；没有办件时 asked 为 null',
  body: jsonBody(z.strictObject({ field: z.enum(correctionFields), value: zText(100, 1) })),
  query: noQuery,
  response: {
    description: '交给哪个办件的单位，什么时候前答复',
    schema: z.strictObject({ asked: z.strictObject({ number: z.string(), answerBy: z.iso.date() }).nullable() }),
  },
  handler: async ({ edge, caller, body }) => {
    if (!mayWish(edge, caller)) return problem('tooManyRequests')
    const { residentId, channel } = caller
    return json({ asked: await edge.privacy.correct({ residentId, channel, ...body }) })
  },
})

const count = z.number().int().min(0)

const erase = residentRoute({
  method: 'POST',
  path: '/api/privacy/erasure',
  summary: '删除可以删的本人资料（个人信息保护法第四十七条）：聊天、未用的照片、填到一半的内容；办件和投诉依法留存',
  body: emptyBody,
  query: noQuery,
  response: {
    description: '删了几条，留下几件',
    schema: z.strictObject({ deleted: count, cases: count, complaints: count }),
  },
  handler: async ({ edge, caller }) => {
    if (!mayWish(edge, caller)) return problem('tooManyRequests')
    return json(await edge.privacy.erase(caller.residentId))
  },
})

const withdraw = residentRoute({
  method: 'POST',
  path: '/api/privacy/withdrawals',
  summary: '撤回一项同意（个人信息保护法第十五条）；服务日历随之停止',
  body: jsonBody(z.strictObject({ purpose: z.string().regex(/^[a-zA-Z]{1,60}$/) })),
  query: noQuery,
  response: { description: '已撤回' },
  handler: async ({ edge, caller, body }) => {
    if (!mayWish(edge, caller)) return problem('tooManyRequests')
    return (await edge.privacy.withdraw(caller.residentId, body.purpose)) ? noContent() : problem('notFound')
  },
})

const mayWish = ({ limits, world }: Edge, { residentId }: ResidentCaller) =>
  limits('privacyWish', residentId, world.now())

function file(data: Record<string, unknown>): Answer {
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': 'attachment; filename="my-data.json"',
  }
  return { status: 200, headers, body: JSON.stringify(data, null, 2) }
}

export const privacyRoutes: Route[] = [own, byLink, correct, erase, withdraw]
