import type { Instant } from '../../domain/world.ts'
import {
  answerTurn,
  inTime,
  type CallbackAnswer,
  type CallbackDeps,
  type CallbackRequest,
} from '../wechat-official/callback.ts'
import type { Dialect } from '../wechat-official/reply.ts'
import type { WecomAccount } from './account.ts'
import { openWecomCall, verifyEcho } from './door.ts'
import { parseWecom, type CardPress, type WecomEvent } from './parse.ts'

export interface WecomCallbackDeps extends Omit<CallbackDeps, 'account' | 'personLeft' | 'platformNews'> {
  account: WecomAccount
  /** A button was pressed; what follows from it is durable when it resolves, and a second time it does nothing. */
  press(press: CardPress): Promise<void>
}

const plainText = 'text/plain; charset=utf-8'
const answer = (status: number, body: string): CallbackAnswer => ({ status, contentType: plainText, body })
/** An empty 200 is "received, nothing to show". */
const received = answer(200, '')
const forbidden = answer(403, 'forbidden')

/** Answers one call of the platform. Never rejects; what goes wrong inside is logged and answered with 503. */
export async function handleWecomCallback(deps: WecomCallbackDeps, request: CallbackRequest): Promise<CallbackAnswer> {
  if (request.method === 'POST') return receive(deps, request)
  if (request.method !== 'GET') return answer(405, 'method not allowed')
  const echo = verifyEcho(deps.account, request.query)
  if (echo !== null) return answer(200, echo)
  deps.log.warn({ why: 'signature' }, 'wecom: address check refused')
  return forbidden
}

async function receive(deps: WecomCallbackDeps, request: CallbackRequest): Promise<CallbackAnswer> {
  const { account, log, world } = deps
  if (request.body.length > account.limits.maxBodyBytes) return answer(413, 'too large')
  const receivedAt = request.receivedAt ?? world.now()
  const opened = openWecomCall(account, request.query, request.body, receivedAt / 1000)
  if (opened.status === 'open') {
    return act(deps, parseWecom(opened.fields, account.agentId), opened.dialect, receivedAt)
  }
  log.warn({ why: opened.why }, 'wecom: call refused')
  return opened.status === 'refused' ? forbidden : answer(400, 'bad request')
}

function act(
  deps: WecomCallbackDeps,
  event: WecomEvent,
  dialect: Dialect,
  receivedAt: Instant,
): Promise<CallbackAnswer> | CallbackAnswer {
  switch (event.kind) {
    case 'turn':
      return inTime(deps, answerTurn(deps, event, dialect, receivedAt), receivedAt)
    case 'press':
      return inTime(
        deps,
        deps.press(event).then(() => received),
        receivedAt,
      )
    case 'ignored':
      deps.log.info({ why: event.why, type: event.type }, 'wecom: acknowledged without effect')
      return received
  }
}
