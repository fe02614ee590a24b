import { z } from 'zod'
import { exceptionKinds } from '../../app/tasks/exceptionPort.ts'
import type { ExceptionLine } from '../../app/tasks/exceptions.ts'
import { matters } from '../../domain/application.ts'
import { taskSources } from '../../domain/task.ts'
import { shanghaiTime } from '../../domain/world.ts'
import { json } from '../answer.ts'
import { noBody, queryOf, zKey, zLimit } from '../decode.ts'
import type { Edge } from '../edge.ts'
import { placeWithin } from '../present.ts'
import { officerRoute, type Route } from '../route.ts'

const lineSchema = z.strictObject({
  key: z.string(),
  kind: z.enum(exceptionKinds),
  at: z.iso.datetime({ offset: true }),
  ...{ regionCode: z.string(), place: z.string() },
  application: z
    .strictObject({ id: z.string(), number: z.string(), matter: z.enum(matters), name: z.string() })
    .nullable(),
  task: z.strictObject({ id: z.string(), source: z.enum(taskSources), summary: z.string() }).nullable(),
  by: z.strictObject({ name: z.string().nullable(), role: z.string(), office: z.string() }).nullable(),
  reason: z.string().nullable(),
  times: z.int(),
})

const exceptions = officerRoute(['town', 'county'], {
  method: 'GET',
  path: '/api/task-exceptions',
  summary:
    '例外：第二次要求补正（谁准的、为什么）、无人答复视为受理、一件任务催办超过一天的次数、群众说没办好重新打开的任务；新的在前，缺省看九十天',
  body: noBody,
  query: queryOf(
    z.strictObject({
      kind: z.enum(exceptionKinds),
      ...{ from: z.iso.date().optional(), cursor: zKey.optional(), limit: zLimit },
    }),
  ),
  response: {
    description: '一页，姓名已遮盖',
    schema: z.strictObject({ items: z.array(lineSchema), next: z.string().nullable() }),
  },
  handler: async ({ edge, caller, query: { kind, from, cursor, limit } }) => {
    const asked = { kind, from: from ?? null, limit: limit ?? PAGE, ...(cursor === undefined ? {} : { cursor }) }
    const { items, next } = await edge.tasks.exceptions(caller.officer, asked)
    const around = edge.regions.name(caller.officer.regionCode) ?? ''
    return json({ items: items.map(line => lineJson(line, edge, around)), next })
  },
})

const PAGE = 50

/** Fields are named one by one: what is added inside never leaves by accident. */
function lineJson(line: ExceptionLine, { regions }: Edge, around: string) {
  const { key, kind, at, regionCode, application, task, by, reason, times } = line
  const placeOf = (code: string) => placeWithin(around, regions.name(code) ?? '')
  return {
    ...{ key, kind, at: shanghaiTime(at), regionCode, place: placeOf(regionCode), reason, times },
    application: application && { ...application },
    task: task && { ...task },
    by: by && { name: by.name, role: by.role, office: regions.name(by.regionCode) ?? '' },
  }
}

export const taskExceptionsRoutes: Route[] = [exceptions]
