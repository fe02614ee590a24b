import type { ChannelLog } from '../wechat-official/account.ts'
import { textOf } from '../wechat-official/fields.ts'
import { callApi, type ApiConfig, type ApiOutcome, type Fetch } from '../wechat-official/http.ts'

/** Who the platform says is holding the phone. The session key stays behind: nothing here needs it. */
export interface MiniIdentity {
  openid: string
  /** Only when the mini-program is bound to an open-platform account. */
  unionId: string | null
}

/** Why a login failed. `text` is the key of the sentence for the person. */
export const miniLoginFailures = {
  /** Never given, or older than five minutes: the client asks for a new code. */
  codeInvalid: { text: 'wechat.login.codeInvalid', status: 401, alert: false },
  codeUsed: { text: 'wechat.login.codeUsed', status: 401, alert: false },
  personRisky: { text: 'wechat.login.personRisky', status: 403, alert: false },
  tooOften: { text: 'wechat.login.tooOften', status: 429, alert: false },
  busy: { text: 'wechat.login.busy', status: 503, alert: false },
  misconfigured: { text: 'wechat.login.misconfigured', status: 503, alert: true },
} as const

export type MiniLoginFailure = keyof typeof miniLoginFailures

export type MiniLogin = { status: 'ok'; identity: MiniIdentity } | { status: 'failed'; failure: MiniLoginFailure }

const failureByErrcode: Record<number, MiniLoginFailure | undefined> = {
  40029: 'codeInvalid',
  40163: 'codeUsed',
  40226: 'personRisky',
  45011: 'tooOften',
  [-1]: 'busy',
  40013: 'misconfigured',
  40125: 'misconfigured',
  40164: 'misconfigured',
}

export interface MiniLoginDeps {
  config: ApiConfig
  fetch: Fetch
  log: ChannelLog
}

/** Letters, digits and few signs; seen up to 32 long. Checked so that nothing odd travels in our own query. */
const codeShape = /^[\w-]{1,128}$/

/** Exchanges the one-time code of `wx.login` (five minutes, single use) for the person's openid. */
export async function miniLogin({ config, fetch, log }: MiniLoginDeps, code: string): Promise<MiniLogin> {
  if (!codeShape.test(code)) return { status: 'failed', failure: 'codeInvalid' }
  const outcome = await callApi(fetch, config, {
    method: 'GET',
    path: '/sns/jscode2session',
    query: { appid: config.appId, secret: config.secret, js_code: code, grant_type: 'authorization_code' },
  })
  const openid = outcome.status === 'ok' ? textOf(outcome.fields, 'openid') : null
  if (outcome.status === 'ok' && openid) {
    return { status: 'ok', identity: { openid, unionId: textOf(outcome.fields, 'unionid') } }
  }
  const failure = failureOf(outcome)
  log.warn({ failure, detail: outcome.status === 'failed' ? outcome.detail : 'no openid' }, 'wechat: login failed')
  return { status: 'failed', failure }
}

function failureOf(outcome: ApiOutcome): MiniLoginFailure {
  return (outcome.status === 'failed' && outcome.errcode !== null && failureByErrcode[outcome.errcode]) || 'busy'
}
