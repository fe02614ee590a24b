import type { TurnRecord } from '../app/ports.ts'
import type { FieldCipher } from './fieldCipher.ts'
import { moment } from './rows.ts'
import {
  effectRows,
  sealBody,
  sealConversation,
  sealPayload,
  senderIndex,
  stopsJson,
  type ConsentGiven,
} from './turnRows.ts'

/** A turn with everything sealed, so that a second attempt does not encrypt again. */
export interface SealedTurn {
  turn: TurnRecord
  senderIndex: Buffer
  state: Buffer
  body: Buffer
  /** Present when the answer leaves by the outbox. */
  post: { id: string; payload: Buffer } | null
}

export function sealTurn(cipher: FieldCipher, turn: TurnRecord, newId: () => string): SealedTurn {
  const { address, residentId, conversation, answer } = turn
  const sealed = {
    turn,
    senderIndex: senderIndex(cipher, address.channel, address.sender),
    state: sealConversation(cipher, residentId, conversation),
    body: sealBody(cipher, turn),
  }
  if (answer.delivery !== 'outbox' || answer.replies.length === 0) return { ...sealed, post: null }
  const id = newId()
  return {
    ...sealed,
    post: { id, payload: sealPayload(cipher, id, { sender: address.sender, replies: answer.replies }) },
  }
}

/** Places of several byte strings in one, counted from 1 as SQL does. */
class Packing {
  readonly pieces: Buffer[] = []
  end = 1
  add(bytes: Buffer): number {
    this.pieces.push(bytes)
    this.end += bytes.length
    return this.end - bytes.length
  }
}

/** The parameters of `commitTurns`, in the order of its `$1` to `$31`. */
export function commitParameters(batch: SealedTurn[]): unknown[] {
  const packing = new Packing()
  const places = batch.map(({ state, body }) => [packing.add(state), packing.add(body), packing.end] as const)
  const effects = effectParameters(batch)
  const posts = postParameters(batch, packing)
  const of = <T>(pick: (turn: TurnRecord) => T) => batch.map(({ turn }) => pick(turn))
  return [
    of(turn => turn.residentId),
    of(turn => turn.expectedVersion),
    of(turn => turn.address.channel),
    batch.map(sealed => sealed.senderIndex),
    of(turn => turn.address.messageKey),
    of(turn => turn.turnId),
    of(turn => turn.answer.delivery),
    of(turn => moment(turn.at)),
    of(turn => stopsJson(turn.trace)),
    places.map(([stateFrom]) => stateFrom),
    Buffer.concat(packing.pieces),
    places.map(([, bodyFrom]) => bodyFrom),
    places.map(([, , bodyTo]) => bodyTo),
    ...effects,
    ...posts,
  ]
}

function effectParameters(batch: SealedTurn[]): unknown[] {
  const ended: [turnId: string, session: string, stay: string][] = []
  const timed: [turnId: string, session: string, name: string, due: string][] = []
  const agreed: { turn: TurnRecord; consent: ConsentGiven }[] = []
  for (const { turn } of batch) {
    const rows = effectRows(turn.effects)
    for (const { sessionId, except } of rows.cleared) ended.push([turn.turnId, sessionId, except.join(',')])
    for (const { sessionId, name, dueAt } of rows.timers) timed.push([turn.turnId, sessionId, name, moment(dueAt)])
    for (const consent of rows.consents) agreed.push({ turn, consent })
  }
  return [
    ...[0, 1, 2].map(i => ended.map(row => row[i])),
    ...[0, 1, 2, 3].map(i => timed.map(row => row[i])),
    agreed.map(({ turn }) => turn.turnId),
    agreed.map(({ consent }) => consent.sessionId),
    agreed.map(({ consent }) => consent.purpose),
    agreed.map(({ consent }) => consent.version),
    agreed.map(({ consent }) => consent.textHash),
    agreed.map(({ consent }) => consent.granted),
    agreed.map(({ turn }) => moment(turn.at)),
  ]
}

function postParameters(batch: SealedTurn[], packing: Packing): unknown[] {
  const posts = batch.flatMap(({ turn, post }) =>
    post ? [{ turnId: turn.turnId, id: post.id, from: packing.add(post.payload), to: packing.end }] : [],
  )
  return [posts.map(p => p.turnId), posts.map(p => p.id), posts.map(p => p.from), posts.map(p => p.to)]
}

/** The parameters of `refusedTurns`. */
export function refusedParameters(batch: SealedTurn[]): unknown[] {
  const of = <T>(pick: (turn: TurnRecord) => T) => batch.map(({ turn }) => pick(turn))
  return [
    of(turn => turn.residentId),
    of(turn => turn.expectedVersion),
    of(turn => turn.address.channel),
    batch.map(sealed => sealed.senderIndex),
    of(turn => turn.address.messageKey),
    of(turn => turn.turnId),
  ]
}
