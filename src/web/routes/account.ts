import { z } from 'zod'
import type { AccountOutcome } from '../../app/officer/ownAccount.ts'
import { officerRoles, type Officer } from '../../domain/officer.ts'
import { json, noContent, problem, type Answer } from '../answer.ts'
import { jsonBody, noBody, noQuery, zText } from '../decode.ts'
import type { Edge } from '../edge.ts'
import { qrPicture } from '../qrPicture.ts'
import { officerRoute, type Route } from '../route.ts'

/** A code of the phone, or one of the list that was given with it. */
export const zCode = z.string().regex(/^(\d{6}|[\da-zA-Z]{5}[-－— ]?[\da-zA-Z]{5})$/)
const zPhoneCode = z.string().regex(/^\d{6}$/)
const zPassword = z.string().min(1).max(256)

const accountSchema = z.strictObject({ secondFactor: z.boolean(), recoveryCodesLeft: z.number().int().min(0) })
/** `qr`: the address as a picture, drawn here, for `<img>`. `key`: the same to type in by hand. */
const secretSchema = z.strictObject({ key: z.string(), uri: z.string(), qr: z.string() })
const codesSchema = z.strictObject({ recoveryCodes: z.array(z.string()) })

/** Who guesses on a console that was left open is stopped, in all processes together. */
async function guarded<T>(
  edge: Edge,
  { id }: Officer,
  run: () => Promise<AccountOutcome<T>>,
  answer: (value: T) => Answer | Promise<Answer>,
): Promise<Answer> {
  if (!(await edge.doors('ownAccount', id, edge.world.now()))) return problem('tooManyRequests')
  const done = await run()
  return done.ok ? answer(done.value) : problem(done.trouble)
}

const look = officerRoute(officerRoles, {
  method: 'GET',
  path: '/api/officer/account',
  summary: '我的账号：动态验证码开没开、还剩几个恢复码',
  body: noBody,
  query: noQuery,
  response: { description: '账号', schema: accountSchema },
  early: true,
  handler: async ({ edge, caller }) => {
    const own = await edge.account.look(caller.officer.id)
    return own ? json(own) : problem('notLoggedIn')
  },
})

const begin = officerRoute(officerRoles, {
  method: 'POST',
  path: '/api/officer/second-factor',
  summary: '开通动态验证码，第一步：验密码，给出二维码和密钥；十分钟内用验证码确认才算数',
  body: jsonBody(z.strictObject({ password: zPassword })),
  query: noQuery,
  response: { description: '密钥与二维码', schema: secretSchema },
  early: true,
  handler: ({ edge, caller: { officer }, incoming, body }) =>
    guarded(
      edge,
      officer,
      () => edge.account.begin(officer.id, body.password),
      async ({ secret }) => {
        const issuer = edge.text(incoming.language, 'web.issuer')
        const uri = `otpauth://totp/${encodeURIComponent(`${issuer}:${officer.username}`)}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`
        return json({ key: secret, uri, qr: await qrPicture(uri) })
      },
    ),
})

const confirm = officerRoute(officerRoles, {
  method: 'POST',
  path: '/api/officer/second-factor/confirm',
  summary: '开通动态验证码，第二步：输入手机上的验证码；一次性恢复码只在这一次回答里；在别处只凭密码的登录都结束',
  body: jsonBody(z.strictObject({ code: zPhoneCode })),
  query: noQuery,
  response: { description: '恢复码', schema: codesSchema },
  early: true,
  handler: ({ edge, caller: { officer, tokenHash: keep }, body }) =>
    guarded(
      edge,
      officer,
      () => edge.account.confirm(officer.id, { ...body, keep }),
      ({ recoveryCodes }) => json({ recoveryCodes }),
    ),
})

const end = officerRoute(officerRoles, {
  method: 'POST',
  path: '/api/officer/second-factor/end',
  summary: '停用动态验证码：要密码和验证码（或恢复码）',
  body: jsonBody(z.strictObject({ password: zPassword, code: zCode })),
  query: noQuery,
  response: { description: '已停用，无内容' },
  early: true,
  handler: ({ edge, caller: { officer }, body }) =>
    guarded(
      edge,
      officer,
      () => edge.account.end(officer.id, body),
      () => noContent(),
    ),
})

const password = officerRoute(officerRoles, {
  method: 'POST',
  path: '/api/officer/password',
  summary: '改自己的密码；在别处的登录都结束',
  body: jsonBody(z.strictObject({ password: zPassword, next: zPassword })),
  query: noQuery,
  response: { description: '已改，无内容' },
  early: true,
  handler: ({ edge, caller: { officer, tokenHash: keep }, body }) =>
    guarded(
      edge,
      officer,
      () => edge.account.changePassword(officer.id, { ...body, keep }),
      () => noContent(),
    ),
})

const reset = officerRoute(['county'], {
  method: 'POST',
  path: '/api/officers/:id/second-factor/reset',
  summary: '手机丢了：停用本县一位工作人员的动态验证码，结束他的登录；留审计记录',
  body: jsonBody(z.strictObject({ reason: zText(200, 2) })),
  query: noQuery,
  response: { description: '已停用，无内容' },
  handler: async ({ edge, caller, incoming, body }) => {
    // Who stands in does the work of the place; accounts are in the hands of the head of the county himself.
    if (incoming.header('x-stand-in-for') !== '') return problem('notForRole')
    const done = await edge.account.reset(caller.officer, incoming.params['id'] ?? '', body.reason)
    return done ? noContent() : problem('notFound')
  },
})

export const accountRoutes: readonly Route[] = [look, begin, confirm, end, password, reset]
