import type { Instant, World } from '../../domain/world.ts'
import type { FailureName } from './errors.ts'
import { textOf } from './fields.ts'
import { callApi, type ApiCall, type ApiConfig, type ApiOutcome, type Fetch } from './http.ts'

export interface AccessToken {
  value: string
  /** From here on a new one is asked for. The old one stays valid for five more minutes. */
  refreshAt: Instant
}

/** Where processes share the token of an account. */
export interface TokenStore {
  get(appId: string): Promise<AccessToken | null>
  put(appId: string, token: AccessToken): Promise<void>
  /** Removes the token only if it is still this one: another process may have renewed it meanwhile. */
  drop(appId: string, value: string): Promise<void>
  /** Runs one refresh at a time over all processes. */
  lock<T>(appId: string, run: () => Promise<T>): Promise<T>
}

export type TokenAnswer = { status: 'ok'; token: string } | Extract<ApiOutcome, { status: 'failed' }>

/** The access token of one account. */
export interface Tokens {
  /** However many ask at once, one call goes out. */
  current(): Promise<TokenAnswer>
  /** A call was refused with this token. */
  refuse(value: string): Promise<void>
}

export interface TokenDeps {
  config: ApiConfig
  world: World
  fetch: Fetch
  store: TokenStore
  /** How this platform is asked; without it `stable_token` in normal mode. */
  request?: ApiCall
}

/** The platform gives a new token in the last five minutes of the old one (stable_token, normal mode). */
const EARLY_MS = 300_000

/** A fault of the configuration is not asked again before this: somebody has to change it in the console first. */
const MISCONFIGURED_PAUSE_MS = 60_000
/** Refused while asking for a token: secret, account or address list. WeCom says 40001 for a wrong secret. */
const faults = new Set<FailureName>(['misconfigured', 'tokenRefused', 'unexpected'])

/** Asks in normal mode only: `force_refresh` kills the token of every other process, 20 times a day at most. */
export function makeTokens(deps: TokenDeps): Tokens {
  const { config, world, store } = deps
  let known: AccessToken | null = null
  let asking: Promise<TokenAnswer> | null = null
  let fault: { answer: TokenAnswer; until: Instant } | null = null

  const refresh = async (): Promise<TokenAnswer> => {
    const stored = await store.get(config.appId)
    if (stored && stored.refreshAt > world.now()) {
      known = stored
      return { status: 'ok', token: stored.value }
    }
    const fetched = await fetchToken(deps)
    if ('value' in fetched) {
      known = fetched
      await store.put(config.appId, fetched)
      return { status: 'ok', token: fetched.value }
    }
    if (faults.has(fetched.failure)) fault = { answer: fetched, until: world.now() + MISCONFIGURED_PAUSE_MS }
    return fetched
  }

  return {
    async current() {
      if (known && known.refreshAt > world.now()) return { status: 'ok', token: known.value }
      if (fault && fault.until > world.now()) return fault.answer
      asking ??= store.lock(config.appId, refresh).finally(() => {
        asking = null
      })
      return asking
    },
    async refuse(value) {
      if (known?.value === value) known = null
      await store.drop(config.appId, value)
    },
  }
}

async function fetchToken(deps: TokenDeps): Promise<AccessToken | Extract<ApiOutcome, { status: 'failed' }>> {
  const asked = deps.world.now()
  const outcome = await callApi(deps.fetch, deps.config, deps.request ?? stableToken(deps.config))
  // whatever happened to this call, no message went out with it
  if (outcome.status === 'failed') return outcome.failure === 'unknownOutcome' ? noToken(outcome.detail) : outcome
  const value = textOf(outcome.fields, 'access_token')
  const seconds = Number(textOf(outcome.fields, 'expires_in') ?? Number.NaN)
  if (!value || !(seconds > 0)) return noToken('token answer incomplete')
  return { value, refreshAt: asked + Math.max(seconds * 1000 - EARLY_MS, 0) }
}

function stableToken({ appId, secret }: ApiConfig): ApiCall {
  const body = { grant_type: 'client_credential', appid: appId, secret }
  return { method: 'POST', path: '/cgi-bin/stable_token', body }
}

function noToken(detail: string): Extract<ApiOutcome, { status: 'failed' }> {
  return { status: 'failed', failure: 'unreachable', errcode: null, detail: `token: ${detail}` }
}

/** For one process, and for tests. */
export function memoryTokenStore(): TokenStore {
  const tokens = new Map<string, AccessToken>()
  return {
    get: async appId => tokens.get(appId) ?? null,
    put: async (appId, token) => {
      tokens.set(appId, token)
    },
    drop: async (appId, value) => {
      if (tokens.get(appId)?.value === value) tokens.delete(appId)
    },
    lock: (_appId, run) => run(),
  }
}
