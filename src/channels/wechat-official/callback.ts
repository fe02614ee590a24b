import type { App } from '../../app/app.ts'
import { faultOf } from '../../app/faultOf.ts'
import type { TurnAddress, TurnAnswer } from '../../app/ports.ts'
import type { Reply } from '../../conversation/types.ts'
import type { Instant, World } from '../../domain/world.ts'
import type { ChannelLog, Text, WechatAccount } from './account.ts'
import { openCall, verifyAddress, type Query } from './door.ts'
import type { News } from './news.ts'
import { parseInbound, type InboundEvent, type InboundTurn } from './parse.ts'
import { renderTexts } from './render.ts'
import { passiveReply, type Dialect } from './reply.ts'

export interface CallbackDeps {
  account: WechatAccount
  world: World
  takeTurn: App['takeTurn']
  /** Puts what did not fit into the passive answer into the outbox; durable when it resolves, harmless when repeated. */
  sendLater(rest: Overflow): Promise<void>
  /** The person unfollowed, or withdrew and must be forgotten; durable when it resolves. */
  personLeft(notice: PersonLeft): Promise<void>
  /** What the platform says of messages and consents; durable when it resolves, harmless when repeated. */
  platformNews?(news: News, at: Instant): Promise<void>
  text: Text
  /** Outer address of the service, for links in answers. */
  publicUrl?: string
  log: ChannelLog
}

export interface Overflow {
  address: TurnAddress
  turnId: string
  /** In order; one message each. */
  replies: Reply[]
  /** The same for the same turn: the key of the outbox row. */
  dedupeKey: string
  /** A little after the passive answer, so that the parts arrive in order. */
  notBefore: Instant
}

export type PersonLeft = Extract<InboundEvent, { kind: 'left' | 'revoked' }>

export interface CallbackRequest {
  method: string
  query: Query
  /** As it came, undecoded. Empty for GET. */
  body: Uint8Array
  /** When the call reached the server, if that is known better than now. */
  receivedAt?: Instant
}

export interface CallbackAnswer {
  status: number
  contentType: string
  body: string
}

const plainText = 'text/plain; charset=utf-8'
const contentTypes = { xml: 'application/xml; charset=utf-8', json: 'application/json; charset=utf-8' }

/** The platform takes this word as "received, nothing to show". */
const success: CallbackAnswer = { status: 200, contentType: plainText, body: 'success' }
/** One answer for everything that is not the platform's. */
const forbidden: CallbackAnswer = { status: 403, contentType: plainText, body: 'forbidden' }
const unreadable: CallbackAnswer = { status: 400, contentType: plainText, body: 'bad request' }
const wrongMethod: CallbackAnswer = { status: 405, contentType: plainText, body: 'method not allowed' }
const tooLarge: CallbackAnswer = { status: 413, contentType: plainText, body: 'too large' }
/** Nothing is acknowledged that is not committed: the platform delivers again, up to three times in all. */
const again: CallbackAnswer = { status: 503, contentType: plainText, body: 'again' }

/** How much later than the passive answer its continuation may leave. */
const OVERFLOW_DELAY_MS = 1500

/** Answers one call of the platform. Never rejects; what goes wrong inside is logged and answered with 503. */
export async function handleCallback(deps: CallbackDeps, request: CallbackRequest): Promise<CallbackAnswer> {
  if (request.method === 'POST') return receive(deps, request)
  if (request.method !== 'GET') return wrongMethod
  const echo = verifyAddress(deps.account, request.query)
  if (echo !== null) return { status: 200, contentType: plainText, body: echo }
  deps.log.warn({ why: 'signature' }, 'wechat: address check refused')
  return forbidden
}

async function receive(deps: CallbackDeps, request: CallbackRequest): Promise<CallbackAnswer> {
  const { account, log } = deps
  if (request.body.length > account.limits.maxBodyBytes) return tooLarge
  const receivedAt = request.receivedAt ?? deps.world.now()
  const opened = openCall(account, request.query, request.body, receivedAt / 1000)
  if (opened.status === 'open') return act(deps, parseInbound(opened.fields), opened.dialect, receivedAt)
  log.warn({ why: opened.why }, 'wechat: call refused')
  return opened.status === 'refused' ? forbidden : unreadable
}

function act(
  deps: CallbackDeps,
  event: InboundEvent,
  dialect: Dialect,
  receivedAt: Instant,
): Promise<CallbackAnswer> | CallbackAnswer {
  const { log } = deps
  switch (event.kind) {
    case 'turn':
      return inTime(deps, answerTurn(deps, event, dialect, receivedAt), receivedAt)
    case 'left':
    case 'revoked':
      return inTime(deps, leave(deps, event), receivedAt)
    case 'status':
      log.info({ event: event.event, providerId: event.providerId, result: event.result }, 'wechat: delivery news')
      return inTime(deps, tellNews(deps, event.news, receivedAt), receivedAt)
    case 'ignored':
      log.info({ why: event.why, type: event.type }, 'wechat: acknowledged without effect')
      return success
  }
}

async function tellNews(deps: CallbackDeps, news: News, receivedAt: Instant): Promise<CallbackAnswer> {
  if (news.receipts.length + news.consents.length > 0) await deps.platformNews?.(news, receivedAt)
  return success
}

async function leave(deps: CallbackDeps, event: PersonLeft): Promise<CallbackAnswer> {
  await deps.personLeft(event)
  return success
}

/** Takes the turn and closes its answer in the call's own dialect; what does not fit leaves by the outbox. */
export async function answerTurn(
  deps: Omit<CallbackDeps, 'personLeft' | 'platformNews'>,
  event: InboundTurn,
  dialect: Dialect,
  receivedAt: Instant,
): Promise<CallbackAnswer> {
  const { account, world } = deps
  const address: TurnAddress = { channel: account.channel, sender: event.sender, messageKey: event.messageKey }
  const answer = await deps.takeTurn({
    address,
    input: event.input,
    said: event.input.kind === 'text' ? event.said : deps.text(event.said),
    receivedAt,
    passiveBudgetMs: account.limits.passiveBudgetMs,
  })
  if (answer.delivery === 'outbox') return success
  const [first, ...rest] = renderTexts(answer.replies, deps.publicUrl)
  if (first === undefined) return success
  if (rest.length > 0) await deps.sendLater(overflow(address, answer, rest, world.now()))
  const reply = { to: event.sender, from: event.account, text: first }
  const body = passiveReply(account, dialect, reply, Math.floor(world.now() / 1000))
  return { status: 200, contentType: contentTypes[dialect.format], body }
}

function overflow(address: TurnAddress, answer: TurnAnswer, texts: string[], now: Instant): Overflow {
  const { turnId } = answer
  return {
    address,
    turnId,
    replies: texts.map((text, n) => ({ id: `${turnId}-rest-${n + 1}`, kind: 'text', text })),
    dedupeKey: `${turnId}-rest`,
    notBefore: now + OVERFLOW_DELAY_MS,
  }
}

/**
 * The answer of the work, or 503 when it fails or is not there by the hard limit. Work that is late goes on: the
 * next delivery of the same message finds what it committed.
 */
export function inTime(
  deps: Pick<CallbackDeps, 'account' | 'log' | 'world'>,
  work: Promise<CallbackAnswer>,
  receivedAt: Instant,
): Promise<CallbackAnswer> {
  const { account, log, world } = deps
  return new Promise(resolve => {
    const left = Math.max(0, receivedAt + account.limits.hardLimitMs - world.now())
    const timer = setTimeout(() => {
      log.warn({ afterMs: account.limits.hardLimitMs }, 'wechat: not committed in time, to be delivered again')
      resolve(again)
    }, left)
    work.then(
      answer => {
        clearTimeout(timer)
        resolve(answer)
      },
      (error: unknown) => {
        clearTimeout(timer)
        log.error({ fault: faultOf(error) }, 'wechat: turn failed, to be delivered again')
        resolve(again)
      },
    )
  })
}
