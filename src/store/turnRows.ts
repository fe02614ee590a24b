import type { MessageNotice, TurnAnswer, TurnRecord } from '../app/ports.ts'
import { readStored, writeConversation } from '../conversation/storedForm.ts'
import type { Conversation, Effect, Trace, TurnState } from '../conversation/types.ts'
import type { FieldCipher } from './fieldCipher.ts'
import { parseOwn } from './rows.ts'

/** Primary key of an identity as text: what its ciphertext is bound to. */
export const identityRow = (channel: string, senderIndex: Buffer) => `${channel}:${senderIndex.toString('base64url')}`

/** Senders whose hash is remembered; each is asked for twice a turn. */
const REMEMBERED = 20_000

/** Keyed hash by which a sender is found. The channel is part of it: openids of two accounts may coincide. */
export function senderIndex(cipher: FieldCipher, channel: string, sender: string): Buffer {
  let known = remembered.get(cipher)
  if (!known || known.size > REMEMBERED) remembered.set(cipher, (known = new Map<string, Buffer>()))
  const person = `${channel}|${sender}`
  let index = known.get(person)
  if (!index) known.set(person, (index = cipher.index('resident_identity|sender', person)))
  return index
}

const remembered = new WeakMap<FieldCipher, Map<string, Buffer>>()

export function sealConversation(cipher: FieldCipher, residentId: string, conversation: Conversation): Buffer {
  return cipher.seal('conversation|state', residentId, writeConversation(conversation))
}

export function openConversation(cipher: FieldCipher, residentId: string, sealed: Buffer): Conversation {
  return readStored(String(cipher.open('conversation|state', residentId, sealed)))
}

interface StoredBody {
  said: string
  replies: TurnAnswer['replies']
  state: TurnState
}

export function sealBody(cipher: FieldCipher, { turnId, said, answer }: TurnRecord): Buffer {
  const body: StoredBody = { said, replies: answer.replies, state: answer.state }
  return cipher.seal('inbox|body', turnId, JSON.stringify(body))
}

/** A turn of which nothing is kept but that it was. */
export function sealBlank(cipher: FieldCipher, turnId: string): Buffer {
  const state: TurnState = { sessionId: null, flow: null, revision: null, step: null, done: true }
  const body: StoredBody = { said: '', replies: [], state }
  return cipher.seal('inbox|body', turnId, JSON.stringify(body))
}

export function openBody(cipher: FieldCipher, turnId: string, sealed: Buffer): StoredBody {
  return parseOwn<StoredBody>(cipher.open('inbox|body', turnId, sealed))
}

/** What an outbox row hides. */
export interface OutboxPayload {
  sender: string
  replies: TurnAnswer['replies']
  notice?: MessageNotice
}

export function sealPayload(cipher: FieldCipher, id: string, { sender, replies, notice }: OutboxPayload): Buffer {
  return cipher.seal('outbox|payload', id, JSON.stringify({ sender, replies, notice }))
}

export function openPayload(cipher: FieldCipher, id: string, sealed: Buffer): OutboxPayload {
  return parseOwn<OutboxPayload>(cipher.open('outbox|payload', id, sealed))
}

type SetTimer = Extract<Effect, { type: 'setTimer' }>
export type ConsentGiven = Extract<Effect, { type: 'consent' }>

export interface EffectRows {
  timers: SetTimer[]
  /** Timers that end without a successor: one entry for each session, with the names that stay. */
  cleared: { sessionId: string; except: string[] }[]
  consents: ConsentGiven[]
}

/**
 * Effects as rows. Within one turn the last word on a timer counts, so that one statement can write them all. A handoff is
 * not a row of the conversation: the use case makes a task of it.
 */
export function effectRows(effects: Effect[]): EffectRows {
  const timers = new Map<string, SetTimer>()
  const clearedSessions = new Set<string>()
  const consents: ConsentGiven[] = []
  for (const effect of effects) {
    if (effect.type === 'setTimer') timers.set(`${effect.sessionId}|${effect.name}`, effect)
    else if (effect.type === 'consent') consents.push(effect)
    else if (effect.type === 'clearTimers') {
      clearedSessions.add(effect.sessionId)
      forget(timers, effect.sessionId)
    }
  }
  const set = [...timers.values()]
  const cleared = [...clearedSessions].map(sessionId => ({
    sessionId,
    except: set.filter(timer => timer.sessionId === sessionId).map(({ name }) => name),
  }))
  return { timers: set, cleared, consents }
}

function forget(timers: Map<string, SetTimer>, sessionId: string): void {
  for (const [key, timer] of timers) if (timer.sessionId === sessionId) timers.delete(key)
}

/** Stops of one turn as compact JSON: `[flow, revision, step, event, via?]`. */
export function stopsJson(trace: Trace[]): string {
  return JSON.stringify(
    trace.map(({ flow, revision, step, event, via }) =>
      via === undefined ? [flow, revision, step, event] : [flow, revision, step, event, via],
    ),
  )
}
