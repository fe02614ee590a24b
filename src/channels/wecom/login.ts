import { createHmac } from 'node:crypto'
import { textOf } from '../wechat-official/fields.ts'
import { memberId } from './account.ts'
import type { WecomClient } from './client.ts'

export interface WecomLoginDeps {
  corpId: string
  agentId: number
  secret: string
  client: WecomClient
}

/** Inside WeCom a member is known without a question; elsewhere he scans a code (构造网页授权链接, 企业微信Web登录). */
const IN_APP = 'https://open.weixin.qq.com/connect/oauth2/authorize'
const BY_SCAN = 'https://login.work.weixin.qq.com/wwlogin/sso/login'

export interface Leaving {
  state: string
  /** Our address to come back to. */
  back: string
  userAgent: string
}

/** Where the browser goes to be told who it belongs to. */
export function loginAddress({ corpId, agentId }: WecomLoginDeps, { state, back, userAgent }: Leaving): string {
  const asked = { appid: corpId, agentid: String(agentId), redirect_uri: back, state }
  if (!/\bwxwork\//i.test(userAgent)) {
    return `${BY_SCAN}?${new URLSearchParams({ login_type: 'CorpApp', ...asked }).toString()}`
  }
  const query = new URLSearchParams({ ...asked, response_type: 'code', scope: 'snsapi_base' })
  return `${IN_APP}?${query.toString()}#wechat_redirect`
}

export type MemberOfCode = { ok: true; sender: string } | { ok: false; reason: 'expired' | 'notMember' | 'unavailable' }

/** Turns the code with which a browser came back into a member. The code works once and for five minutes. */
export async function memberOfCode({ client }: WecomLoginDeps, code: string): Promise<MemberOfCode> {
  const outcome = await client({ method: 'GET', path: '/cgi-bin/auth/getuserinfo', query: { code } })
  if (outcome.status === 'failed') return { ok: false, reason: outcome.errcode === 40029 ? 'expired' : 'unavailable' }
  // A visitor has an openid and no userid.
  const sender = memberId(textOf(outcome.fields, 'userid'))
  return sender === null ? { ok: false, reason: 'notMember' } : { ok: true, sender }
}

/** Signs what a browser carries there and back. Every process of the service knows the app's secret, so each can check. */
export function signState({ secret }: WecomLoginDeps, text: string): string {
  return createHmac('sha256', `officer login ${secret}`).update(text).digest('base64url')
}
