import { z } from 'zod'
import { json, noContent, refused } from '../answer.ts'
import { emptyBody, jsonBody, noBody, noQuery, zKey, zText } from '../decode.ts'
import { placeWithin } from '../present.ts'
import { caseRoles, officerRoute, residentRoute, type Route } from '../route.ts'
import { absenceJson, boardJson, chainJson, familyMovedJson, requestJson } from '../taskJson.ts'
import {
  absencesSchema,
  boardSchema,
  chainSchema,
  digestSchema,
  familyMovedSchema,
  handedOverSchema,
  requestsSchema,
  standInsSchema,
} from '../taskSchemas.ts'

/** Town and county: who does what, and who stands in for whom. */
const above = ['town', 'county'] as const
const matters = ['birthRegistration', 'additionalBirthPermit', 'certificateReissue'] as const

const board = officerRoute(above, {
  method: 'GET',
  path: '/api/task-board',
  summary: '任务看板：各村各状态件数、到期与逾期、上报的、没人接的；每位工作人员手里的件数',
  body: noBody,
  query: noQuery,
  response: { description: '看板', schema: boardSchema },
  handler: async ({ edge, caller }) => json(boardJson(await edge.tasks.board(caller.officer), edge.regions.name)),
})

const digest = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/task-digest',
  summary: '今天的提要：手里的、等接的、今天到期、已逾期、上报来的、请我接办的',
  body: noBody,
  query: noQuery,
  response: { description: '件数', schema: digestSchema },
  handler: async ({ edge, caller }) => json(await edge.tasks.digest(caller.officer)),
})

const chain = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/tasks/:id/chain',
  summary: '一个任务的全部经过：谁、当时的职务和单位、原因、转给谁、上报到哪一级',
  body: noBody,
  query: noQuery,
  response: { description: '经过', schema: chainSchema },
  handler: async ({ edge, caller, incoming }) => {
    const found = await edge.tasks.chain(caller.officer, incoming.params['id'] ?? '')
    return found.ok
      ? json({ actions: found.value.map(line => chainJson(line, edge.regions.name)) })
      : refused(found.refusal)
  },
})

const place = z.string().regex(/^\d{6}(\d{3}){0,2}$/)

const handOver = officerRoute(above, {
  method: 'POST',
  path: '/api/task-handovers',
  summary: '批量移交：from 在 place 手里的全部任务交给 to。不带 expected 只预览；带上预览的件数才执行，一次全部完成',
  body: jsonBody(
    z.strictObject({
      ...{ from: zKey, to: zKey, place, reason: zText(200, 2) },
      expected: z.int().min(0).optional(),
    }),
  ),
  query: noQuery,
  response: { description: '移交（或将移交）的任务', schema: handedOverSchema },
  handler: async ({ edge, caller, body: { expected = null, ...asked } }) => {
    const done = await edge.tasks.handOver(caller.officer, { ...asked, expected })
    if (!done.ok) return refused(done.refusal)
    const { moved, left, overdue, tasks } = done.value
    return json({ moved, left, overdue, tasks: tasks.map(({ id, summary }) => ({ id, summary })) })
  },
})

const familyMove = officerRoute(above, {
  method: 'POST',
  path: '/api/tasks/:id/family-move',
  summary: '这家搬走了：这一家没办完的办件和任务一次转到新的村。不带 expected 只预览；带上预览的件数才执行',
  body: jsonBody(
    z.strictObject({
      to: z.string().regex(/^\d{12}$/),
      reason: zText(200, 2),
      expected: z.int().min(0).optional(),
    }),
  ),
  query: noQuery,
  response: { description: '转走（或将转走）的、留下的和为什么、那边谁来办', schema: familyMovedSchema },
  handler: async ({ edge, caller, incoming, body: { expected = null, ...asked } }) => {
    const taskId = incoming.params['id'] ?? ''
    const done = await edge.tasks.moveFamily(caller.officer, { ...asked, taskId, expected })
    return done.ok ? json(familyMovedJson(done.value)) : refused(done.refusal)
  },
})

const absences = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/officer-absences',
  summary: '本辖区正在和将要离岗的工作人员，及代班人',
  body: noBody,
  query: noQuery,
  response: { description: '离岗', schema: absencesSchema },
  handler: async ({ edge, caller }) => {
    const items = await edge.tasks.absences(caller.officer)
    return json({ items: items.map(absenceJson) })
  },
})

const away = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/officer-absences',
  summary: '登记离岗（首尾两天都算）与代班人：本人，或乡镇、县级为本辖区的人登记；没有代班人的交给上一级',
  body: jsonBody(
    z.strictObject({
      officer: zKey,
      from: z.iso.date(),
      to: z.iso.date(),
      substitute: zKey.nullable(),
    }),
  ),
  query: noQuery,
  response: { description: '离岗编号', schema: z.strictObject({ id: z.string() }) },
  handler: async ({ edge, caller, body: { officer: officerId, from, to, substitute: substituteId } }) => {
    const done = await edge.tasks.setAbsence(caller.officer, { officerId, from, to, substituteId })
    return done.ok ? json({ id: done.value.id }) : refused(done.refusal)
  },
})

const back = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/officer-absences/:id/end',
  summary: '提前回岗',
  body: emptyBody,
  query: noQuery,
  response: { description: '已回岗，无内容' },
  handler: async ({ edge, caller, incoming }) => {
    const done = await edge.tasks.endAbsence(caller.officer, incoming.params['id'] ?? '')
    return done.ok ? noContent() : refused(done.refusal)
  },
})

const duties = officerRoute(above, {
  method: 'POST',
  path: '/api/officers/:id/matters',
  summary: '分工：这位工作人员办哪些事项；空的表示都办',
  body: jsonBody(z.strictObject({ matters: z.array(z.enum(matters)).max(matters.length) })),
  query: noQuery,
  response: { description: '已记下，无内容' },
  handler: async ({ edge, caller, incoming, body }) => {
    const officerId = incoming.params['id'] ?? ''
    const done = await edge.tasks.setMatters(caller.officer, { officerId, matters: body.matters })
    return done.ok ? noContent() : refused(done.refusal)
  },
})

const standIns = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/officer/stand-ins',
  summary: '今天替谁代班；带 X-Stand-In-For: 用户名 的请求按那位的职务和辖区办理，记录里仍是本人的名字',
  body: noBody,
  query: noQuery,
  response: { description: '替谁', schema: standInsSchema },
  handler: async ({ edge, caller }) => {
    const items = await edge.tasks.standsInFor(caller.officer)
    const county = edge.regions.name(caller.officer.regionCode.slice(0, 6)) ?? ''
    const placeOf = (code: string) => placeWithin(county, edge.regions.name(code) ?? '') || county
    return json({
      items: items.map(({ username, name, role, regionCode }) => ({
        ...{ username, name, role, regionCode, place: placeOf(regionCode) },
      })),
    })
  },
})

const urge = residentRoute({
  method: 'POST',
  path: '/api/applications/:id/remind',
  summary: '催办自己的申请：计次，每天有限；会发消息给经办人',
  body: jsonBody(z.strictObject({ note: zText(200).optional() })),
  query: noQuery,
  response: { description: '已催办，无内容' },
  handler: async ({ edge, caller, incoming, body }) => {
    const id = incoming.params['id'] ?? ''
    const done = await edge.tasks.resident.urge(caller.residentId, id, body.note ?? null)
    return done.ok ? noContent() : refused(done.refusal)
  },
})

const requests = residentRoute({
  method: 'GET',
  path: '/api/requests',
  summary: '办件以外我请工作人员办的事：人工服务、求助、更正、投诉建议等，新的在前；谁在办，能不能催、能不能说没办好',
  body: noBody,
  query: noQuery,
  response: { description: '请求与现状', schema: requestsSchema },
  handler: async ({ edge, caller }) =>
    json({ items: (await edge.tasks.resident.requests(caller.residentId)).map(requestJson) }),
})

const urgeOne = residentRoute({
  method: 'POST',
  path: '/api/requests/:id/remind',
  summary: '催办其中一件：计次，每天有限；会发消息给经办人',
  body: jsonBody(z.strictObject({ note: zText(200).optional() })),
  query: noQuery,
  response: { description: '已催办，无内容' },
  handler: async ({ edge, caller, incoming, body }) => {
    const id = incoming.params['id'] ?? ''
    const done = await edge.tasks.resident.urgeRequest(caller.residentId, id, body.note ?? null)
    return done.ok ? noContent() : refused(done.refusal)
  },
})

const reopen = residentRoute({
  method: 'POST',
  path: '/api/requests/:id/reopen',
  summary: '说“还没办好”：办结后一段时间内重新打开，次数有限；投诉建议答复了没解决的，转上一级再办一次',
  body: jsonBody(z.strictObject({ reason: zText(200, 2) })),
  query: noQuery,
  response: { description: '已重新打开，无内容' },
  handler: async ({ edge, caller, incoming, body }) => {
    const id = incoming.params['id'] ?? ''
    const done = await edge.tasks.resident.reopen(caller.residentId, id, body.reason)
    return done.ok ? noContent() : refused(done.refusal)
  },
})

export const taskBoardRoutes: Route[] = [
  ...[board, digest, chain, handOver, familyMove, absences, away, back, duties, standIns],
  ...[urge, requests, urgeOne, reopen],
]
