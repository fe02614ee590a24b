import type { HttpAnswer, HttpRequest, KeyValue } from '../platform/platform.ts'
import { call, type Send } from './answer.ts'
import { fields, text } from './decode.ts'

export interface ResidentSession {
  /** Sends with the resident's token; logs in first when there is none and once again when it has expired. */
  send: Send
  /** For readers that are not a plain request (event stream, files). Null when the service cannot be reached. */
  headers(): Promise<Record<string, string> | null>
  /** The token was refused: the next request logs in anew. */
  forget(): void
}

export interface SessionParts {
  send: Send
  store: KeyValue
  loginRequest(): Promise<HttpRequest>
}

const KEY = 'nuanxin.residentToken'

export function createResidentSession({ send, store, loginRequest }: SessionParts): ResidentSession {
  let login: Promise<string | null> | null = null

  async function logIn(): Promise<string | null> {
    const request = await loginRequest().catch(() => null)
    if (!request) return null
    const answer = await call(send, request, value => text(fields(value), 'token'))
    if (!answer.ok) return null
    store.write(KEY, answer.value)
    return answer.value
  }

  /** Several requests may find the token missing at once; one login serves them all. */
  function token(): Promise<string | null> {
    const kept = store.read(KEY)
    if (kept) return Promise.resolve(kept)
    login ??= logIn().finally(() => {
      login = null
    })
    return login
  }

  /** Drops the token only if it is still the refused one. */
  function forgetIfStill(refused: string): void {
    if (store.read(KEY) === refused) store.remove(KEY)
  }

  async function sendAs(bearer: string | null, request: HttpRequest): Promise<HttpAnswer> {
    if (bearer === null) throw new Error('no token')
    return send({ ...request, headers: { ...request.headers, ...bearerHeader(bearer) } })
  }

  return {
    async send(request) {
      const first = await token()
      const answer = await sendAs(first, request)
      if (answer.status !== 401 || first === null) return answer
      forgetIfStill(first)
      return sendAs(await token(), request)
    },
    async headers() {
      const bearer = await token()
      return bearer === null ? null : bearerHeader(bearer)
    },
    forget: () => store.remove(KEY),
  }
}

const bearerHeader = (token: string) => ({ authorization: `Bearer ${token}` })
