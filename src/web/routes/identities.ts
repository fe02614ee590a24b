import { z } from 'zod'
import type { Outcome } from '../../app/app.ts'
import type { BoundChat } from '../../app/officer/identityPort.ts'
import { shanghaiTime } from '../../domain/world.ts'
import { json, problem, refused, type Answer } from '../answer.ts'
import { jsonBody, noBody, noQuery, queryOf, zText } from '../decode.ts'
import type { Edge } from '../edge.ts'
import { officerRoute, type Route } from '../route.ts'

const county = ['county'] as const

export const identitiesSchema = z.object({
  items: z.array(z.object({ channel: z.string(), member: z.string().nullable(), boundAt: z.string() })),
})

const response = { description: '这位工作人员绑定的聊天账号', schema: identitiesSchema }

const zUsername = zText(64, 1)
const binding = jsonBody(z.strictObject({ officer: zUsername, channel: zText(32, 1), member: zText(64, 1) }))

/** The member as his platform spells him; null when no such platform is configured, or he cannot be one of it. */
function memberOn(edge: Edge, { channel, member }: { channel: string; member: string }): string | null {
  return edge.loginWays?.find(way => way.channel === channel)?.memberId(member) ?? null
}

function answer(outcome: Outcome<BoundChat[]>): Answer {
  if (!outcome.ok) return refused(outcome.refusal)
  return json({
    items: outcome.value.map(({ channel, sender, boundAt }) => ({
      ...{ channel, member: sender, boundAt: shanghaiTime(boundAt) },
    })),
  })
}

const list = officerRoute(county, {
  method: 'GET',
  path: '/api/identities',
  summary: '某位工作人员绑定的聊天账号；县级主管用',
  body: noBody,
  query: queryOf(z.strictObject({ officer: zUsername })),
  response,
  handler: async ({ edge, caller, query }) => answer(await edge.identities.list(caller.officer, query.officer)),
})

const bind = officerRoute(county, {
  method: 'POST',
  path: '/api/identities',
  summary: '把企业微信成员（UserId）绑定给工作人员，留审计记录；已绑给别人的先解绑',
  body: binding,
  query: noQuery,
  response,
  handler: async ({ edge, caller, body }) => {
    const sender = memberOn(edge, body)
    if (sender === null) return problem('badInput', { fields: ['member'] })
    const { officer: username, channel } = body
    return answer(await edge.identities.bind(caller.officer, { username, channel, sender }))
  },
})

const unbind = officerRoute(county, {
  method: 'POST',
  path: '/api/identities/remove',
  summary: '解绑工作人员的聊天账号，并结束他的登录；留审计记录',
  body: binding,
  query: noQuery,
  response,
  handler: async ({ edge, caller, body }) => {
    const { officer: username, channel, member } = body
    const sender = memberOn(edge, body) ?? member
    return answer(await edge.identities.unbind(caller.officer, { username, channel, sender }))
  },
})

export const identityRoutes: Route[] = [list, bind, unbind]
