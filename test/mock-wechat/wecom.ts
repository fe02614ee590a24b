import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { mockClock, type MockClock } from './clock.ts'
import { seal, signatureOf, unseal } from './crypto.ts'
import { faultList, type Fault } from './faults.ts'
import type { Call } from './journal.ts'
import { answer, close, listen } from './server.ts'
import { selfCheck } from './selfCheck.ts'
import { wecomEndpoints, type Card, type Member, type WecomPlatform } from './wecomApi.ts'
import { parseXml, writeXml } from './xml.ts'

/** A self-built app of a corporation, and its members. */
export interface WecomApp {
  corpId: string
  agentId: number
  secret: string
  token: string
  aesKey: string
}

export interface MockMember {
  userId: string
  /** Each act is delivered up to three times and resolves with the last attempt's status and answer. */
  say(text: string): Promise<Delivered>
  press(label: string, card?: Card): Promise<Delivered>
  push(fields: Record<string, unknown>): Promise<Delivered>
  /** The same bytes once more. */
  again(delivered: Delivered): Promise<Delivered>
  /** Every text shown, passive or sent. */
  seen(): string[]
  cards(): Card[]
  waitFor(what: string | RegExp): Promise<string>
  waitForCard(fits?: (card: Card) => boolean): Promise<Card>
}

export interface Delivered {
  status: number
  body: string
  query: string
  sent: string
}

export interface MockWecom {
  baseUrl: string
  app: WecomApp
  clock: MockClock
  journal: Call[]
  calls(path: string): Call[]
  problems: string[]
  connect(url: string): void
  member(userId: string): MockMember
  /** Someone of the corporation who may not see the app. */
  hide(userId: string): void
  trust(address: boolean): void
  revokeTokens(): void
  inject(path: string, fault: Fault, times?: number): void
  issueLoginCode(userId: string | null): string
  /** A file as members send it; its media id. */
  keepMedia(bytes: Uint8Array): string
  verifyAddress(tamper?: (query: URLSearchParams) => void): Promise<{ ok: boolean; status: number; body: string }>
  close(): Promise<void>
}

const letters = (length: number): string =>
  randomBytes(length * 2)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, length)

/** WeCom's own address on a free port of the loopback interface. */
export async function startMockWecom(): Promise<MockWecom> {
  selfCheck()
  const app: WecomApp = {
    corpId: `ww${letters(16)}`,
    agentId: 1_000_002,
    secret: letters(43),
    token: letters(16),
    aesKey: letters(43),
  }
  const clock = mockClock()
  const platform: WecomPlatform = {
    app,
    clock,
    members: new Map(),
    tokens: new Map(),
    codes: new Map(),
    media: new Map(),
    trusted: true,
  }
  const faults = faultList()
  const journal: Call[] = []
  const problems: string[] = []
  let callback = ''
  const desk = { journal, problems, next: faults.next, now: clock.now }
  const server = createServer((request, response) => {
    void answer(
      {
        ...desk,
        endpoint: (method, path) => {
          const run = wecomEndpoints[`${method} ${path}`]
          return run && ((query, body) => run(platform, query, body))
        },
      },
      request,
      response,
    )
  })
  const port = await listen(server)
  return {
    ...{ app, clock, journal, problems, inject: faults.inject },
    baseUrl: `http://127.0.0.1:${port}`,
    calls: path => journal.filter(call => call.path === path),
    connect: url => void (callback = url),
    member: userId => mockMember({ app, platform, problems, url: () => callback }, userId),
    hide: userId => void (memberOf(platform, userId).visible = false),
    trust: trusted => void (platform.trusted = trusted),
    revokeTokens: () => platform.tokens.clear(),
    issueLoginCode: userId => {
      const code = letters(43)
      platform.codes.set(code, { userId, at: clock.now(), used: false })
      return code
    },
    keepMedia: bytes => {
      const id = letters(40)
      platform.media.set(id, { bytes, at: clock.now() })
      return id
    },
    verifyAddress: tamper => verifyAddress(app, callback, tamper),
    close: () => close(server),
  }
}

function memberOf({ members }: WecomPlatform, userId: string): Member {
  const key = userId.toLowerCase()
  const known = members.get(key) ?? { userId, visible: true, texts: [], cards: [] }
  members.set(key, known)
  return known
}

async function verifyAddress({ token, aesKey, corpId }: WecomApp, url: string, tamper?: (q: URLSearchParams) => void) {
  const echo = String(randomBytes(8).readBigUInt64BE())
  const timestamp = String(Math.floor(Date.now() / 1000))
  const echostr = seal(aesKey, corpId, randomBytes(16), echo)
  const signature = signatureOf(token, timestamp, 'nonce', echostr)
  const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce: 'nonce', echostr })
  tamper?.(query)
  const response = await fetch(`${url}?${query}`)
  const body = await response.text()
  return { ok: response.status === 200 && body === echo, status: response.status, body }
}

interface MemberDeps {
  app: WecomApp
  platform: WecomPlatform
  problems: string[]
  url(): string
}

function mockMember({ app, platform, problems, url }: MemberDeps, userId: string): MockMember {
  const member = memberOf(platform, userId)
  const push = async (fields: Record<string, unknown>): Promise<Delivered> => {
    const seconds = Math.floor(Date.now() / 1000)
    const base = { ToUserName: app.corpId, FromUserName: userId, CreateTime: seconds, AgentID: app.agentId }
    const sealed = seal(app.aesKey, app.corpId, randomBytes(16), writeXml({ ...base, ...fields }))
    const nonce = letters(8)
    const msg_signature = signatureOf(app.token, String(seconds), nonce, sealed)
    const query = String(new URLSearchParams({ msg_signature, timestamp: String(seconds), nonce }))
    const sent = writeXml({ ToUserName: app.corpId, AgentID: app.agentId, Encrypt: sealed })
    let last = await deliver(url(), query, sent)
    for (let n = 1; n < 3 && last.status !== 200; n++) last = await deliver(url(), query, sent)
    show(app, member, problems, last)
    return last
  }
  const last = (): Card => {
    const card = member.cards.at(-1)
    if (!card) throw new Error(`mock: ${userId} has no card`)
    return card
  }
  return {
    ...{ userId, push },
    say: text => push({ MsgType: 'text', Content: text, MsgId: randomBytes(7).readUIntBE(0, 6) * 4096 + 1 }),
    press: (label, card = last()) => push(pressOf(card, label)),
    again: ({ query, sent }) => deliver(url(), query, sent),
    seen: () => [...member.texts],
    cards: () => [...member.cards],
    waitFor: what =>
      until(`${what}`, () =>
        member.texts.findLast(text => (typeof what === 'string' ? text.includes(what) : what.test(text))),
      ),
    waitForCard: (fits = () => true) => until('a card', () => member.cards.findLast(fits)),
  }
}

/** A press uses a code of its own, good for one change of this card. */
function pressOf(card: Card, label: string): Record<string, unknown> {
  const button = card.buttons.find(({ text }) => text === label)
  if (!button) throw new Error(`mock: no button ${label} on a card with ${card.buttons.map(({ text }) => text).join()}`)
  if (card.replaced !== null) throw new Error(`mock: the card says ${card.replaced} and has no buttons any more`)
  const code = letters(32)
  card.responseCodes.set(code, false)
  return {
    ...{ MsgType: 'event', Event: 'template_card_event', EventKey: button.key },
    ...{ TaskId: card.taskId, CardType: 'button_interaction', ResponseCode: code },
  }
}

async function deliver(url: string, query: string, sent: string): Promise<Delivered> {
  const response = await fetch(`${url}?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml' },
    body: sent,
    signal: AbortSignal.timeout(5000),
  })
  return { status: response.status, body: await response.text(), query, sent }
}

/** Reads the passive answer without goodwill. */
function show(app: WecomApp, member: Member, problems: string[], { status, body }: Delivered): void {
  if (status !== 200 || body === '') return
  try {
    const { Encrypt: sealed, MsgSignature, TimeStamp, Nonce } = parseXml(body)
    const signed = signatureOf(app.token, String(TimeStamp), String(Nonce), String(sealed))
    if (signed !== MsgSignature) throw new Error('MsgSignature of the answer is wrong')
    const message = parseXml(unseal(app.aesKey, app.corpId, String(sealed)))
    if (String(message['ToUserName']).toLowerCase() !== member.userId.toLowerCase()) throw new Error('ToUserName')
    if (message['MsgType'] !== 'text' || message['FromUserName'] !== app.corpId)
      throw new Error('not a text of the app')
    member.texts.push(String(message['Content']))
  } catch (error) {
    problems.push(`malformed answer: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function until<T>(what: string, look: () => T | undefined): Promise<T> {
  for (const end = performance.now() + 20_000; ;) {
    const found = look()
    if (found !== undefined) return found
    if (performance.now() > end) throw new Error(`mock: there is no ${what}`)
    await new Promise(resolve => setTimeout(resolve, 30))
  }
}
