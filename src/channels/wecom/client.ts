import type { SharedAccount } from '../../app/sharedAccount.ts'
import type { Instant, World } from '../../domain/world.ts'
import type { ChannelLog } from '../wechat-official/account.ts'
import { callWithToken } from '../wechat-official/client.ts'
import type { Fields } from '../wechat-official/fields.ts'
import type { ApiCall, ApiConfig, Fetch } from '../wechat-official/http.ts'
import { makeTokens, memoryTokenStore, type TokenStore } from '../wechat-official/token.ts'
import { guard } from '../wechat-official/guard.ts'
import { memoryPauses } from '../wechat-official/memoryPauses.ts'
import { isWecomTokenRefusal, wecomFailureOf, wecomFailures, type WecomFailureName } from './errors.ts'

export type WecomOutcome =
  | { status: 'ok'; fields: Fields; bytes?: Uint8Array }
  /** `detail`: numbers, the platform's request id, our own address; never a token, a name or a text. */
  | { status: 'failed'; failure: WecomFailureName; errcode: number | null; detail: string; until?: Instant }

/** Calls the app's API with its token. A refused token is replaced and the call repeated, once. */
export type WecomClient = (call: ApiCall) => Promise<WecomOutcome>

export interface WecomClientDeps {
  /** `appId` is the corp id. */
  config: ApiConfig
  world: World
  fetch: Fetch
  log: ChannelLog
  store?: TokenStore
  /** 10,000 calls of one address a minute (访问频率限制): after 45009 that address rests for one, in all processes. */
  pauses?: SharedAccount['pauses']
}

/** One for each process; all who call the app share it. */
export function makeWecomClient(deps: WecomClientDeps): WecomClient & { resting(at: Instant): Instant | null } {
  const { config, world, fetch, log, store = memoryTokenStore(), pauses = memoryPauses() } = deps
  const tokens = makeTokens({ config, world, fetch, store, request: getToken(config) })

  const plain = async (call: ApiCall): Promise<WecomOutcome> => {
    const outcome = await callWithToken({ config, tokens, fetch }, call, isWecomTokenRefusal)
    return outcome.status === 'ok' ? outcome : { ...outcome, failure: wecomFailureOf(outcome) }
  }
  const guarded = guard<WecomFailureName>(plain, { account: config.appId, failures: wecomFailures, pauses, world, log })
  const client: WecomClient = async call => {
    const outcome = await guarded.call(call)
    if (outcome.status === 'failed') {
      log.warn({ path: call.path, failure: outcome.failure, detail: outcome.detail }, 'wecom: call failed')
    }
    return outcome
  }
  return Object.assign(client, { resting: guarded.resting })
}

function getToken({ appId, secret }: ApiConfig): ApiCall {
  return { method: 'GET', path: '/cgi-bin/gettoken', query: { corpid: appId, corpsecret: secret } }
}
