import type { ChannelLog } from './account.ts'
import { isTokenRefusal } from './errors.ts'
import { callApi, type ApiCall, type ApiConfig, type ApiOutcome, type Fetch } from './http.ts'
import type { Tokens } from './token.ts'

export interface ClientDeps {
  config: ApiConfig
  tokens: Tokens
  fetch: Fetch
  log: ChannelLog
}

/** Calls one account's API with its token. A refused token is replaced and the call repeated, once. */
export type WechatClient = (call: ApiCall) => Promise<ApiOutcome>

export function makeClient(deps: ClientDeps): WechatClient {
  return async call => {
    const first = await attempt(deps, call)
    const again = first.outcome.status === 'failed' && first.token !== null && isTokenRefusal(first.outcome.errcode)
    if (again && first.token !== null) await deps.tokens.refuse(first.token)
    const { outcome } = again ? await attempt(deps, call) : first
    if (outcome.status === 'failed') {
      deps.log.warn({ path: call.path, failure: outcome.failure, detail: outcome.detail }, 'wechat: call failed')
    }
    return outcome
  }
}

/** `token` is null when none could be had, and the outcome is that of asking for it. */
async function attempt(deps: ClientDeps, call: ApiCall): Promise<{ outcome: ApiOutcome; token: string | null }> {
  const answer = await deps.tokens.current()
  if (answer.status === 'failed') return { outcome: answer, token: null }
  const query = { ...call.query, access_token: answer.token }
  return { outcome: await callApi(deps.fetch, deps.config, { ...call, query }), token: answer.token }
}
