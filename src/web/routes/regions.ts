import { z } from 'zod'
import { json, problem } from '../answer.ts'
import { noBody, queryOf } from '../decode.ts'
import type { RegionEntry } from '../deps.ts'
import { openRoute, type Route } from '../route.ts'
import { regionsSchema } from '../schemas.ts'

/** Codes change once a year; a day's delay harms nobody. */
const CACHE = 'public, max-age=86400'

const children = openRoute({
  method: 'GET',
  path: '/api/regions',
  summary: '下级地区；不带 parent 为最上一级，并给出本地所在的各级',
  body: noBody,
  query: queryOf(
    z.strictObject({
      parent: z
        .string()
        .regex(/^\d{2,12}$/)
        .optional(),
    }),
  ),
  response: { description: '下级地区', schema: regionsSchema },
  handler: ({ edge, query }) => {
    const items = edge.regions.children(query.parent ?? null)
    if (!items) return problem('notFound')
    const home = query.parent === undefined ? { home: edge.regions.home.map(entryJson) } : {}
    return json({ items: items.map(entryJson), ...home }, { 'cache-control': CACHE })
  },
})

const entryJson = ({ code, name, hasChildren }: RegionEntry) => ({ code, name, hasChildren })

export const regionRoutes: Route[] = [children]
