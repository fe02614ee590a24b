import { randomBytes } from 'node:crypto'
import type { MockClock } from './clock.ts'
import { shownForm, takeConsent, wrongField, type MockForm } from './forms.ts'
import type { People, Person } from './people.ts'
import type { App, TokenOffice } from './tokens.ts'

/** Everything an endpoint may look at. */
export interface Platform {
  clock: MockClock
  people: People
  tokens: TokenOffice
  official: App
  mini: App
  loginCodes: Map<string, LoginCode>
  /** Of the phone button: other codes than those of the log-in. */
  phoneCodes: Map<string, PhoneCode>
  /** Forms of the accounts, by their id. */
  forms: Map<string, MockForm>
  /** Messages by form that were shown within ten minutes, by their client_msg_id. */
  shownForms: Map<string, { at: number; msgid: string }>
  nextFormId(): string
  /** What people sent, by media id; kept for three days. */
  media: Map<string, { bytes: Uint8Array; at: number }>
}

export interface LoginCode {
  openid: string
  unionId: string | null
  risky: boolean
  issuedAt: number
  used: boolean
}

export interface PhoneCode {
  phone: string
  countryCode: string
  issuedAt: number
  used: boolean
}

export interface ApiRequest {
  method: string
  path: string
  query: URLSearchParams
  body: string
}

export type ApiResult = Record<string, unknown>
type Endpoint = (platform: Platform, request: ApiRequest) => ApiResult

/** `POST /path`; whatever is not here is answered 404 and recorded as a surprise. */
export const endpoints: Record<string, Endpoint | undefined> = {
  'POST /cgi-bin/stable_token': stableToken,
  'GET /cgi-bin/token': plainToken,
  'POST /cgi-bin/message/custom/send': customSend,
  'POST /cgi-bin/message/custom/typing': typing,
  'POST /cgi-bin/message/subscribe/bizsend': sendForm('bizsend'),
  'POST /cgi-bin/message/template/send': sendForm('template'),
  'POST /cgi-bin/message/subscribe/send': sendForm('subscribe'),
  'GET /cgi-bin/getcallbackip': callbackIp,
  'GET /sns/jscode2session': codeToSession,
  'POST /wxa/business/getuserphonenumber': userPhone,
  'GET /cgi-bin/media/get': getMedia,
}

/** The platform hides a request id in every message of an error. */
export function problem(errcode: number, errmsg: string): ApiResult {
  return { errcode, errmsg: `${errmsg} rid: ${randomBytes(4).toString('hex')}-${randomBytes(4).toString('hex')}` }
}

const ok: ApiResult = { errcode: 0, errmsg: 'ok' }

function credentialProblem(
  { official, mini }: Platform,
  appId: string | null,
  secret: string | null,
): ApiResult | null {
  const app = [official, mini].find(each => each.appId === appId)
  if (!app) return problem(40013, 'invalid appid')
  return app.secret === secret ? null : problem(40125, 'invalid appsecret')
}

function stableToken(platform: Platform, { body }: ApiRequest): ApiResult {
  const asked = readJson(body)
  if (!asked) return problem(47001, 'data format error')
  if (asked['grant_type'] !== 'client_credential') return problem(40002, 'invalid grant_type')
  const appId = String(asked['appid'])
  const wrong = credentialProblem(platform, appId, String(asked['secret']))
  if (wrong) return wrong
  const issued = platform.tokens.stable(appId, asked['force_refresh'] === true, platform.clock.now())
  if ('errcode' in issued) return problem(issued.errcode, 'force_refresh too often')
  return { access_token: issued.token, expires_in: issued.seconds }
}

function plainToken(platform: Platform, { query }: ApiRequest): ApiResult {
  if (query.get('grant_type') !== 'client_credential') return problem(40002, 'invalid grant_type')
  const appId = query.get('appid')
  const wrong = credentialProblem(platform, appId, query.get('secret'))
  if (wrong) return wrong
  const issued = platform.tokens.fresh(appId ?? '', platform.clock.now())
  return { access_token: issued.token, expires_in: issued.seconds }
}

function tokenProblem(platform: Platform, query: URLSearchParams, app: App): ApiResult | null {
  const errcode = platform.tokens.check(query.get('access_token'), app.appId, platform.clock.now())
  const texts: Record<number, string> = {
    41001: 'access_token missing',
    40001: 'invalid credential, access_token is invalid or not latest',
    42001: 'access_token expired',
    48001: 'api unauthorized',
  }
  return errcode === 0 ? null : problem(errcode, texts[errcode] ?? 'token')
}

function customSend(platform: Platform, { query, body }: ApiRequest): ApiResult {
  const wrong = tokenProblem(platform, query, platform.official)
  if (wrong) return wrong
  const message = readJson(body)
  if (!message) return problem(47001, 'data format error')
  if (/(?<!\\)\\u[0-9a-f]{4}/i.test(body)) return problem(40033, 'invalid charset')
  const person = platform.people.known(String(message['touser']))
  if (!person) return problem(40003, 'invalid openid')
  if (!person.following) return problem(43004, 'require subscribe')
  const shown = shownText(message)
  if (typeof shown !== 'string') return shown
  const now = platform.clock.now()
  const closed = person.window.take(now)
  if (closed !== 0)
    return problem(closed, closed === 45015 ? 'response out of time limit' : 'out of response count limit')
  person.typingUntil = 0
  person.lines.push({ at: now, from: 'account', via: 'api', type: String(message['msgtype']), text: shown })
  return ok
}

function sendForm(by: MockForm['by']): Endpoint {
  return (platform, { query, body }) => {
    const wrong = tokenProblem(platform, query, by === 'subscribe' ? platform.mini : platform.official)
    if (wrong) return wrong
    const asked = readJson(body)
    if (!asked) return problem(47001, 'data format error')
    const person = platform.people.known(String(asked['touser']))
    if (!person) return problem(40003, 'invalid openid')
    const form = platform.forms.get(String(asked['template_id']))
    if (form?.by !== by) return problem(40037, 'invalid template_id')
    if (by === 'template' && !person.following) return problem(43004, 'require subscribe')
    const { data, page } = asked
    if (!isRecord(data)) return problem(47003, 'argument invalid! data is empty')
    const field = wrongField(form, data)
    if (field !== null) return problem(47003, `argument invalid! data.${field}.value invalid`)
    if (by === 'subscribe' && typeof page === 'string' && page.startsWith('/')) return problem(41030, 'invalid page')
    return showForm(platform, person, form, { data, clientId: asked['client_msg_id'] })
  }
}

function showForm(
  { clock, shownForms, nextFormId }: Platform,
  person: Person,
  form: MockForm,
  { data, clientId }: { data: Record<string, unknown>; clientId: unknown },
): ApiResult {
  const now = clock.now()
  const before = typeof clientId === 'string' ? shownForms.get(`${person.openid} ${clientId}`) : undefined
  if (before && now - before.at < 600_000) return { ...ok, msgid: before.msgid }
  if (!takeConsent(person, form)) return problem(43101, 'user refuse to accept the msg')
  const msgid = nextFormId()
  if (typeof clientId === 'string') shownForms.set(`${person.openid} ${clientId}`, { at: now, msgid })
  person.lines.push({ at: now, from: 'account', via: 'api', type: 'form', text: shownForm(form, data) })
  return { ...ok, msgid }
}

/** What the person will read, or the errcode of a message that is not right. */
function shownText(message: Record<string, unknown>): string | ApiResult {
  const type = String(message['msgtype'])
  const content = message[type]
  if (!messageTypes.has(type)) return problem(40008, 'invalid message type')
  if (!isRecord(content)) return problem(47001, `data format error: ${type} missing`)
  if (type === 'text') return checkedText(content['content'])
  if (type !== 'msgmenu') return `[${type}]`
  const list = Array.isArray(content['list']) ? content['list'].filter(isRecord) : []
  const lines = [content['head_content'], ...list.map(item => item['content']), content['tail_content']]
  return checkedText(lines.filter(line => typeof line === 'string' && line !== '').join('\n'))
}

const messageTypes = new Set([
  'text',
  'image',
  'voice',
  'video',
  'music',
  'news',
  'mpnews',
  'mpnewsarticle',
  'msgmenu',
  'wxcard',
  'miniprogrampage',
])

function checkedText(text: unknown): string | ApiResult {
  if (typeof text !== 'string' || text === '') return problem(44004, 'empty content')
  return Buffer.byteLength(text) > 2048 ? problem(45002, 'content size out of limit') : text
}

/** 临时素材: three days. */
const MEDIA_LIFE_MS = 3 * 86_400_000

function getMedia(platform: Platform, { query }: ApiRequest): ApiResult {
  const wrong = tokenProblem(platform, query, platform.official)
  if (wrong) return wrong
  const found = platform.media.get(query.get('media_id') ?? '')
  if (!found || platform.clock.now() - found.at > MEDIA_LIFE_MS) return problem(40007, 'invalid media_id')
  return { file: found.bytes }
}

function typing(platform: Platform, { query, body }: ApiRequest): ApiResult {
  const wrong = tokenProblem(platform, query, platform.official)
  if (wrong) return wrong
  const asked = readJson(body)
  if (!asked) return problem(47001, 'data format error')
  const person = platform.people.known(String(asked['touser']))
  if (!person) return problem(40003, 'invalid openid')
  const now = platform.clock.now()
  if (asked['command'] === 'CancelTyping') {
    person.typingUntil = 0
    return ok
  }
  if (asked['command'] !== 'Typing') return problem(45072, 'invalid command')
  if (person.typingUntil > now) return problem(45081, 'already typing')
  if (now - person.lastHeard > 30_000) return problem(45080, 'nothing heard in the last 30 s')
  person.typingUntil = now + 15_000
  return ok
}

function callbackIp(platform: Platform, { query }: ApiRequest): ApiResult {
  return tokenProblem(platform, query, platform.official) ?? { ip_list: ['127.0.0.1'] }
}

function codeToSession(platform: Platform, { query }: ApiRequest): ApiResult {
  const { mini, loginCodes, clock } = platform
  if (query.get('appid') !== mini.appId) return problem(40013, 'invalid appid')
  if (query.get('secret') !== mini.secret) return problem(40125, 'invalid appsecret')
  if (query.get('grant_type') !== 'authorization_code') return problem(40002, 'invalid grant_type')
  const code = loginCodes.get(query.get('js_code') ?? '')
  const now = clock.now()
  if (!code || now - code.issuedAt > 300_000) return problem(40029, 'invalid code')
  if (code.used) return problem(40163, 'code been used')
  code.used = true
  if (code.risky) return problem(40226, 'code blocked')
  const person = platform.people.of(code.openid)
  person.logins = [...person.logins.filter(at => at > now - 60_000), now]
  if (person.logins.length > 100) return problem(45011, 'api minute-quota reach limit')
  return {
    session_key: randomBytes(16).toString('base64'),
    openid: code.openid,
    ...(code.unionId === null ? {} : { unionid: code.unionId }),
  }
}

function userPhone(platform: Platform, { query, body }: ApiRequest): ApiResult {
  const wrong = tokenProblem(platform, query, platform.mini)
  if (wrong) return wrong
  const asked = readJson(body)
  if (!asked) return problem(47001, 'data format error')
  const code = platform.phoneCodes.get(String(asked['code']))
  const now = platform.clock.now()
  if (!code || code.used || now - code.issuedAt > 300_000) return problem(40029, 'invalid code')
  code.used = true
  const { phone, countryCode } = code
  const watermark = { timestamp: Math.floor(now / 1000), appid: platform.mini.appId }
  const phoneNumber = countryCode === '86' ? phone : `+${countryCode}${phone}`
  return { ...ok, phone_info: { phoneNumber, purePhoneNumber: phone, countryCode, watermark } }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readJson(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}
