import { z } from 'zod'
import type { LinkOutcome } from '../../app/households/links.ts'
import type { ResidentCaller } from '../access.ts'
import { json, noContent, problem, type Answer } from '../answer.ts'
import { emptyBody, jsonBody, noBody, noQuery, zKey, zText } from '../decode.ts'
import type { Edge } from '../edge.ts'
import { linkedSchema, ownHouseholdsJson, ownHouseholdsSchema } from '../householdJson.ts'
import { residentRoute, type Route } from '../route.ts'

const response = { description: '我家：替哪一户收消息', schema: ownHouseholdsSchema }
const linked = { description: '成了没有，和现在的样子', schema: linkedSchema }

const list = residentRoute({
  method: 'GET',
  path: '/api/own-households',
  summary: '我家：本人替哪一户收消息、怎么核实的；户主打码',
  body: noBody,
  query: noQuery,
  response,
  handler: async ({ edge, caller }) => json(ownHouseholdsJson(await edge.ownHouseholds.of(caller.residentId))),
})

const phone = residentRoute({
  method: 'POST',
  path: '/api/own-households/phone',
  summary: '小程序手机号按钮给的一次性 code：向平台核实是本人手机号，名册上是这个号的户就关联上；手打的号码不算',
  body: jsonBody(z.strictObject({ code: zText(128, 1) })),
  query: noQuery,
  response,
  handler: async ({ edge, caller, body }) => {
    if (caller.channel !== 'miniprogram' || !edge.miniPhone) return problem('unavailable')
    if (!mayCall(edge, caller)) return problem('tooManyRequests')
    const told = await edge.miniPhone(body.code)
    if (!told.ok) return problem(told.reason === 'badCode' ? 'badLoginCode' : 'unavailable')
    return json(ownHouseholdsJson(await edge.ownHouseholds.confirmPhone(caller.residentId, told.phone)))
  },
})

const refuse = residentRoute({
  method: 'POST',
  path: '/api/own-households/phone/refusal',
  summary: '不想核实手机号：记下，九十天内不再问',
  body: emptyBody,
  query: noQuery,
  response: { description: '记下了' },
  handler: async ({ edge, caller }) => {
    await edge.ownHouseholds.refusePhone(caller.residentId)
    return noContent()
  },
})

const choose = residentRoute({
  method: 'POST',
  path: '/api/own-households/choose',
  summary: '名册上有几户是这个手机号（或者解除过）：说哪一户是自己家',
  body: jsonBody(z.strictObject({ household: zKey })),
  query: noQuery,
  response: linked,
  handler: ({ edge, caller, body }) =>
    proved(edge, caller, () => edge.ownHouseholds.choose(caller.residentId, body.household)),
})

const code = residentRoute({
  method: 'POST',
  path: '/api/own-households/code',
  summary: '村干部上门给的八位绑定码，十分钟内一次有效；原来替同县别的户收消息的随之解除',
  body: jsonBody(z.strictObject({ code: zText(20, 1) })),
  query: noQuery,
  response: linked,
  handler: ({ edge, caller, body }) =>
    proved(edge, caller, () => edge.ownHouseholds.redeem(caller.residentId, body.code)),
})

const survey = residentRoute({
  method: 'POST',
  path: '/api/own-households/survey',
  summary: '用自家问卷链接答过的，说这就是自己家：以后问卷直接发给本人',
  body: jsonBody(z.strictObject({ token: zKey })),
  query: noQuery,
  response: linked,
  handler: ({ edge, caller, body }) =>
    proved(edge, caller, () => edge.ownHouseholds.bySurvey(caller.residentId, body.token)),
})

const end = residentRoute({
  method: 'POST',
  path: '/api/own-households/end',
  summary: '这不是我家：不再替这一户收消息',
  body: jsonBody(z.strictObject({ household: zKey })),
  query: noQuery,
  response,
  handler: async ({ edge, caller, body }) => {
    const { residentId } = caller
    if (!(await edge.ownHouseholds.end(residentId, body.household))) return problem('notFound')
    return json(ownHouseholdsJson(await edge.ownHouseholds.of(residentId)))
  },
})

const mayCall = ({ limits, world }: Edge, { residentId }: ResidentCaller) =>
  limits('shortCode', residentId, world.now())

async function proved(edge: Edge, caller: ResidentCaller, prove: () => Promise<LinkOutcome>): Promise<Answer> {
  if (!mayCall(edge, caller)) return problem('tooManyRequests')
  const { kind } = await prove()
  return json({ outcome: kind, ...ownHouseholdsJson(await edge.ownHouseholds.of(caller.residentId)) })
}

export const ownHouseholdRoutes: Route[] = [list, phone, refuse, choose, code, survey, end]
