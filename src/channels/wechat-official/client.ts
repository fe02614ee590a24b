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
    const outcome = await callWithToken(deps, call, isTokenRefusal)
    if (outcome.status === 'failed') {
      deps.log.warn({ path: call.path, failure: outcome.failure, detail: outcome.detail }, 'wechat: call failed')
    }
    return outcome
  }
}

/** `isRefusal`: which numbers of this platform say that the token, and nothing else, was refused. */
export async function callWithToken(
  deps: Omit<ClientDeps, 'log'>,
  call: ApiCall,
  isRefusal: (errcode: number | null) => boolean,
): Promise<ApiOutcome> {
  const first = await attempt(deps, call)
  if (first.outcome.status === 'ok' || first.token === null || !isRefusal(first.outcome.errcode)) return first.outcome
  await deps.tokens.refuse(first.token)
  return (await attempt(deps, call)).outcome
}

/** `token` is null when none could be had, and the outcome is that of asking for it. */
async function attempt(
  { config, tokens, fetch }: Omit<ClientDeps, 'log'>,
  call: ApiCall,
): Promise<{ outcome: ApiOutcome; token: string | null }> {
  const answer = await tokens.current()
  if (answer.status === 'failed') return { outcome: answer, token: null }
  const query = { ...call.query, access_token: answer.token }
  return { outcome: await callApi(fetch, config, { ...call, query }), token: answer.token }
}
