import { z } from 'zod'
import { officerRoles } from '../../domain/officer.ts'
import { needsSecondFactor, sameOrigin } from '../access.ts'
import { json, noContent, problem } from '../answer.ts'
import { newBindingCode } from '../bindingCode.ts'
import { emptyBody, jsonBody, noBody, noQuery, zText } from '../decode.ts'
import { zCode } from './account.ts'
import { networkOf } from '../incoming.ts'
import { checkLogin } from '../officerLogin.ts'
import { openOfficerSession, sessionCookie } from '../officerSession.ts'
import { officerJson } from '../present.ts'
import { caseRoles, officerRoute, openRoute, type Route } from '../route.ts'
import { bindingCodeSchema, officerSchema } from '../schemas.ts'

const login = openRoute({
  method: 'POST',
  path: '/api/officer/login',
  summary: '工作人员登录；同时发放会话 Cookie。任何原因的失败回答都一样',
  body: jsonBody(
    z.strictObject({
      username: zText(64, 1),
      password: z.string().min(1).max(256),
      totp: zCode.optional(),
    }),
  ),
  query: noQuery,
  response: { description: '工作人员与 CSRF 令牌', schema: officerSchema },
  handler: async ({ edge, incoming, body }) => {
    const at = edge.world.now()
    if (!sameOrigin(incoming, edge.config.publicUrl)) return problem('badCsrf')
    if (!(await edge.doors('loginByNetwork', networkOf(incoming.ip), at))) return problem('tooManyRequests')
    if (!(await edge.doors('loginByName', body.username, at))) return problem('tooManyRequests')
    const officer = await checkLogin(edge, body)
    if (!officer) return problem('loginRefused')
    const { cookie, csrfToken } = await openOfficerSession(edge, officer)
    const twoFactors = (await edge.account.look(officer.id))?.secondFactor ?? false
    const secondFactorNeeded = needsSecondFactor(edge, { officer, twoFactors })
    return json({ officer: officerJson(officer), csrfToken, secondFactorNeeded }, { 'set-cookie': cookie })
  },
})

const me = officerRoute(officerRoles, {
  method: 'GET',
  path: '/api/officer/me',
  summary: '当前登录的工作人员',
  body: noBody,
  query: noQuery,
  response: { description: '工作人员与 CSRF 令牌', schema: officerSchema },
  early: true,
  handler: ({ caller: { officer, csrfToken, secondFactorNeeded } }) =>
    json({ officer: officerJson(officer), csrfToken, secondFactorNeeded }),
})

const logout = officerRoute(officerRoles, {
  method: 'POST',
  path: '/api/officer/logout',
  summary: '退出登录',
  body: emptyBody,
  query: noQuery,
  response: { description: '已退出，无内容' },
  early: true,
  handler: async ({ edge, caller }) => {
    await edge.auth.endOfficerSession(caller.tokenHash)
    return noContent({ 'set-cookie': sessionCookie(edge.config.publicUrl, '', 0) })
  },
})

const bindingCode = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/officer/binding-code',
  summary: '一次性绑定码：工作人员在聊天中发送，即把该聊天账号绑定到自己',
  body: emptyBody,
  query: noQuery,
  response: { description: '六位数字与失效时间', schema: bindingCodeSchema },
  handler: async ({ edge, caller }) => {
    if (!edge.limits('bindingCode', caller.officer.id, edge.world.now())) return problem('tooManyRequests')
    return newBindingCode(edge, caller.officer.id)
  },
})

export const officerRoutes: Route[] = [login, me, logout, bindingCode]
