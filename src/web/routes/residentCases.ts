import { z } from 'zod'
import type { Outcome, ResidentApplicationView } from '../../app/app.ts'
import { shanghaiTime } from '../../domain/world.ts'
import { json, noContent, problem, refused, type Answer } from '../answer.ts'
import { jsonBody, noBody, noQuery, zKey, zText } from '../decode.ts'
import type { Edge } from '../edge.ts'
import { residentApplicationJson } from '../present.ts'
import { qrPicture } from '../qrPicture.ts'
import { residentRoute, type Route } from '../route.ts'
import { residentApplicationSchema, shortCodeSchema } from '../schemas.ts'

function shown(edge: Edge, outcome: Outcome<ResidentApplicationView>): Answer {
  return outcome.ok ? json(residentApplicationJson(outcome.value, edge.config.publicUrl)) : refused(outcome.refusal)
}

const response = { description: '办件现状', schema: residentApplicationSchema }

const withdraw = residentRoute({
  method: 'POST',
  path: '/api/applications/:id/withdraw',
  summary: '撤回还没办结的申请；以后可以再办',
  body: jsonBody(z.strictObject({ reason: zText(200).optional() })),
  query: noQuery,
  response,
  handler: async ({ edge, caller, incoming, body }) => {
    const id = incoming.params['id'] ?? ''
    return shown(edge, await edge.app.residentCases.withdraw(caller.residentId, id, body.reason ?? null))
  },
})

/** One paper: what it is, the photo, or what is written instead. */
const material = z.strictObject({ name: zText(100, 1), uploadId: zKey.optional(), text: zText(500).optional() })

/** Uploads that are not the caller's own are left out of nothing: the whole call is refused. */
async function foreignUpload(edge: Edge, residentId: string, materials: z.infer<typeof material>[]): Promise<boolean> {
  for (const { uploadId } of materials) {
    if (uploadId === undefined) continue
    const upload = await edge.auth.upload(uploadId)
    if (upload?.residentId !== residentId) return true
  }
  return false
}

const supplement = residentRoute({
  method: 'POST',
  path: '/api/applications/:id/supplements',
  summary: '按一次性告知书补交材料：照片（先上传）或文字；时限从下一个工作日起继续',
  body: jsonBody(z.strictObject({ materials: z.array(material).min(1).max(30) })),
  query: noQuery,
  response,
  handler: async ({ edge, caller, incoming, body }) => {
    const { residentId } = caller
    if (await foreignUpload(edge, residentId, body.materials)) return problem('badInput', { fields: ['materials'] })
    const lines = body.materials.map(({ name, uploadId, text }) =>
      [name, text, uploadId && `[${uploadId}]`].filter(Boolean).join(' '),
    )
    return shown(edge, await edge.app.residentCases.supplement(residentId, incoming.params['id'] ?? '', lines))
  },
})

const assistCode = residentRoute({
  method: 'GET',
  path: '/api/assist-code',
  summary: '请人帮我办：给工作人员看的帮办码（可显示为二维码），十分钟内一次有效；取新码后旧码作废',
  body: noBody,
  query: noQuery,
  response: { description: '帮办码与失效时间', schema: shortCodeSchema },
  handler: async ({ edge, caller }) => {
    if (!edge.limits('shortCode', caller.residentId, edge.world.now())) return problem('tooManyRequests')
    const { code, expiresAt } = await edge.app.residentCases.assistCode(caller.residentId)
    return json({ code, expiresAt: shanghaiTime(expiresAt), qr: await qrPicture(code) })
  },
})

const acceptInvitation = residentRoute({
  method: 'POST',
  path: '/api/invitations/accept',
  summary: '凭窗口给的邀请码，在手机上接着办：窗口已记下的内容不用再填',
  body: jsonBody(z.strictObject({ code: zText(20, 1) })),
  query: noQuery,
  response: { description: '已在聊天里打开，无内容' },
  handler: async ({ edge, caller, body }) => {
    if (!edge.limits('shortCode', caller.residentId, edge.world.now())) return problem('tooManyRequests')
    const opened = await edge.app.residentCases.acceptInvitation(caller.residentId, body.code)
    return opened ? noContent() : problem('notFound')
  },
})

export const residentCaseRoutes: Route[] = [withdraw, supplement, assistCode, acceptInvitation]
