import { z } from 'zod'
import type { HouseholdWithLinks } from '../../app/households/householdDesk.ts'
import { goneWays } from '../../app/households/householdPort.ts'
import { shanghaiTime } from '../../domain/world.ts'
import type { Outcome } from '../../app/app.ts'
import { json, problem, refused, type Answer } from '../answer.ts'
import { emptyBody, jsonBody, noBody, noQuery, queryOf, zText } from '../decode.ts'
import { householdJson, householdSchema, householdsJson, householdsSchema } from '../householdJson.ts'
import { qrPicture } from '../qrPicture.ts'
import { caseRoles, officerRoute, type Route } from '../route.ts'
import { shortCodeSchema } from '../schemas.ts'

/** Whose second look counts. */
const supervisors = ['town', 'county'] as const

const response = { description: '这一户和替它收消息的人', schema: householdSchema }
const shown = (found: Outcome<HouseholdWithLinks>): Answer =>
  found.ok ? json(householdJson(found.value)) : refused(found.refusal)

const find = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/households',
  summary: '按户编号或户主姓名找本辖区的住户（户主打码）；乡镇、县要说是哪个村，或写整个户编号',
  body: noBody,
  query: queryOf(
    z.strictObject({
      words: zText(40).default(''),
      village: z
        .string()
        .regex(/^\d{12}$/)
        .optional(),
    }),
  ),
  response: { description: '至多五十户', schema: householdsSchema },
  handler: async ({ edge, caller, query }) => {
    const found = await edge.households.find(caller.officer, { words: query.words, village: query.village ?? null })
    return found.ok ? json(householdsJson(found.value)) : refused(found.refusal)
  },
})

const waiting = officerRoute(supervisors, {
  method: 'GET',
  path: '/api/households/waiting',
  summary: '本辖区有改动等核对的住户（记作不在了、解除了绑定），先改的在前',
  body: noBody,
  query: noQuery,
  response: { description: '至多五十户', schema: householdsSchema },
  handler: async ({ edge, caller }) => json(householdsJson(await edge.households.waiting(caller.officer))),
})

const one = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/households/:id',
  summary: '一户：谁替它收消息、怎么核实的、还在不在',
  body: noBody,
  query: noQuery,
  response,
  handler: async ({ edge, caller, incoming }) =>
    shown(await edge.households.one(caller.officer, incoming.params['id'] ?? '')),
})

const code = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/households/:id/code',
  summary:
    '上门绑定：给这一户一个八位数字，十分钟内一次有效；住户发给公众号“绑定”加这个数，或在小程序“我的信息”里填；记入审计',
  body: emptyBody,
  query: noQuery,
  response: { description: '绑定码与失效时间', schema: shortCodeSchema },
  handler: async ({ edge, caller, incoming }) => {
    if (!edge.limits('shortCode', caller.officer.id, edge.world.now())) return problem('tooManyRequests')
    const made = await edge.households.code(caller.officer, incoming.params['id'] ?? '')
    if (!made.ok) return refused(made.refusal)
    const link = `${edge.config.publicUrl}/pages/mydata/index?code=${made.value.code}`
    return json({ code: made.value.code, expiresAt: shanghaiTime(made.value.expiresAt), qr: await qrPicture(link) })
  },
})

const unlink = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/households/:id/unlink',
  summary: '解除一个人替这一户收消息；马上生效，由上一级另一个人核对；记入审计',
  body: jsonBody(z.strictObject({ link: zText(64, 1) })),
  query: noQuery,
  response,
  handler: async ({ edge, caller, incoming, body }) =>
    shown(await edge.households.unlink(caller.officer, incoming.params['id'] ?? '', body.link)),
})

const gone = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/households/:id/gone',
  summary:
    '这一户不在了：搬走、已无人、并到别的户；null 是还在。不在的户不再发问卷；马上生效，由上一级另一个人核对；乡镇、县改等核对的，要写 reason；记入审计',
  body: jsonBody(z.strictObject({ way: z.enum(goneWays).nullable(), reason: zText(300, 2).optional() })),
  query: noQuery,
  response,
  handler: async ({ edge, caller, incoming, body: { way, reason = null } }) =>
    shown(await edge.households.setGone(caller.officer, incoming.params['id'] ?? '', way, reason)),
})

const settle = officerRoute(supervisors, {
  method: 'POST',
  path: '/api/households/:id/settle',
  summary: '核对住户改动：属实，或写明原因改回来；自己改的不能自己核对；记入审计',
  body: jsonBody(
    z.discriminatedUnion('verdict', [
      z.strictObject({ change: zText(64, 1), verdict: z.literal('confirmed') }),
      z.strictObject({ change: zText(64, 1), verdict: z.literal('undone'), reason: zText(300, 2) }),
    ]),
  ),
  query: noQuery,
  response,
  handler: async ({ edge, caller, incoming, body }) =>
    shown(await edge.households.settle(caller.officer, incoming.params['id'] ?? '', body)),
})

export const householdRoutes: Route[] = [find, waiting, one, code, unlink, gone, settle]
