import { z } from 'zod'
import type { CrossRegionView } from '../../app/crossRegion/crossRegionDesk.ts'
import { findings } from '../../domain/crossRegionRequest.ts'
import { shanghaiTime } from '../../domain/world.ts'
import { json, refused } from '../answer.ts'
import { jsonBody, noBody, noQuery, queryOf, zKey, zLimit, zPlace, zText } from '../decode.ts'
import { crossRegionPageSchema, crossRegionRevealedSchema, crossRegionSchema } from '../crossRegionSchemas.ts'
import { caseRoles, officerRoute, type Route } from '../route.ts'

const PAGE = 20

const list = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/cross-region-requests',
  summary: '流动人口异地查询，新的在前，被查询人已遮盖；open=1 只看未反馈的',
  body: noBody,
  query: queryOf(z.strictObject({ open: z.literal('1').optional(), cursor: zKey.optional(), limit: zLimit })),
  response: { description: '一页查询', schema: crossRegionPageSchema },
  handler: async ({ edge, caller, query: { open, cursor, limit } }) => {
    const page = await edge.crossRegion.list(caller.officer, {
      ...{ open: open === '1', limit: limit ?? PAGE },
      ...(cursor === undefined ? {} : { cursor }),
    })
    return json({ items: page.items.map(requestJson), next: page.next })
  },
})

const newRequest = z.strictObject({
  region: zPlace,
  asker: zText(100, 2),
  personName: zText(50, 1),
  personId: z.string().max(40),
  question: zText(300, 2),
})

const ask = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/cross-region-requests',
  summary: '登记外地发来的查询',
  body: jsonBody(newRequest),
  query: noQuery,
  response: { description: '查询', schema: crossRegionSchema },
  handler: async ({ edge, caller, body: { region, ...content } }) => {
    const asked = await edge.crossRegion.ask(caller.officer, { regionCode: region, ...content })
    return asked.ok ? json(requestJson(asked.value)) : refused(asked.refusal)
  },
})

const answer = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/cross-region-requests/:id/answer',
  summary: '反馈一件查询，只有一次',
  body: jsonBody(z.strictObject({ finding: z.enum(findings), note: zText(500, 1).nullable() })),
  query: noQuery,
  response: { description: '查询', schema: crossRegionSchema },
  handler: async ({ edge, caller, incoming, body }) => {
    const answered = await edge.crossRegion.answer(caller.officer, incoming.params['id'] ?? '', body)
    return answered.ok ? json(requestJson(answered.value)) : refused(answered.refusal)
  },
})

const reveal = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/cross-region-requests/:id/reveal',
  summary: '查看被查询人未遮盖的信息一次，写明理由；每次都记入审计',
  body: jsonBody(z.strictObject({ reason: zText(200, 2) })),
  query: noQuery,
  response: { description: '查询内容', schema: crossRegionRevealedSchema },
  handler: async ({ edge, caller, incoming, body }) => {
    const shown = await edge.crossRegion.reveal(caller.officer, incoming.params['id'] ?? '', body.reason)
    if (!shown.ok) return refused(shown.refusal)
    const { asker, personName, personId, question } = shown.value
    return json({ asker, personName, personId, question })
  },
})

function requestJson({ id, number, regionCode, content, askedAt, due, answer: given, overdue }: CrossRegionView) {
  const { asker, personName, personId, question } = content
  return {
    ...{ id, number, regionCode, asker, personName, personId, question, due, overdue },
    askedAt: shanghaiTime(askedAt),
    answer: given && { at: shanghaiTime(given.at), finding: given.finding, note: given.note },
  }
}

export const crossRegionRoutes: Route[] = [list, ask, answer, reveal]
