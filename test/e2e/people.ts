import { randomUUID } from 'node:crypto'
import { DEMO_PASSWORD } from './service.ts'

/** One reply as the contract prints it. */
export interface ReplyJson {
  id: string
  kind: string
  text: string
  choices?: { key: string; label: string }[]
  input?: { slot: string; type: string; required: boolean; sensitive: boolean; example?: string }
  url?: string
}

export interface TurnJson {
  replies: ReplyJson[]
  state: {
    sessionId: string | null
    flow: string | null
    step: string | null
    done: boolean
    applicationNumber?: string
  }
}

/** A resident on the web page. */
export interface Guest {
  token: string
  says(text: string, messageId?: string): Promise<TurnJson>
  presses(label: string): Promise<TurnJson>
  hello(): Promise<TurnJson>
  get(path: string): Promise<Response>
}

export async function newGuest(url: string): Promise<Guest> {
  const { token } = await json<{ token: string }>(await fetch(`${url}/api/guest`, { method: 'POST' }))
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  let last: TurnJson | null = null
  const turn = async (body: object): Promise<TurnJson> => {
    const response = await fetch(`${url}/api/chat/turns`, { method: 'POST', headers, body: JSON.stringify(body) })
    last = await json<TurnJson>(response)
    return last
  }
  return {
    token,
    says: (text, messageId = randomUUID()) => turn({ messageId, text }),
    presses: label => {
      const choice = last?.replies.flatMap(reply => reply.choices ?? []).find(one => one.label === label)
      if (!choice) throw new Error(`no button ${label} in ${JSON.stringify(last?.replies)}`)
      return turn({ messageId: randomUUID(), choice: choice.key })
    },
    hello: () => turn({ messageId: randomUUID() }),
    get: path => fetch(url + path, { headers }),
  }
}

/** An officer at the page, logged in. */
export interface OfficerClient {
  /** Of the session, as a browser sends it. */
  cookie: string
  get(path: string): Promise<Response>
  post(path: string, body?: object, fence?: number): Promise<Response>
}

export async function logIn(url: string, username: string, password = DEMO_PASSWORD): Promise<OfficerClient> {
  const response = await fetch(`${url}/api/officer/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ username, password }),
  })
  const { csrfToken } = await json<{ csrfToken: string }>(response)
  const cookie = response.headers
    .getSetCookie()
    .map(line => line.split(';')[0])
    .join('; ')
  return {
    cookie,
    get: path => fetch(url + path, { headers: { cookie } }),
    post: (path, body, fence) =>
      fetch(url + path, {
        method: 'POST',
        headers: {
          cookie,
          origin: url,
          'x-csrf-token': csrfToken,
          'content-type': 'application/json',
          ...(fence === undefined ? {} : { 'if-match': `"${fence}"` }),
        },
        body: JSON.stringify(body ?? {}),
      }),
  }
}

/** The body of a good answer. @throws with the whole answer otherwise. */
export async function json<T>(response: Response): Promise<T> {
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.status} from ${response.url}: ${text}`)
  return JSON.parse(text) as T
}

/** Waits until `read` answers something, for what arrives by the outbox. */
export async function eventually<T>(read: () => Promise<T | null | undefined | false>, withinMs = 20_000): Promise<T> {
  const deadline = Date.now() + withinMs
  for (;;) {
    const value = await read()
    if (value) return value
    if (Date.now() > deadline) throw new Error(`nothing came within ${withinMs} ms`)
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}
