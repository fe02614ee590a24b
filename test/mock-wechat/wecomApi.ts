import { randomBytes } from 'node:crypto'
import { problem, type ApiResult } from './api.ts'
import type { MockClock } from './clock.ts'

export interface Card {
  taskId: string
  summary: string
  lines: string[]
  buttons: { text: string; key: string }[]
  /** What stands where the buttons were. */
  replaced: string | null
  /** One for the sending and one for each press; true once it was used. */
  responseCodes: Map<string, boolean>
}

export interface Member {
  userId: string
  visible: boolean
  texts: string[]
  cards: Card[]
}

export interface WecomPlatform {
  app: { corpId: string; agentId: number; secret: string }
  clock: MockClock
  /** By lower-case id. */
  members: Map<string, Member>
  /** Valid until. */
  tokens: Map<string, number>
  codes: Map<string, { userId: string | null; at: number; used: boolean }>
  /** What members sent, by media id; kept for three days. */
  media: Map<string, { bytes: Uint8Array; at: number }>
  /** Whether the caller's address is on the list. */
  trusted: boolean
}

type Endpoint = (platform: WecomPlatform, query: URLSearchParams, body: string) => ApiResult

export const wecomEndpoints: Record<string, Endpoint | undefined> = {
  'GET /cgi-bin/gettoken': getToken,
  'POST /cgi-bin/message/send': guarded(send),
  'POST /cgi-bin/message/update_template_card': guarded(updateCard),
  'GET /cgi-bin/auth/getuserinfo': guarded(userInfo),
  'GET /cgi-bin/media/get': guarded(getMedia),
}

const LIFE_MS = 7200_000

/** The same one while it is valid, for everybody who asks. */
function getToken({ app, clock, tokens }: WecomPlatform, query: URLSearchParams): ApiResult {
  if (query.get('corpid') !== app.corpId) return problem(40013, 'invalid corpid')
  if (query.get('corpsecret') !== app.secret) return problem(40001, 'invalid credential')
  const now = clock.now()
  const known = [...tokens].find(([, until]) => until - 300_000 > now)
  const token = known?.[0] ?? randomBytes(64).toString('base64url')
  if (!known) tokens.set(token, now + LIFE_MS)
  return { errcode: 0, errmsg: 'ok', access_token: token, expires_in: ((known?.[1] ?? now + LIFE_MS) - now) / 1000 }
}

function guarded(run: Endpoint): Endpoint {
  return (platform, query, body) => {
    const token = query.get('access_token')
    if (!token) return problem(41001, 'access_token missing')
    const until = platform.tokens.get(token)
    if (until === undefined) return problem(40014, 'invalid access_token')
    if (until <= platform.clock.now()) return problem(42001, 'access_token expired')
    if (!platform.trusted) return problem(60020, 'not allow to access from your ip, from ip: 203.0.113.7,')
    return run(platform, query, body)
  }
}

type Json = Record<string, unknown>
const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const records = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isRecord) : [])
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const part = (of: Json, name: string): Json => (isRecord(of[name]) ? of[name] : {})

function send({ app, members }: WecomPlatform, _query: URLSearchParams, body: string): ApiResult {
  const message: unknown = JSON.parse(body)
  if (!isRecord(message)) return problem(47001, 'data format error')
  if (message['agentid'] !== app.agentId) return problem(40056, 'invalid agentid')
  const wanted = textOf(message['touser']).split('|').filter(Boolean)
  if (wanted.length === 0) return problem(82001, 'targets all empty')
  const found = wanted.flatMap(id => members.get(id.toLowerCase()) ?? []).filter(({ visible }) => visible)
  if (found.length === 0) return problem(81013, 'user & party & tag all invalid')
  const lost = wanted.filter(id => !members.get(id.toLowerCase())?.visible).map(id => id.toLowerCase())
  const responseCode = randomBytes(16).toString('hex')
  for (const member of found) {
    const wrong = showTo(member, message, responseCode)
    if (wrong) return wrong
  }
  return {
    errcode: 0,
    errmsg: 'ok',
    invaliduser: lost.join('|'),
    msgid: randomBytes(8).toString('hex'),
    response_code: responseCode,
  }
}

function showTo(member: Member, message: Json, responseCode: string): ApiResult | null {
  if (message['msgtype'] === 'text') {
    const content = textOf(part(message, 'text')['content'])
    if (content === '') return problem(44004, 'empty content')
    if (Buffer.byteLength(content) > 2048) return problem(45002, 'content size out of limit')
    member.texts.push(content)
    return null
  }
  if (message['msgtype'] !== 'template_card') return problem(40008, 'invalid message type')
  const notice = part(message, 'template_card')
  if (notice['card_type'] === 'text_notice') return showNotice(member, notice)
  const card = cardOf(part(message, 'template_card'), responseCode)
  if (typeof card === 'string') return problem(40058, `invalid ${card}`)
  // The duplicate check: the same card twice is shown once.
  if (message['enable_duplicate_check'] !== 1 || !member.cards.some(({ taskId }) => taskId === card.taskId)) {
    member.cards.push(card)
  }
  return null
}

/** A card without buttons, which opens a page: shown as a text is. */
function showNotice(member: Member, notice: Json): ApiResult | null {
  const [title, body] = [textOf(part(notice, 'main_title')['title']), textOf(notice['sub_title_text'])]
  const action = part(notice, 'card_action')
  if ([...title].length > 36 || (title === '' && body === '')) return problem(40058, 'invalid main_title')
  if ([...body].length > 160) return problem(40058, 'invalid sub_title_text')
  if (action['type'] !== 1 || !/^https?:/.test(textOf(action['url']))) return problem(40058, 'invalid card_action')
  member.texts.push(`〔${title}〕${body} → ${textOf(action['url'])}`)
  return null
}

const MEDIA_LIFE_MS = 3 * 86_400_000

function getMedia({ media, clock }: WecomPlatform, query: URLSearchParams): ApiResult {
  const found = media.get(query.get('media_id') ?? '')
  if (!found || clock.now() - found.at > MEDIA_LIFE_MS) return problem(40007, 'invalid media_id')
  return { file: found.bytes }
}

const bytesOf = (text: string) => Buffer.byteLength(text)

/** 二级标题 and its text, in characters. */
function isLine({ keyname, value }: Json): boolean {
  const name = [...textOf(keyname)].length
  return name > 0 && name <= 5 && [...textOf(value)].length <= 26
}

/** The card, or the name of the field that is wrong. */
function cardOf(given: Json, responseCode: string): Card | string {
  const taskId = textOf(given['task_id'])
  const buttons = records(given['button_list']).map(({ text, key }) => ({ text: textOf(text), key: textOf(key) }))
  const lines = records(given['horizontal_content_list'])
  if (given['card_type'] !== 'button_interaction') return 'card_type'
  if (!/^[0-9A-Za-z_@-]{1,128}$/.test(taskId)) return 'task_id'
  if ([...textOf(part(given, 'main_title')['title'])].length > 36) return 'main_title.title'
  if ([...textOf(given['sub_title_text'])].length > 160) return 'sub_title_text'
  if (lines.length > 6 || lines.some(line => !isLine(line))) return 'horizontal_content_list'
  if (buttons.length === 0 || buttons.length > 6) return 'button_list'
  if (buttons.some(({ text, key }) => text === '' || [...text].length > 10 || key === '' || bytesOf(key) > 1024)) {
    return 'button_list'
  }
  return {
    ...{ taskId, buttons, summary: textOf(given['sub_title_text']), replaced: null },
    lines: lines.map(({ keyname, value }) => `${textOf(keyname)}：${textOf(value)}`),
    responseCodes: new Map([[responseCode, false]]),
  }
}

function updateCard({ app, members }: WecomPlatform, _query: URLSearchParams, body: string): ApiResult {
  const asked: unknown = JSON.parse(body)
  if (!isRecord(asked) || asked['agentid'] !== app.agentId) return problem(40056, 'invalid agentid')
  const code = textOf(asked['response_code'])
  const card = [...members.values()].flatMap(({ cards }) => cards).find(({ responseCodes }) => responseCodes.has(code))
  if (!card || card.responseCodes.get(code)) return problem(40058, 'response_code invalid or used')
  card.responseCodes.set(code, true)
  card.replaced = textOf(part(asked, 'button')['replace_name'])
  return { errcode: 0, errmsg: 'ok', invaliduser: [] }
}

function userInfo({ codes, clock }: WecomPlatform, query: URLSearchParams): ApiResult {
  const code = codes.get(query.get('code') ?? '')
  if (!code || code.used || clock.now() - code.at > 300_000) return problem(40029, 'invalid code')
  code.used = true
  return code.userId === null
    ? { errcode: 0, errmsg: 'ok', openid: 'oOutside', external_userid: 'wmOutside' }
    : { errcode: 0, errmsg: 'ok', userid: code.userId }
}
