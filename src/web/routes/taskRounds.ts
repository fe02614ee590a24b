import { z } from 'zod'
import { json, refused } from '../answer.ts'
import { noBody, noQuery } from '../decode.ts'
import { placeWithin, taskJson } from '../present.ts'
import { caseRoles, officerRoute, type Route } from '../route.ts'
import { pointJson, seatPoint } from '../seatJson.ts'
import { taskSchema } from '../schemas.ts'

const TOWN_DIGITS = 9

/** The town of a village, as seen from the county; who works in the town needs no word for it. */
const townWithin = (around: string, town: string) => (around.startsWith(town) ? '' : placeWithin(around, town))

/** What an officer looks at on the way: a village, a family; and what he tells in the evening. */
const villages = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/task-villages',
  summary: '各村未办结、今天到期和逾期的任务件数，和村委会的位置（WGS-84，没有记的是 null）；town 是 place 里的乡镇名',
  body: noBody,
  query: noQuery,
  response: {
    description: '有任务的村，逾期多的在前，其次今天到期多的',
    schema: z.strictObject({
      items: z.array(
        z.strictObject({
          regionCode: z.string(),
          place: z.string(),
          town: z.string(),
          live: z.int(),
          dueToday: z.int(),
          overdue: z.int(),
          seat: seatPoint.nullable(),
        }),
      ),
    }),
  },
  handler: async ({ edge, caller }) => {
    const around = edge.regions.name(caller.officer.regionCode) ?? ''
    const counts = await edge.tasks.villages(caller.officer)
    return json({
      items: counts.map(({ regionCode, live, dueToday, overdue, seat }) => ({
        ...{ regionCode, live, dueToday, overdue, seat: seat && pointJson(seat) },
        place: placeWithin(around, edge.regions.name(regionCode) ?? ''),
        town: townWithin(around, edge.regions.name(regionCode.slice(0, TOWN_DIGITS)) ?? ''),
      })),
    })
  },
})

const family = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/tasks/:id/family',
  summary: '这一家的其他任务，新的在前；不含投诉、差评和调查',
  body: noBody,
  query: noQuery,
  response: { description: '任务，姓名已遮盖', schema: z.strictObject({ items: z.array(taskSchema) }) },
  handler: async ({ edge, caller, incoming }) => {
    const found = await edge.tasks.family(caller.officer, incoming.params['id'] ?? '')
    if (!found.ok) return refused(found.refusal)
    return json({ items: found.value.map(task => taskJson(task, caller.officer, edge.regions.name)) })
  },
})

const report = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/task-report',
  summary: '自己今天的工作日报：件数，姓名已遮盖',
  body: noBody,
  query: noQuery,
  response: { description: '几行字', schema: z.strictObject({ text: z.string() }) },
  handler: async ({ edge, caller }) => json({ text: await edge.tasks.report(caller.officer) }),
})

export const taskRoundsRoutes: Route[] = [villages, family, report]
