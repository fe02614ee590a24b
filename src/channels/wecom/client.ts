import type { Instant, World } from '../../domain/world.ts'
import type { ChannelLog } from '../wechat-official/account.ts'
import { callWithToken } from '../wechat-official/client.ts'
import type { Fields } from '../wechat-official/fields.ts'
import type { ApiCall, ApiConfig, Fetch } from '../wechat-official/http.ts'
import { makeTokens, memoryTokenStore, type TokenStore } from '../wechat-official/token.ts'
import { isWecomTokenRefusal, wecomFailureOf, type WecomFailureName } from './errors.ts'

export type WecomOutcome =
  | { status: 'ok'; fields: Fields; bytes?: Uint8Array }
  /** `detail`: numbers, the platform's request id, our own address; never a token, a name or a text. */
  | { status: 'failed'; failure: WecomFailureName; errcode: number | null; detail: string }

/** Calls the app's API with its token. A refused token is replaced and the call repeated, once. */
export type WecomClient = (call: ApiCall) => Promise<WecomOutcome>

export interface WecomClientDeps {
  /** `appId` is the corp id. */
  config: ApiConfig
  world: World
  fetch: Fetch
  log: ChannelLog
  store?: TokenStore
}

/** 10,000 calls of one address a minute (访问频率限制): after 45009 that address rests for one. */
const PAUSE_MS = 60_000

/** One for each process; all who call the app share it, and with it token and pauses. */
export function makeWecomClient(deps: WecomClientDeps): WecomClient {
  const { config, world, fetch, store = memoryTokenStore() } = deps
  const tokens = makeTokens({ config, world, fetch, store, request: getToken(config) })
  const paused = new Map<string, Instant>()

  return async call => {
    if ((paused.get(call.path) ?? 0) > world.now()) return resting
    const outcome = await callWithToken({ config, tokens, fetch }, call, isWecomTokenRefusal)
    if (outcome.status === 'ok') return outcome
    const failure = wecomFailureOf(outcome)
    if (failure === 'throttled') paused.set(call.path, world.now() + PAUSE_MS)
    deps.log.warn({ path: call.path, failure, detail: outcome.detail }, 'wecom: call failed')
    return { ...outcome, failure }
  }
}

const resting: WecomOutcome = { status: 'failed', failure: 'throttled', errcode: null, detail: 'resting after 45009' }

function getToken({ appId, secret }: ApiConfig): ApiCall {
  return { method: 'GET', path: '/cgi-bin/gettoken', query: { corpid: appId, corpsecret: secret } }
}
