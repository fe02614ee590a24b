import type { TurnInput } from '../../conversation/types.ts'
import { readNews, type News } from './news.ts'
import { emptyFields, printable, textOf, type Fields } from './fields.ts'

/** What one callback means to us. */
export type InboundEvent =
  | InboundTurn
  /** The person unfollowed: nothing can be answered. */
  | { kind: 'left'; sender: string; messageKey: string }
  /** The person withdrew the authorisation: what we hold about `openid` must be deleted. */
  | { kind: 'revoked'; openid: string; messageKey: string }
  /** News about something we sent. `values`: the platform's own words, no personal data. */
  | { kind: 'status'; event: string; providerId: string | null; result: string | null; news: News }
  /** Acknowledged and recorded, without effect. */
  | { kind: 'ignored'; why: 'noSender' | 'noKey' | 'noContent' | 'unknown'; type: string }

export interface InboundTurn {
  kind: 'turn'
  sender: string
  /** The account written to; the answer names it as its sender. */
  account: string
  /** MsgId, or CreateTime + Event + EventKey: two events can share a second. */
  messageKey: string
  input: TurnInput
  /** What the history shows. For media the key of a sentence, see `saidKeys`. */
  said: string
}

/** Lines of the history for what is not text. */
export const saidKeys = {
  hello: 'wechat.said.hello',
  image: 'wechat.said.image',
  voice: 'wechat.said.voice',
  video: 'wechat.said.video',
} as const

/** What one kind of message is to the conversation; null when the field it lives on is not there. */
export type Heard = { input: TurnInput; said: string } | null

export type Listener = (fields: Fields) => Heard

/** Letters, digits, `_` and `-` (seen: 28); anything else did not come from the platform. */
const openidShape = /^[A-Za-z0-9_-]{1,64}$/

/** Event names differ in case between platforms and years: compared in lower case. */
const statusEvents = new Set([
  'templatesendjobfinish',
  'masssendjobfinish',
  'subscribe_msg_popup_event',
  'subscribe_msg_change_event',
  'subscribe_msg_sent_event',
  'wxa_media_check',
])

const hello: Heard = { input: { kind: 'hello' }, said: saidKeys.hello }

/** Turns a payload into one of our words. Total: whatever it does not know is `ignored`. */
export function parseInbound(fields: Fields): InboundEvent {
  const type = (textOf(fields, 'MsgType') ?? '').toLowerCase()
  const event = type === 'event' ? (textOf(fields, 'Event') ?? '').toLowerCase() : null
  if (event !== null && statusEvents.has(event)) return status(event, fields)
  const named = printable(event ?? type).slice(0, 64)
  const sender = textOf(fields, 'FromUserName') ?? ''
  if (!openidShape.test(sender)) return { kind: 'ignored', why: 'noSender', type: named }
  const messageKey = keyOf(fields, event ?? type)
  if (messageKey === null) return { kind: 'ignored', why: 'noKey', type: named }
  if (event === 'unsubscribe') return { kind: 'left', sender, messageKey }
  if (event === 'user_authorization_revoke') {
    return { kind: 'revoked', openid: textOf(fields, 'OpenID') ?? sender, messageKey }
  }
  const listener = event === null ? messages.get(type) : events.get(event)
  if (listener === undefined) return { kind: 'ignored', why: 'unknown', type: named }
  const heard = listener(fields)
  if (heard === null) return { kind: 'ignored', why: 'noContent', type: named }
  return { kind: 'turn', sender, account: textOf(fields, 'ToUserName') ?? '', messageKey, ...heard }
}

/** One row per message type a person can send. */
const messages = new Map<string, Listener>(
  Object.entries({
    text: (fields: Fields): Heard => spoken(textOf(fields, 'Content')),
    // Recognition is being withdrawn by the platform and often empty: never depended upon.
    voice: (fields: Fields): Heard => spoken(trimmed(fields, 'Recognition')) ?? media(fields, 'voice'),
    image: (fields: Fields): Heard => media(fields, 'image'),
    video: (fields: Fields): Heard => media(fields, 'video'),
    shortvideo: (fields: Fields): Heard => media(fields, 'video'),
    location: (fields: Fields): Heard => located(fields),
    link: (fields: Fields): Heard => spoken(trimmed(fields, 'Title')),
  }),
)

/** One row per event that is an act of a person towards us. */
const events = new Map<string, Listener>(
  Object.entries({
    subscribe: () => hello,
    scan: () => hello,
    user_enter_tempsession: () => hello,
    click: (fields: Fields): Heard => spoken(trimmed(fields, 'EventKey')),
  }),
)

export function trimmed(fields: Fields, name: string): string | null {
  return textOf(fields, name)?.trim() || null
}

export function spoken(content: string | null): Heard {
  if (content === null) return null
  const text = printable(content)
  return { input: { kind: 'text', text }, said: text }
}

/** Where a person is, by the name the map gives it. Without a name it says nothing that we could repeat. */
export function located(fields: Fields): Heard {
  const heard = spoken(trimmed(fields, 'Label'))
  const [latitude, longitude] = [Number(trimmed(fields, 'Location_X')), Number(trimmed(fields, 'Location_Y'))]
  const isPlace = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && (latitude !== 0 || longitude !== 0)
  if (heard?.input.kind !== 'text' || !isPlace) return heard
  return { ...heard, input: { ...heard.input, place: { latitude, longitude } } }
}

export function media(fields: Fields, mediaType: 'image' | 'voice' | 'video'): Heard {
  const mediaId = trimmed(fields, 'MediaId')
  return mediaId === null ? null : { input: { kind: 'media', mediaId, mediaType }, said: saidKeys[mediaType] }
}

/** Ids have up to 64 bits, and mini-program ids need not be numbers: text, never a number. */
function keyOf(fields: Fields, name: string): string | null {
  const id = textOf(fields, 'MsgId') ?? textOf(fields, 'MsgID')
  if (id) return printable(id).slice(0, 128)
  if ('MsgId' in fields || 'MsgID' in fields) return null
  const created = textOf(fields, 'CreateTime')
  if (!created || !/^\d{1,13}$/.test(created)) return null
  return printable(`${created}:${name}:${textOf(fields, 'EventKey') ?? ''}`)
}

function status(event: string, fields: Fields): InboundEvent {
  const values = flat(fields)
  return {
    kind: 'status',
    event,
    news: readNews(event, fields),
    providerId: textOf(values, 'MsgID') ?? textOf(values, 'MsgId') ?? textOf(values, 'trace_id'),
    result:
      textOf(values, 'Status') ??
      textOf(values, 'ErrorStatus') ??
      textOf(values, 'SubscribeStatusString') ??
      textOf(values, 'suggest'),
  }
}

/** The first entry of `List` or `result` with the fields around it; a list of one is written as an object in JSON. */
function flat(fields: Fields): Fields {
  const out: Fields = Object.assign(emptyFields(), fields)
  for (const name of ['SubscribeMsgPopupEvent', 'SubscribeMsgChangeEvent', 'SubscribeMsgSentEvent', 'List', 'result']) {
    const value = out[name]
    const first = Array.isArray(value) ? value[0] : value
    if (typeof first === 'object' && !Array.isArray(first)) Object.assign(out, first)
  }
  return out
}
