import { z } from 'zod'
import type { ApplicationView, Outcome } from '../../app/app.ts'
import type { CaseQuery } from '../../app/figures/figureQuery.ts'
import { figureRoles } from '../../app/figures/reports.ts'
import { applicationStatuses } from '../../domain/application.ts'
import type { Officer } from '../../domain/officer.ts'
import { json, problem, refused, uploaded, type Answer } from '../answer.ts'
import { caseFilters, caseQueryOf } from '../caseFilters.ts'
import { emptyBody, jsonBody, noBody, noQuery, queryOf, zKey, zLimit, zText } from '../decode.ts'
import type { Edge } from '../edge.ts'
import { fenceOf } from '../fence.ts'
import { applicationJson, residentApplicationJson, revealedJson } from '../present.ts'
import { caseRoles, officerRoute, residentRoute, type Route } from '../route.ts'
import {
  applicationPageSchema,
  applicationSchema,
  residentApplicationPageSchema,
  residentApplicationSchema,
  revealedSchema,
} from '../schemas.ts'

const PAGE = 20

const own = residentRoute({
  method: 'GET',
  path: '/api/applications',
  summary: '我的办件',
  body: noBody,
  query: queryOf(z.strictObject({ cursor: zKey.optional(), limit: zLimit })),
  response: { description: '一页本人办件，新的在前', schema: residentApplicationPageSchema },
  handler: async ({ edge, caller, query: { cursor, limit } }) => {
    const page = await edge.app.resident.applications(caller.residentId, {
      ...(cursor === undefined ? {} : { cursor }),
      limit: limit ?? PAGE,
    })
    return json({
      items: page.items.map(view => residentApplicationJson(view, edge.config.publicUrl)),
      next: page.next,
    })
  },
})

const ownOne = residentRoute({
  method: 'GET',
  path: '/api/applications/:id',
  summary: '我的一个办件',
  body: noBody,
  query: noQuery,
  response: { description: '办件', schema: residentApplicationSchema },
  handler: async ({ edge, caller, incoming }) => {
    const view = await edge.app.resident.application(caller.residentId, incoming.params['id'] ?? '')
    return view ? json(residentApplicationJson(view, edge.config.publicUrl)) : problem('notFound')
  },
})

const list = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/applications',
  summary: '本辖区办件，个人信息已遮盖；乡镇、县级可按指标、地区、事项、方式、起止日查看指标背后的办件',
  body: noBody,
  query: queryOf(
    z.strictObject({
      status: z.enum(applicationStatuses).optional(),
      cursor: zKey.optional(),
      limit: zLimit,
      ...caseFilters,
    }),
  ),
  response: { description: '一页办件', schema: applicationPageSchema },
  handler: async ({ edge, caller, query: { status, cursor, limit, ...filters } }) => {
    const asked = { ...(cursor === undefined ? {} : { cursor }), limit: limit ?? PAGE }
    const behind = caseQueryOf(filters, edge.world.now(), asked)
    if (behind) return casesBehind(edge, caller.officer, behind)
    const page = await edge.app.officer.applications(caller.officer, { ...(status ? { status } : {}), ...asked })
    return json({ items: page.items.map(applicationJson), next: page.next })
  },
})

/** Figures are for those who answer for a place, and so are the ways from a figure to its cases. */
async function casesBehind(edge: Edge, officer: Officer, query: CaseQuery): Promise<Answer> {
  if (!figureRoles.includes(officer.role)) return problem('notForRole')
  const page = await edge.figures.cases(officer, query)
  return page.ok ? json({ items: page.value.items.map(applicationJson), next: page.value.next }) : refused(page.refusal)
}

const one = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/applications/:id',
  summary: '本辖区一个办件，个人信息已遮盖',
  body: noBody,
  query: noQuery,
  response: { description: '办件', schema: applicationSchema },
  handler: async ({ edge, caller, incoming }) =>
    answer(await edge.app.officer.application(caller.officer, incoming.params['id'] ?? '')),
})

function answer(outcome: Outcome<ApplicationView>): Answer {
  return outcome.ok ? json(applicationJson(outcome.value)) : refused(outcome.refusal)
}

const accept = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/applications/:id/accept',
  summary: '受理；If-Match 为该办件任务的围栏号',
  body: emptyBody,
  query: noQuery,
  response: { description: '办件现状', schema: applicationSchema },
  fence: 'needed',
  handler: async ({ edge, caller, incoming }) => {
    const fence = fenceOf(incoming)
    if (!fence.ok) return fence.answer
    return answer(await edge.app.officer.accept(caller.officer, incoming.params['id'] ?? '', fence.value))
  },
})

const decision = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('granted') }),
  z.strictObject({ decision: z.literal('refused'), reason: zText(500, 1) }),
])

const decide = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/applications/:id/decide',
  summary: '作出决定；不予登记的写明理由。If-Match 为该办件任务的围栏号',
  body: jsonBody(decision),
  query: noQuery,
  response: { description: '办件现状', schema: applicationSchema },
  fence: 'needed',
  handler: async ({ edge, caller, incoming, body }) => {
    const fence = fenceOf(incoming)
    if (!fence.ok) return fence.answer
    return answer(await edge.app.officer.decide(caller.officer, incoming.params['id'] ?? '', fence.value, body))
  },
})

const reveal = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/applications/:id/reveal',
  summary: '查看未遮盖的内容一次，写明理由；每次都记入审计',
  body: jsonBody(z.strictObject({ reason: zText(200, 2) })),
  query: noQuery,
  response: { description: '申报内容', schema: revealedSchema },
  handler: async ({ edge, caller, incoming, body }) => {
    const outcome = await edge.app.officer.reveal(caller.officer, incoming.params['id'] ?? '', body.reason)
    return outcome.ok ? json(revealedJson(outcome.value)) : refused(outcome.refusal)
  },
})

/** A write, like `reveal`: it leaves an audit row, and its reason may name people, who have no place in an address. */
const photo = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/applications/:id/photos/:upload',
  summary: '群众补来的照片（编号见办件的 photos），写明理由；每次查看都记入审计',
  body: jsonBody(z.strictObject({ reason: zText(200, 2) })),
  query: noQuery,
  response: { description: '照片', mediaType: 'image/jpeg' },
  handler: async ({ edge, caller, incoming, body: { reason } }) => {
    const { id = '', upload = '' } = incoming.params
    const outcome = await edge.app.officer.photo(caller.officer, id, { upload, reason })
    if (!outcome.ok) return refused(outcome.refusal)
    const found = await edge.auth.upload(outcome.value.upload)
    if (found?.residentId !== outcome.value.residentId) return problem('notFound')
    return uploaded(found)
  },
})

export const applicationRoutes: Route[] = [own, ownOne, list, one, accept, decide, reveal, photo]
