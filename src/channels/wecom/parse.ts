import { printable, textOf, type Fields } from '../wechat-official/fields.ts'
import {
  located,
  media,
  saidKeys,
  spoken,
  trimmed,
  type Heard,
  type InboundTurn,
  type Listener,
} from '../wechat-official/parse.ts'
import { memberId } from './account.ts'

/** What one callback of the app means to us. */
export type WecomEvent =
  | InboundTurn
  | CardPress
  /** Acknowledged and recorded, without effect. */
  | { kind: 'ignored'; why: 'noSender' | 'noKey' | 'noContent' | 'unknown' | 'otherApp' | 'quiet'; type: string }

/** A button of a card. */
export interface CardPress {
  kind: 'press'
  sender: string
  /** What stood in the button. */
  buttonKey: string
  /** The card, by the number we gave it. */
  cardId: string
  /** Lets the card be changed once. */
  responseCode: string
}

/** Turns a payload into one of our words. Total: whatever it does not know is `ignored`. */
export function parseWecom(fields: Fields, agentId: number): WecomEvent {
  const type = (textOf(fields, 'MsgType') ?? '').toLowerCase()
  const event = type === 'event' ? (textOf(fields, 'Event') ?? '').toLowerCase() : null
  const named = printable(event ?? type).slice(0, 64)
  const ignored = (why: Extract<WecomEvent, { kind: 'ignored' }>['why']): WecomEvent => ({
    kind: 'ignored',
    why,
    type: named,
  })
  const app = textOf(fields, 'AgentID')
  if (app !== null && app !== String(agentId)) return ignored('otherApp')
  const sender = memberId(textOf(fields, 'FromUserName'))
  if (sender === null) return ignored('noSender')
  if (event === 'template_card_event') return pressOf(fields, sender) ?? ignored('noContent')
  if (event !== null && quiet.has(event)) return ignored('quiet')
  const listener = event === null ? messages.get(type) : events.get(event)
  if (listener === undefined) return ignored('unknown')
  const messageKey = keyOf(fields, event)
  if (messageKey === null) return ignored('noKey')
  const heard = listener(fields)
  if (heard === null) return ignored('noContent')
  return { kind: 'turn', sender, account: textOf(fields, 'ToUserName') ?? '', messageKey, ...heard }
}

/** Opening the chat is no question: an officer who does it thirty times a day is not greeted thirty times. */
const quiet = new Set(['enter_agent', 'unsubscribe', 'location', 'view'])

const messages = new Map<string, Listener>(
  Object.entries({
    text: (fields: Fields): Heard => spoken(textOf(fields, 'Content')),
    image: (fields: Fields): Heard => media(fields, 'image'),
    // This platform writes down no speech; the sound goes the way of every recording.
    voice: (fields: Fields): Heard => media(fields, 'voice'),
    video: (fields: Fields): Heard => media(fields, 'video'),
    location: (fields: Fields): Heard => located(fields),
    link: (fields: Fields): Heard => spoken(trimmed(fields, 'Title')),
  }),
)

const events = new Map<string, Listener>(
  Object.entries({
    subscribe: (): Heard => ({ input: { kind: 'hello' }, said: saidKeys.hello }),
    click: (fields: Fields): Heard => spoken(trimmed(fields, 'EventKey')),
  }),
)

/** Ids have up to 64 bits: text, never a number. An event has none; two of them may share a second. */
function keyOf(fields: Fields, event: string | null): string | null {
  const id = textOf(fields, 'MsgId')
  if (id) return printable(id).slice(0, 128)
  const created = textOf(fields, 'CreateTime')
  if (event === null || !created || !/^\d{1,13}$/.test(created)) return null
  return printable(`${created}:${event}:${(textOf(fields, 'EventKey') ?? '').slice(0, 128)}`)
}

function pressOf(fields: Fields, sender: string): CardPress | null {
  const buttonKey = textOf(fields, 'EventKey')
  const cardId = textOf(fields, 'TaskId')
  const responseCode = textOf(fields, 'ResponseCode')
  if (!buttonKey || !cardId || !responseCode) return null
  return { kind: 'press', sender, buttonKey, cardId, responseCode }
}
