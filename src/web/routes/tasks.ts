import { z } from 'zod'
import { checkResults } from '../../domain/commitment.ts'
import { taskStatuses, type TaskStatus } from '../../domain/task.ts'
import { json, refused } from '../answer.ts'
import { emptyBody, jsonBody, noBody, noQuery, queryOf, zKey, zLimit, zText } from '../decode.ts'
import { fenceOf } from '../fence.ts'
import { taskDetailJson, taskJson } from '../present.ts'
import { caseRoles, officerRoute, type Route } from '../route.ts'
import { chainJson } from '../taskJson.ts'
import { revealedTaskSchema, taskPageSchema, taskSchema, taskWithLogSchema } from '../schemas.ts'
import { taskAnswer, taskStep } from '../taskStep.ts'
import { shanghaiDate } from '../../domain/world.ts'

const isStatus = (text: string): text is TaskStatus => taskStatuses.some(status => status === text)

const zStatuses = z
  .string()
  .refine(text => text.split(',').every(isStatus))
  .transform(text => text.split(',').filter(isStatus))

/** One screen of a phone and the next. */
const PAGE = 20

const list = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/tasks',
  summary:
    '本辖区任务，按时限排序；status 可用逗号列出多个，mine=1 只看自己的，offered=me 请我接办的（all 全部转办中的），overdue=1 逾期的，raised=1 上报的，place 只看某村',
  body: noBody,
  query: queryOf(
    z.strictObject({
      status: zStatuses.optional(),
      mine: z.enum(['0', '1']).optional(),
      offered: z.enum(['me', 'all']).optional(),
      overdue: z.literal('1').optional(),
      raised: z.literal('1').optional(),
      place: z
        .string()
        .regex(/^\d{6}(\d{3}){0,2}$/)
        .optional(),
      cursor: zKey.optional(),
      limit: zLimit,
    }),
  ),
  response: { description: '一页任务', schema: taskPageSchema },
  handler: async ({ edge, caller, query }) => {
    const { status, mine, offered, overdue, raised, place, cursor, limit } = query
    const at = edge.world.now()
    const page = await edge.app.officer.tasks(caller.officer, {
      ...(status ? { status } : {}),
      ...(offered === 'me' ? { offeredTo: { officerId: caller.officer.id, at } } : {}),
      ...(offered === 'all' ? { offered: true as const } : {}),
      ...(overdue ? { overdueOn: shanghaiDate(at) } : {}),
      ...(raised ? { raised: true as const } : {}),
      ...(place === undefined ? {} : { place }),
      ...(cursor === undefined ? {} : { cursor }),
      mine: mine === '1',
      limit: limit ?? PAGE,
    })
    return json({ items: page.items.map(task => taskJson(task, caller.officer, edge.regions.name)), next: page.next })
  },
})

const one = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/tasks/:id',
  summary: '一个任务与它的经过；ETag 为围栏号',
  body: noBody,
  query: noQuery,
  response: { description: '任务、经过、半途事项已填的内容', schema: taskWithLogSchema },
  handler: async ({ edge, caller, incoming }) => {
    const found = await edge.app.officer.task(caller.officer, incoming.params['id'] ?? '')
    if (!found.ok) return refused(found.refusal)
    const { task, lines } = found.value
    const body = {
      task: taskJson(task, caller.officer, edge.regions.name),
      actions: lines.map(line => chainJson(line, edge.regions.name)),
      detail: taskDetailJson(task, caller.officer),
    }
    return json(body, { etag: `"${task.fence}"` })
  },
})

const lease = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/tasks/:id/lease',
  summary: '接单；If-Match 可省',
  body: emptyBody,
  query: noQuery,
  response: { description: '任务现状', schema: taskSchema },
  fence: 'optional',
  handler: async call => {
    const { edge, caller, incoming } = call
    const fence = incoming.header('if-match') === '' ? { ok: true as const, value: null } : fenceOf(incoming)
    return fence.ok
      ? taskAnswer(call, await edge.app.officer.lease(caller.officer, incoming.params['id'] ?? '', fence.value))
      : fence.answer
  },
})

const release = taskStep({
  name: 'release',
  summary: '退回任务池',
  body: emptyBody,
  run: ({ edge, caller }, id, fence) => edge.app.officer.release(caller.officer, id, fence),
})

const pause = taskStep({
  name: 'pause',
  summary: '暂停，写明原因',
  body: jsonBody(z.strictObject({ reason: zText(500, 1) })),
  run: ({ edge, caller, body }, id, fence) => edge.app.officer.pause(caller.officer, id, fence, body.reason),
})

const resume = taskStep({
  name: 'resume',
  summary: '继续办理',
  body: emptyBody,
  run: ({ edge, caller }, id, fence) => edge.app.officer.resume(caller.officer, id, fence),
})

const close = taskStep({
  name: 'close',
  summary: '办结：有办件的凭决定，没有办件的写明做了什么',
  body: jsonBody(z.strictObject({ evidence: zText(500, 1).optional() })),
  run: ({ edge, caller, body }, id, fence) => edge.app.officer.close(caller.officer, id, fence, body.evidence ?? null),
})

const check = taskStep({
  name: 'commitment',
  summary: '告知承诺抽查结果：kept 属实、broken 不属实、mended 已补正；写明核查了什么',
  body: jsonBody(z.strictObject({ result: z.enum(checkResults), evidence: zText(500, 1) })),
  run: ({ edge, caller, body }, id, fence) => edge.app.officer.check(caller.officer, id, fence, body),
})

const reveal = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/tasks/:id/reveal',
  summary: '查看半途事项已填的完整内容，写明理由，留审计记录；只给接单人',
  body: jsonBody(z.strictObject({ reason: zText(200, 2) })),
  query: noQuery,
  response: { description: '未遮盖的内容', schema: revealedTaskSchema },
  handler: async ({ edge, caller, incoming, body }) => {
    const found = await edge.app.officer.revealTask(caller.officer, incoming.params['id'] ?? '', body.reason)
    return found.ok ? json({ answers: found.value }) : refused(found.refusal)
  },
})

export const taskRoutes: Route[] = [list, one, reveal, lease, release, pause, resume, close, check]
