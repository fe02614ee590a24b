/** The product's channel over a real socket, with a conversation small enough to see through. */
import { createServer } from 'node:http'
import { randomBytes } from 'node:crypto'
import type { InboundMessage } from '../../src/app/app.ts'
import type { TurnAnswer } from '../../src/app/ports.ts'
import { defaultLimits, openAccount, type CallbackLimits } from '../../src/channels/wechat-official/account.ts'
import {
  handleCallback,
  type CallbackDeps,
  type Overflow,
  type PersonLeft,
} from '../../src/channels/wechat-official/callback.ts'
import { readQuery } from '../../src/channels/wechat-official/door.ts'
import type { World } from '../../src/domain/world.ts'
import type { MockWeChat } from '../mock-wechat/server.ts'

export const realWorld: World = {
  now: () => Date.now(),
  newId: () => randomBytes(16).toString('hex'),
  randomBytes,
}

export interface ProductOptions {
  limits?: Partial<CallbackLimits>
  allowPlain?: boolean
  /** What the conversation says to this; may be slow. */
  say?: (message: InboundMessage) => Promise<string[]> | string[]
  /** Shared by several instances, like the database. */
  books?: Books
  /** Loses the connection after the turn was committed, this many times. */
  loseAnswers?: number
}

/** What the database would hold: one effect and one stored answer per message key. */
export interface Books {
  answers: Map<string, Promise<TurnAnswer>>
  effects: string[]
  later: Overflow[]
  left: PersonLeft[]
  log: string[]
}

export function openBooks(): Books {
  return { answers: new Map(), effects: [], later: [], left: [], log: [] }
}

export interface Product {
  url: string
  books: Books
  close(): Promise<void>
}

const state = { sessionId: null, flow: null, revision: null, step: null, done: false }

export async function startProduct(mock: MockWeChat, options: ProductOptions = {}): Promise<Product> {
  const books = options.books ?? openBooks()
  const { appId, token, aesKey, previousAesKey } = mock.account
  const limits = { ...defaultLimits, ...options.limits }
  const config = {
    channel: 'wechat-official' as const,
    appId,
    token,
    aesKey,
    previousAesKey,
    allowPlain: options.allowPlain ?? false,
    limits,
  }
  const note = (fields: Record<string, unknown>, text: string): void =>
    void books.log.push(`${text} ${JSON.stringify(fields)}`)
  const deps: CallbackDeps = {
    account: openAccount(config, realWorld),
    world: realWorld,
    takeTurn: message => takeTurn(books, options, message),
    sendLater: async rest => void books.later.push(rest),
    personLeft: async notice => void books.left.push(notice),
    text: key => key,
    log: { info: note, warn: note, error: note },
  }
  let lose = options.loseAnswers ?? 0
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      const search = new URL(request.url ?? '/', 'http://x').search.slice(1)
      const call = { method: request.method ?? 'GET', query: readQuery(search), body: Buffer.concat(chunks) }
      const answer = await handleCallback(deps, call)
      if (lose-- > 0) return void response.socket?.destroy()
      response.writeHead(answer.status, { 'content-type': answer.contentType }).end(answer.body)
    })()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}/wechat/official`,
    books,
    async close() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

/** In memory, the promise of `app.takeTurn`: one effect per message key, the stored answer ever after. */
async function takeTurn(books: Books, options: ProductOptions, message: InboundMessage): Promise<TurnAnswer> {
  const { sender, messageKey } = message.address
  const key = `${sender} ${messageKey}`
  const stored = books.answers.get(key)
  if (stored) return { ...(await stored), repeated: true }
  const answer = commit(books, options, message, key)
  books.answers.set(key, answer)
  return answer
}

async function commit(
  books: Books,
  options: ProductOptions,
  message: InboundMessage,
  turnId: string,
): Promise<TurnAnswer> {
  const texts = await (options.say ? options.say(message) : [`收到：${message.said}`])
  books.effects.push(message.said)
  const late = message.passiveBudgetMs !== null && Date.now() - message.receivedAt > message.passiveBudgetMs
  const replies = texts.map((text, n) => ({ id: `${turnId}-${n + 1}`, kind: 'text' as const, text }))
  return { turnId, replies, state, repeated: false, delivery: late ? 'outbox' : 'passive' }
}
