import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { endpoints, problem, type ApiResult, type LoginCode, type Platform } from './api.ts'
import { mockClock, type MockClock } from './clock.ts'
import { signatureOf } from './crypto.ts'
import type { DeliveryRules } from './delivery.ts'
import { faultList, type Fault } from './faults.ts'
import type { MockForm } from './forms.ts'
import type { Call } from './journal.ts'
import { people, type Line } from './people.ts'
import type { Account } from './push.ts'
import { selfCheck } from './selfCheck.ts'
import { tokenOffice, type App } from './tokens.ts'
import { mockUser, type Connection, type MockUser } from './user.ts'

export interface MockOptions {
  account?: Partial<Account & { secret: string }>
  mini?: App
  rules?: Partial<DeliveryRules>
  /** Milliseconds; dates and signs the pushes. Default: real time. */
  pushTime?: () => number
}

export interface MockWeChat {
  /** For WECHAT_API_BASE. */
  baseUrl: string
  /** What the product is configured with. */
  account: Account & { secret: string }
  mini: App
  clock: MockClock
  /** Every call of the product, in order of arrival. */
  journal: Call[]
  calls(path: string): Call[]
  /** What an honest test asserts to be empty: unknown addresses called, malformed answers. */
  problems: string[]
  /** How many published values the mock's cryptography was held against at start. */
  selfChecked: number
  /** Where pushes go from now on. Missing parts stay as they are; at first safe mode, XML. */
  connect(connection: Partial<Connection> & { url?: string }): void
  /** The same person each time for the same openid. */
  user(openid?: string): MockUser
  transcript(openid: string): Line[]
  /** Gives the account a form. */
  giveForm(form: MockForm): void
  inject(path: string, fault: Fault, times?: number): void
  clearFaults(): void
  /** Every token issued so far is refused with 40001 from now on. */
  revokeTokens(): void
  /** What `wx.login` gives the mini-program: single use, five minutes. */
  /** The code of the phone button, as the platform gives it to the page. */
  issuePhoneCode(phone: string, countryCode?: string): string
  /** A photo as people send it; its media id. */
  keepMedia(bytes: Uint8Array): string
  issueLoginCode(openid: string, more?: { unionId?: string; risky?: boolean }): string
  /** The call that the console makes when the address is saved. */
  verifyAddress(
    url?: string,
    tamper?: (query: URLSearchParams) => void,
  ): Promise<{ ok: boolean; status: number; body: string }>
  /** Gives the account a new key; pushes may still be closed with the one before. */
  rotateKey(): string
  /** Forgets people, faults, calls and problems; account, tokens and connection stay. */
  reset(): void
  close(): Promise<void>
}

const letters = (length: number): string =>
  randomBytes(length * 2)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, length)

/** Starts the platform on a free port of the loopback interface. */
export async function startMockWeChat(options: MockOptions = {}): Promise<MockWeChat> {
  const selfChecked = selfCheck()
  const account = makeAccount(options)
  const mini = options.mini ?? { appId: `wx${randomBytes(8).toString('hex')}`, secret: randomBytes(16).toString('hex') }
  const clock = mockClock()
  const faults = faultList()
  let formIds = 1_700_827_132_819_554_304n
  const platform: Platform = {
    clock,
    people: people(),
    tokens: tokenOffice(),
    official: account,
    mini,
    loginCodes: new Map(),
    phoneCodes: new Map(),
    media: new Map(),
    forms: new Map(),
    shownForms: new Map(),
    nextFormId: () => String(++formIds),
  }
  const journal: Call[] = []
  const problems: string[] = []
  const connection: Connection = { urls: [], mode: 'safe', format: 'xml' }
  const server = createServer((request, response) => {
    void answer(
      {
        ...{ journal, problems, next: faults.next, now: clock.now },
        endpoint: (method, path) => {
          const run = endpoints[`${method} ${path}`]
          return run && ((query, body) => run(platform, { method, path, query, body }))
        },
      },
      request,
      response,
    )
  })
  const port = await listen(server)
  const pushTime = options.pushTime ?? Date.now
  const rules: DeliveryRules = { cutMs: 5000, attempts: 3, overlapMs: null, ...options.rules }
  let msgIds = 7_250_021_412_600_020_000n
  const userDeps = {
    account,
    connection: () => connection,
    rules,
    now: clock.now,
    pushTime,
    nextMsgId: () => ++msgIds,
    problem: (what: string) => void problems.push(what),
  }
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    account,
    mini,
    clock,
    journal,
    problems,
    selfChecked,
    calls: path => journal.filter(call => call.path === path),
    connect({ url, ...rest }) {
      Object.assign(connection, rest, url === undefined ? {} : { urls: [url] })
    },
    user: (openid = `o${letters(27)}`) =>
      mockUser({ ...userDeps, forms: platform.forms, person: platform.people.of(openid) }),
    transcript: openid => [...(platform.people.known(openid)?.lines ?? [])],
    giveForm: form => void platform.forms.set(form.templateId, form),
    inject: faults.inject,
    clearFaults: faults.clear,
    revokeTokens: platform.tokens.revokeAll,
    keepMedia(bytes) {
      const id = letters(64)
      platform.media.set(id, { bytes, at: platform.clock.now() })
      return id
    },
    issuePhoneCode: (phone, countryCode = '86') => issuePhoneCode(platform, phone, countryCode),
    issueLoginCode: (openid, more) => issueLoginCode(platform, openid, more),
    verifyAddress: (url, tamper) => verifyAddress(account, url ?? connection.urls[0] ?? '', pushTime(), tamper),
    rotateKey() {
      account.previousAesKey = account.aesKey
      account.aesKey = letters(43)
      return account.aesKey
    },
    reset() {
      platform.people.clear()
      faults.clear()
      journal.length = 0
      problems.length = 0
    },
    close: () => close(server),
  }
}

function makeAccount(options: MockOptions): Account & { secret: string } {
  return {
    appId: `wx${randomBytes(8).toString('hex')}`,
    secret: randomBytes(16).toString('hex'),
    token: letters(16),
    aesKey: letters(43),
    previousAesKey: null,
    originalId: `gh_${randomBytes(6).toString('hex')}`,
    ...options.account,
  }
}

function issueLoginCode(platform: Platform, openid: string, more: { unionId?: string; risky?: boolean } = {}): string {
  const code = `0${letters(31)}`
  const issued: LoginCode = {
    openid,
    unionId: more.unionId ?? null,
    risky: more.risky ?? false,
    issuedAt: platform.clock.now(),
    used: false,
  }
  platform.loginCodes.set(code, issued)
  return code
}

function issuePhoneCode(platform: Platform, phone: string, countryCode: string): string {
  const code = letters(32)
  platform.phoneCodes.set(code, { phone, countryCode, issuedAt: platform.clock.now(), used: false })
  return code
}

async function verifyAddress(account: Account, url: string, now: number, tamper?: (query: URLSearchParams) => void) {
  const timestamp = String(Math.floor(now / 1000))
  const nonce = String(randomBytes(4).readUInt32BE())
  const echostr = String(randomBytes(8).readBigUInt64BE())
  const query = new URLSearchParams({
    signature: signatureOf(account.token, timestamp, nonce),
    timestamp,
    nonce,
    echostr,
  })
  tamper?.(query)
  const response = await fetch(`${url}?${query}`, { redirect: 'manual' })
  const body = await response.text()
  return { ok: response.status === 200 && body === echostr, status: response.status, body }
}

export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('mock: no port')
  return address.port
}

export async function close(server: Server): Promise<void> {
  const closed = new Promise<void>(resolve => server.close(() => resolve()))
  server.closeAllConnections()
  await closed
}

/** What answers on one port of the platform. */
export interface Desk {
  /** Undefined for an address that the platform does not have. */
  endpoint(method: string, path: string): ((query: URLSearchParams, body: string) => ApiResult) | undefined
  now(): number
  journal: Call[]
  problems: string[]
  next(path: string): Fault | null
}

export async function answer(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://mock')
  const method = request.method ?? 'GET'
  const body = await readAll(request)
  const fault = desk.next(url.pathname)
  const call: Call = {
    at: desk.now(),
    method,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    body,
    status: 0,
    errcode: null,
    fault: fault === null ? null : JSON.stringify(fault),
  }
  desk.journal.push(call)
  const endpoint = desk.endpoint(method, url.pathname)
  if (!endpoint) {
    desk.problems.push(`unknown address called: ${method} ${url.pathname}`)
    return end(call, response, 404, 'text/html', '<h1>404 Not Found</h1>')
  }
  const run = (): ApiResult => endpoint(url.searchParams, body)
  if (fault === null) return endJson(call, response, run())
  await spoil(fault, run, call, response)
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function end(call: Call, response: ServerResponse, status: number, contentType: string, body: string): void {
  call.status = status
  response.writeHead(status, { 'content-type': contentType }).end(body)
}

/** The platform is not consistent about the type of its answers; a client that checks it is wrong. */
function endJson(call: Call, response: ServerResponse, result: ApiResult): void {
  const { file } = result
  if (file instanceof Uint8Array) {
    call.status = 200
    const headers = { 'content-type': 'image/jpeg', 'content-disposition': 'attachment; filename="photo.jpg"' }
    return void response.writeHead(200, headers).end(file)
  }
  call.errcode = typeof result['errcode'] === 'number' ? result['errcode'] : 0
  const type = call.path.startsWith('/sns/') ? 'text/plain' : 'application/json; encoding=utf-8'
  // Ids of forms are numbers of 64 bits, which JavaScript cannot write.
  end(call, response, 200, type, JSON.stringify(result).replace(/"msgid":"(\d+)"/, '"msgid":$1'))
}

function redirect(to: string, call: Call, response: ServerResponse): void {
  call.status = 307
  response.writeHead(307, { location: to }).end()
}

async function spoil(fault: Fault, run: () => ApiResult, call: Call, response: ServerResponse): Promise<void> {
  if (typeof fault === 'object') {
    if ('errcode' in fault) return endJson(call, response, problem(fault.errcode, fault.errmsg ?? 'injected'))
    if ('http' in fault) return end(call, response, fault.http, 'text/html', '<h1>injected</h1>')
    if ('redirect' in fault) return redirect(fault.redirect, call, response)
    const result = run()
    if ('answer' in fault) return endJson(call, response, fault.answer)
    await new Promise(resolve => setTimeout(resolve, fault.delayMs))
    return endJson(call, response, result)
  }
  if (fault === 'hang') return
  if (fault === 'resetBefore') return void response.socket?.resetAndDestroy()
  const text = JSON.stringify(run())
  if (fault === 'resetAfter') return void response.socket?.resetAndDestroy()
  if (fault === 'drip') return drip(text, call, response)
  const bodies = {
    truncated: text.slice(0, text.length / 2),
    html: '<!doctype html><title>502</title>',
    empty: '',
    huge: JSON.stringify({ errcode: 0, filler: 'x'.repeat(3_000_000) }),
  }
  end(call, response, 200, 'text/html', bodies[fault])
}

async function drip(text: string, call: Call, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' })
  for (const character of text) {
    if (response.destroyed) return
    response.write(character)
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  call.status = 200
  response.end()
}
