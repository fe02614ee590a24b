import { z } from 'zod'
import type { Outcome } from '../../app/app.ts'
import type { BoundChat } from '../../app/officer/identityPort.ts'
import { shanghaiTime } from '../../domain/world.ts'
import { json, problem, refused, type Answer } from '../answer.ts'
import { newBindingCode } from '../bindingCode.ts'
import { bindingCodeSchema } from '../schemas.ts'
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

/** The way in by this platform; nothing when whoever runs the service has not set it up. */
const platformOf = (edge: Edge, { channel }: { channel: string }) =>
  edge.loginWays?.find(way => way.channel === channel)

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
    const platform = platformOf(edge, body)
    if (!platform) return problem('platformNotSetUp')
    // As the platform spells him.
    const sender = platform.memberId(body.member)
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
    const sender = platformOf(edge, body)?.memberId(member) ?? member
    return answer(await edge.identities.unbind(caller.officer, { username, channel, sender }))
  },
})

const code = officerRoute(county, {
  method: 'POST',
  path: '/api/identities/code',
  summary: '给一位工作人员发一次性绑定码：他在公众号、企业微信、小程序或机器人里发送，就绑定到他；留审计记录',
  body: jsonBody(z.strictObject({ officer: zUsername })),
  query: noQuery,
  response: { description: '六位数字与失效时间', schema: bindingCodeSchema },
  handler: async ({ edge, caller, body }) => {
    if (!edge.limits('bindingCode', caller.officer.id, edge.world.now())) return problem('tooManyRequests')
    const allowed = await edge.identities.allowCode(caller.officer, body.officer)
    return allowed.ok ? newBindingCode(edge, allowed.value.id) : refused(allowed.refusal)
  },
})

export const identityRoutes: Route[] = [list, bind, unbind, code]
