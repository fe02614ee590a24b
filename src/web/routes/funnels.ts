import { z } from 'zod'
import { funnelRoles } from '../../app/funnels.ts'
import { json, refused } from '../answer.ts'
import { noBody, queryOf } from '../decode.ts'
import { officerRoute, type Route } from '../route.ts'
import { funnelsSchema } from '../schemas.ts'

const funnels = officerRoute(funnelRoles, {
  method: 'GET',
  path: '/api/flow-funnels',
  summary:
    '全县各流程每一步的到达、答复、答错、看例子、转人工、离开次数；只有次数，没有个人信息；1 至 4 次不显示（null）',
  body: noBody,
  query: queryOf(
    z.strictObject({
      flow: z
        .string()
        .regex(/^[a-z][a-z-]{0,63}$/)
        .optional(),
      from: z.iso.date(),
      to: z.iso.date(),
    }),
  ),
  response: { description: '每一步的次数，按流程和版本', schema: funnelsSchema },
  handler: async ({ edge, caller, query }) => {
    const { flow = null, from, to } = query
    const counted = await edge.app.funnels(caller.officer, { flow, from, to })
    return counted.ok ? json({ items: counted.value }) : refused(counted.refusal)
  },
})

export const funnelRoutes: Route[] = [funnels]
