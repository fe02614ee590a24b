import { z } from 'zod'
import type { ComplaintInList } from '../../app/complaints/complaintDesk.ts'
import { complaintFindings } from '../../domain/complaint/complaint.ts'
import { shanghaiTime } from '../../domain/world.ts'
import { json, problem, refused, uploaded, type Answer } from '../answer.ts'
import { complaintPageSchema, complaintSchema } from '../complaintSchemas.ts'
import { jsonBody, noBody, noQuery, queryOf, zKey, zLimit, zText } from '../decode.ts'
import type { Edge } from '../edge.ts'
import { fenceOf } from '../fence.ts'
import { caseRoles, officerRoute, type Route } from '../route.ts'

const PAGE = 20

const list = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/complaints',
  summary: '投诉建议：open=1 只看待答复的，按期限排；否则新的在前。被反映的人看不到',
  body: noBody,
  query: queryOf(z.strictObject({ open: z.literal('1').optional(), cursor: zKey.optional(), limit: zLimit })),
  response: { description: '一页投诉建议，不含内容', schema: complaintPageSchema },
  handler: async ({ edge, caller, query: { open, cursor, limit } }) => {
    const page = await edge.complaints.list(caller.officer, {
      ...{ open: open === '1', limit: limit ?? PAGE },
      ...(cursor === undefined ? {} : { cursor }),
    })
    return json({ items: page.items.map(item => briefJson(item, edge)), next: page.next })
  },
})

const one = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/complaints/:id',
  summary: '一件投诉建议的内容和经过；每次查看都记入审计',
  body: noBody,
  query: noQuery,
  response: { description: '投诉建议', schema: complaintSchema },
  handler: async ({ edge, caller, incoming }) =>
    answer(edge, await edge.complaints.one(caller.officer, incoming.params['id'] ?? '')),
})

const reply = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/complaints/:id/reply',
  summary: '答复（先接单），群众会收到答复，并被问有没有解决',
  body: jsonBody(z.strictObject({ finding: z.enum(complaintFindings), text: zText(500, 5) })),
  query: noQuery,
  fence: 'needed',
  response: { description: '投诉建议', schema: complaintSchema },
  handler: async ({ edge, caller, incoming, body }) => {
    const fence = fenceOf(incoming)
    if (!fence.ok) return fence.answer
    return answer(edge, await edge.complaints.reply(caller.officer, incoming.params['id'] ?? '', fence.value, body))
  },
})

const handOver = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/complaints/:id/hand-over',
  summary: '转给别的单位（先接单）：本县的写 region，外面的只写 office；群众会收到转给了谁',
  body: jsonBody(
    z.strictObject({
      region: z
        .string()
        .regex(/^\d{6}(\d{3})?$/)
        .nullable(),
      office: zText(60, 2),
      reason: zText(200, 2),
    }),
  ),
  query: noQuery,
  fence: 'needed',
  response: { description: '投诉建议', schema: complaintSchema },
  handler: async ({ edge, caller, incoming, body: { region, office, reason } }) => {
    const fence = fenceOf(incoming)
    if (!fence.ok) return fence.answer
    const to = { regionCode: region, office, reason }
    return answer(edge, await edge.complaints.handOver(caller.officer, incoming.params['id'] ?? '', fence.value, to))
  },
})

const photo = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/complaints/:id/photo',
  summary: '投诉建议所附的照片，n 从 0 起；每次查看都记入审计',
  body: noBody,
  query: queryOf(z.strictObject({ n: z.string().regex(/^\d$/).optional() })),
  response: { description: '照片', mediaType: 'image/jpeg' },
  handler: async ({ edge, caller, incoming, query: { n } }) => {
    const upload = await edge.complaints.photo(caller.officer, incoming.params['id'] ?? '', Number(n ?? '0'))
    const found = upload === null ? null : await edge.auth.upload(upload)
    if (!found) return problem('notFound')
    return uploaded(found)
  },
})

function answer(edge: Edge, shown: Awaited<ReturnType<Edge['complaints']['one']>>): Answer {
  if (!shown.ok) return refused(shown.refusal)
  const { complaint, state } = shown.value
  const { words, person, photos } = complaint.content
  return json({
    ...briefJson(shown.value, edge),
    ...{ words, person, photos: photos.length, again: whyAgain(complaint) },
    answers: state.answers.map(({ at, finding, text }) => ({ at: shanghaiTime(at), finding, text })),
    log: complaint.actions.map(({ at, event }) => ({ at: shanghaiTime(at), type: event.type })),
  })
}

/** What was not settled, as who complained said it; null where he was not asked. */
function whyAgain({ actions }: ComplaintInList['complaint']): string | null {
  const last = actions.findLast(({ event }) => event.type === 'reopened')?.event
  return last?.type === 'reopened' ? (last.reason ?? null) : null
}

function briefJson({ complaint, state, overdue, task, allowed }: ComplaintInList, { regions }: Edge) {
  const { id, number, topic, serious, office, placeCode, residentId, receivedAt } = complaint
  const [firstAnswer] = state.answers
  return {
    ...{ id, number, topic, serious, office, overdue, task, allowedActions: allowed },
    place: regions.name(placeCode) ?? placeCode,
    handler: regions.name(state.regionCode) ?? state.regionCode,
    anonymous: residentId === null,
    ...{ status: state.status, reopened: state.reopened, receivedAt: shanghaiTime(receivedAt) },
    answeredAt: firstAnswer ? shanghaiTime(firstAnswer.at) : null,
    ...{ due: state.due, dueProvisional: state.provisional },
  }
}

export const complaintRoutes: Route[] = [list, one, reply, handOver, photo]
