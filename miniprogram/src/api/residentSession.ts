import type { HttpAnswer, HttpRequest, KeyValue } from '../platform/platform.ts'
import { call, type Answer, type Send } from './answer.ts'
import { fields, text } from './decode.ts'

export interface ResidentSession {
  /** Sends with the resident's token; logs in when there is none and once again when it has expired. A refused login answers. */
  send: Send
  /** For readers that are not a plain request (event stream, files). Null when the service cannot be reached. */
  headers(): Promise<Record<string, string> | null>
  /** The token was refused: the next request logs in anew. */
  forget(): void
  /** How often a new login took the place of one that had ended. */
  renewals(): number
}

export interface SessionParts {
  send: Send
  store: KeyValue
  loginRequest(): Promise<HttpRequest>
}

const KEY = 'nuanxin.residentToken'

export function createResidentSession({ send, store, loginRequest }: SessionParts): ResidentSession {
  let login: Promise<Answer<string>> | null = null
  let ended = false
  let renewals = 0

  async function logIn(): Promise<Answer<string>> {
    const answer = await call(send, await loginRequest(), value => text(fields(value), 'token'))
    if (!answer.ok) return answer
    store.write(KEY, answer.value)
    if (ended) renewals++
    ended = false
    return answer
  }

  /** Several requests may find the token missing at once; one login serves them all. */
  async function token(): Promise<Answer<string>> {
    const kept = store.read(KEY)
    if (kept) return { ok: true, value: kept }
    login ??= logIn().finally(() => {
      login = null
    })
    return login
  }

  /** Drops the token only if it is still the refused one. */
  function forgetIfStill(refused: string): void {
    if (store.read(KEY) === refused) forget()
  }

  function forget(): void {
    ended = true
    store.remove(KEY)
  }

  async function sendAs(bearer: Answer<string>, request: HttpRequest): Promise<HttpAnswer> {
    if (bearer.ok) return send({ ...request, headers: { ...request.headers, ...bearerHeader(bearer.value) } })
    const { status, code, title } = bearer.problem
    if (status === 0) throw new Error('the login was not answered')
    return { status, body: JSON.stringify({ code, title }) }
  }

  return {
    async send(request) {
      const first = await token()
      const answer = await sendAs(first, request)
      if (answer.status !== 401 || !first.ok) return answer
      forgetIfStill(first.value)
      return sendAs(await token(), request)
    },
    async headers() {
      const bearer = await token().catch(() => null)
      return bearer?.ok ? bearerHeader(bearer.value) : null
    },
    forget,
    renewals: () => renewals,
  }
}

const bearerHeader = (token: string) => ({ authorization: `Bearer ${token}` })
