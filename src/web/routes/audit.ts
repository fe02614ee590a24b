import { z } from 'zod'
import { auditRoles, sealRoles } from '../../app/audit.ts'
import { json, problem, refused } from '../answer.ts'
import { noBody, noQuery, queryOf, zKey, zLimit } from '../decode.ts'
import { auditJson, sealJson } from '../present.ts'
import { officerRoute, type Route } from '../route.ts'
import { auditPageSchema, sealSchema } from '../schemas.ts'

/** Two screens of a desk. */
const PAGE = 50

const trail = officerRoute(auditRoles, {
  method: 'GET',
  path: '/api/audit',
  summary: '审计记录，新的在前；县级只看本辖区，审计员还看不属于任何地区的。查阅本身也留记录',
  body: noBody,
  query: queryOf(
    z.strictObject({
      cursor: zKey.optional(),
      limit: zLimit,
      from: z.iso.date().optional(),
      to: z.iso.date().optional(),
    }),
  ),
  response: { description: '一页记录，理由不显示', schema: auditPageSchema },
  handler: async ({ edge, caller, query: { cursor, limit, from = null, to = null } }) => {
    const page = await edge.app.audit.read(caller.officer, {
      ...(cursor === undefined ? {} : { cursor }),
      ...{ from, to, limit: limit ?? PAGE },
    })
    if (!page.ok) return refused(page.refusal)
    return json({ items: page.value.items.map(auditJson), next: page.value.next })
  },
})

const seal = officerRoute(sealRoles, {
  method: 'GET',
  path: '/api/audit/seal',
  summary: '审计记录的封签是否完整、封到何时；查验本身也留记录',
  body: noBody,
  query: noQuery,
  response: { description: '完整与否，第一个对不上的封签', schema: sealSchema },
  handler: async ({ edge, caller }) => {
    if (!edge.limits('sealCheck', caller.officer.id, edge.world.now())) return problem('tooManyRequests')
    const checked = await edge.app.audit.seal(caller.officer)
    return checked.ok ? json(sealJson(checked.value)) : refused(checked.refusal)
  },
})

export const auditRoutes: Route[] = [trail, seal]
