import { deliver, type Attempt, type Delivery, type DeliveryRules } from './delivery.ts'
import type { Asked, Format, Mode } from './judge.ts'
import { UNAVAILABLE, type Line, type Person } from './people.ts'
import type { MockForm } from './forms.ts'
import { makePush, type Account, type Push, type PushOptions } from './push.ts'
import type { Act } from './window.ts'

/** How and where pushes go, unless a delivery says otherwise. */
export interface Connection {
  urls: string[]
  mode: Mode
  format: Format
}

export type DeliverOptions = Partial<PushOptions & DeliveryRules & { urls: string[]; msgId: bigint | null }>

export interface UserDeps {
  person: Person
  account: Account
  connection(): Connection
  rules: DeliveryRules
  /** Platform time, ms: windows and transcripts. */
  now(): number
  /** Real time, ms: what pushes are dated and signed with. */
  pushTime(): number
  nextMsgId(): bigint
  forms: ReadonlyMap<string, MockForm>
  problem(what: string): void
}

/** A person with a phone. Each act is a push; each resolves when the platform has stopped delivering it. */
export interface MockUser {
  openid: string
  follow(scene?: string, options?: DeliverOptions): Promise<Delivery>
  unfollow(options?: DeliverOptions): Promise<Delivery>
  scan(scene: string, options?: DeliverOptions): Promise<Delivery>
  say(text: string, options?: DeliverOptions): Promise<Delivery>
  /** Says the number that stands before this label in the last message of the account. */
  choose(label: string, options?: DeliverOptions): Promise<Delivery>
  tapMenu(key: string, options?: DeliverOptions): Promise<Delivery>
  sendImage(mediaId?: string, options?: DeliverOptions): Promise<Delivery>
  /** Without `recognition` the field is there and empty, as it mostly is today. */
  sendVoice(recognition?: string, options?: DeliverOptions): Promise<Delivery>
  sendLocation(label: string, options?: DeliverOptions): Promise<Delivery>
  /** Taps "allow" or "refuse" on the card that asks for a form. */
  answerCard(templateId: string, answer: 'accept' | 'reject', options?: DeliverOptions): Promise<Delivery>
  /** Switches a form off in the settings of the account. */
  switchOff(templateId: string, options?: DeliverOptions): Promise<Delivery>
  /** The platform tells what became of a message by form. */
  tellFinish(msgid: string, status: string, options?: DeliverOptions): Promise<Delivery>
  /** Takes back the authorisation: everything about this person must go. */
  revoke(options?: DeliverOptions): Promise<Delivery>
  /** Any push at all; ToUserName, FromUserName and CreateTime are filled in when missing. */
  push(fields: Record<string, unknown>, options?: DeliverOptions): Promise<Delivery>
  /** A later duplicate: the very same bytes once more. Shows nothing. */
  again(delivery: Delivery, url?: string): Promise<Attempt>
  /** Everything on the phone, oldest first. */
  transcript(): Line[]
  /** Only what the account and the platform said. */
  seen(): string[]
  /** The line in which the account (in chat or by API) says this, as soon as there is one. */
  waitFor(what: string | RegExp, timeoutMs?: number): Promise<Line>
}

export function mockUser(deps: UserDeps): MockUser {
  const { person } = deps
  const event = (name: string, more: Record<string, unknown>, options?: DeliverOptions): Promise<Delivery> =>
    send(deps, { MsgType: 'event', Event: name, ...more }, { msgId: null, ...options })
  const message = (type: string, more: Record<string, unknown>, options?: DeliverOptions): Promise<Delivery> =>
    send(deps, { MsgType: type, ...more }, options)
  const say = (text: string, options?: DeliverOptions): Promise<Delivery> => {
    heard(deps, 'message', 'text', text)
    return message('text', { Content: text }, options)
  }
  return {
    openid: person.openid,
    follow(scene, options) {
      heard(deps, 'follow', 'event', '[关注]')
      return event('subscribe', scene === undefined ? { EventKey: '' } : scanned(`qrscene_${scene}`), options)
    },
    unfollow(options) {
      person.following = false
      return event('unsubscribe', { EventKey: '' }, options)
    },
    scan(scene, options) {
      heard(deps, 'scan', 'event', '[扫码]')
      return event('SCAN', scanned(scene), options)
    },
    say,
    choose: (label, options) => say(numberOf(person, label), options),
    tapMenu(key, options) {
      heard(deps, 'menu', 'event', `[菜单] ${key}`)
      return event('CLICK', { EventKey: key, MenuId: 100 }, options)
    },
    sendImage(mediaId = 'mock-image-1', options) {
      heard(deps, 'message', 'image', '[图片]')
      return message('image', { PicUrl: 'http://mmbiz.example.invalid/1', MediaId: mediaId }, options)
    },
    sendVoice(recognition = '', options) {
      heard(deps, 'message', 'voice', `[语音] ${recognition}`.trim())
      return message('voice', { MediaId: 'mock-voice-1', Format: 'amr', Recognition: recognition }, options)
    },
    sendLocation(label, options) {
      heard(deps, 'message', 'location', `[位置] ${label}`)
      return message('location', { Location_X: 30.1, Location_Y: 114.5, Scale: 15, Label: label }, options)
    },
    answerCard(templateId, answer, options) {
      const form = deps.forms.get(templateId)
      const left = person.allowed.get(templateId) ?? 0
      if (answer === 'accept') person.allowed.set(templateId, form?.consent === 'lasting' ? Infinity : left + 1)
      const entry = { TemplateId: templateId, SubscribeStatusString: answer, PopupScene: '0' }
      return event('subscribe_msg_popup_event', { SubscribeMsgPopupEvent: { List: entry } }, options)
    },
    switchOff(templateId, options) {
      person.allowed.delete(templateId)
      const entry = { TemplateId: templateId, SubscribeStatusString: 'reject' }
      return event('subscribe_msg_change_event', { SubscribeMsgChangeEvent: { List: entry } }, options)
    },
    tellFinish: (msgid, status, options) => event('TEMPLATESENDJOBFINISH', { MsgID: msgid, Status: status }, options),
    revoke: options =>
      event(
        'user_authorization_revoke',
        { OpenID: person.openid, AppID: deps.account.appId, RevokeInfo: '1' },
        options,
      ),
    push: (fields, options) => send(deps, fields, options),
    again: (delivery, url) => again(deps, delivery, url),
    transcript: () => [...person.lines],
    seen: () => person.lines.filter(line => line.from !== 'person').map(line => line.text),
    waitFor: (what, timeoutMs) => waitFor(person, what, timeoutMs),
  }
}

function scanned(scene: string): Record<string, unknown> {
  return { EventKey: scene, Ticket: 'mock-ticket' }
}

/** What every act of a person does to the platform's own books. */
function heard(deps: UserDeps, act: Act, type: string, text: string): void {
  const { person } = deps
  const now = deps.now()
  person.following = true
  person.lastHeard = now
  person.window.opened(act, now)
  person.lines.push({ at: now, from: 'person', via: 'chat', type, text })
}

async function send(deps: UserDeps, fields: Record<string, unknown>, options: DeliverOptions = {}): Promise<Delivery> {
  const { person, account, rules } = deps
  const connection = deps.connection()
  const seconds = Math.floor(deps.pushTime() / 1000)
  const msgId = options.msgId === undefined ? deps.nextMsgId() : options.msgId
  const base = { ToUserName: account.originalId, FromUserName: person.openid, CreateTime: seconds }
  const full = { ...base, ...fields, ...(msgId === null ? {} : { MsgId: msgId }) }
  const push = makePush(account, full, { ...connection, ...options }, seconds)
  const urls = options.urls ?? connection.urls
  const asked = askedFor(deps, push, options)
  const attempts = await deliver(urls, push, asked, { ...rules, ...options })
  const { shown, unavailable } = show(deps, attempts, full)
  return { msgId: msgId === null ? null : String(msgId), push, asked, attempts, shown, unavailable }
}

function askedFor({ account, person, connection, pushTime }: UserDeps, push: Push, options: DeliverOptions): Asked {
  const { mode, format } = { ...connection(), ...options }
  const { originalId, appId, token } = account
  return { mode, format, openid: person.openid, originalId, appId, token, aesKey: push.aesKey, now: pushTime() / 1000 }
}

/** One push shows one thing at most, however often it was delivered. */
function show(
  deps: UserDeps,
  attempts: Attempt[],
  fields: Record<string, unknown>,
): Pick<Delivery, 'shown' | 'unavailable'> {
  const { person } = deps
  const verdicts = attempts.flatMap(({ verdict }) => verdict ?? [])
  for (const verdict of verdicts) if (!verdict.ok) deps.problem(`malformed answer: ${verdict.why}`)
  const message = verdicts.find(verdict => verdict.ok && verdict.kind === 'message')
  const line = { at: deps.now(), from: 'account', via: 'passive' } as const
  if (message?.ok && message.kind === 'message') {
    if (!person.following) {
      deps.problem('answered a person who has left')
      return { shown: null, unavailable: false }
    }
    person.lines.push({ ...line, type: message.type, text: message.text })
    return { shown: message.text, unavailable: false }
  }
  if (verdicts.some(verdict => verdict.ok) || fields['Event'] === 'unsubscribe')
    return { shown: null, unavailable: false }
  person.lines.push({ at: deps.now(), from: 'platform', via: 'platform', type: 'text', text: UNAVAILABLE })
  return { shown: UNAVAILABLE, unavailable: true }
}

async function again(deps: UserDeps, delivery: Delivery, url?: string): Promise<Attempt> {
  const [attempt] = await deliver([url ?? deps.connection().urls[0] ?? ''], delivery.push, delivery.asked, {
    ...deps.rules,
    attempts: 1,
  })
  if (!attempt) throw new Error('mock: nothing was sent')
  return attempt
}

function numberOf(person: Person, label: string): string {
  const last = person.lines.findLast(line => line.from === 'account')
  for (const line of last?.text.split('\n') ?? []) {
    const [, number, text] = /^(\d+)[.、．]\s*(.*)$/.exec(line) ?? []
    if (number !== undefined && text !== undefined && text.includes(label)) return number
  }
  throw new Error(`mock: "${label}" is not among the choices of: ${last?.text ?? '(nothing said yet)'}`)
}

async function waitFor(person: Person, what: string | RegExp, timeoutMs = 10_000): Promise<Line> {
  const fits = ({ from, text }: Line): boolean =>
    from === 'account' && (typeof what === 'string' ? text.includes(what) : what.test(text))
  for (const end = performance.now() + timeoutMs; ;) {
    const found = person.lines.findLast(fits)
    if (found) return found
    if (performance.now() > end)
      throw new Error(`mock: nobody said ${what}; seen: ${JSON.stringify(person.lines.slice(-3))}`)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}
