import type { Reply, TurnInput, TurnResult } from '../conversation/types.ts'
import { shanghaiDate, type Instant } from '../domain/world.ts'
import { unaskedHour } from './messages/rulesHere.ts'
import type { MessageNotice } from './outboxMessage.ts'
import type { AppParts } from './parts.ts'
import type { ChannelName, Tx } from './ports.ts'

/** What the service says to a resident of itself: a timer, an invitation, an officer who is done. */
export interface UnaskedTurn {
  result: TurnResult
  turnId: string
  at: Instant
  /** Where messages to this resident go; null when he never wrote. */
  address: { channel: ChannelName; sender: string } | null
  /** The hour of what is told with it, the same as of its question. Absent: found out when it is posted. */
  notBefore?: Instant
}

/** Takes a turn that nobody wrote, under the conversation's lock. Null when the resident has no conversation at all. */
export async function unaskedTurn(
  parts: AppParts,
  tx: Tx,
  residentId: string,
  input: TurnInput,
): Promise<UnaskedTurn | null> {
  await tx.as({ kind: 'system' })
  const held = await tx.turns.lock(residentId)
  if (!held) return null
  const at = parts.world.now()
  const turnId = parts.world.newId()
  const context = { turnId, now: at, today: shanghaiDate(at), newId: () => parts.world.newId(), officer: false }
  const result = parts.converse(held.conversation, input, context)
  await tx.turns.save(residentId, held.version, result.conversation, at)
  await tx.turns.applyEffects(residentId, result.effects, result.trace, at)
  return { result, turnId, at, address: await tx.turns.addressOf(residentId) }
}

/**
 * Invites him to a flow; by night its question waits inside the conversation for the morning, so that no word of the night is
 * taken for its answer. Needs what is told with it to be posted in the same transaction.
 */
export async function inviteByDay(
  parts: AppParts,
  tx: Tx,
  residentId: string,
  input: Extract<TurnInput, { kind: 'invite' }>,
): Promise<UnaskedTurn | null> {
  await tx.as({ kind: 'system' })
  const address = await tx.turns.addressOf(residentId)
  const at = parts.world.now()
  const notBefore = address ? await unaskedHour(parts, tx, { residentId, channel: address.channel, at }) : at
  const turn = await unaskedTurn(parts, tx, residentId, notBefore > at ? { ...input, notBefore } : input)
  return turn && { ...turn, notBefore }
}

export interface UnaskedMessage {
  residentId: string
  replies: Reply[]
  dedupeKey: string
  critical: boolean
  /** By which form a platform can say it outside a conversation. */
  notice?: MessageNotice
  /** He waits for it: it leaves by night too. */
  awaited?: true
}

/** Puts messages of such a turn into the outbox, in order, by night for the morning; wakes the sender once they are durable. */
export async function post(parts: AppParts, tx: Tx, turn: UnaskedTurn, messages: UnaskedMessage[]): Promise<void> {
  const { address, at } = turn
  const spoken = messages.filter(({ replies }) => replies.length > 0)
  if (!address || spoken.length === 0) return
  const ids: string[] = []
  for (const { awaited = false, ...message } of spoken) {
    const id = parts.world.newId()
    ids.push(id)
    const whom = { residentId: message.residentId, channel: address.channel, at }
    const notBefore = awaited ? at : (turn.notBefore ?? (await unaskedHour(parts, tx, whom)))
    await tx.outbox.add({ ...message, id, ...address, unasked: !awaited, notBefore, createdAt: at })
  }
  tx.afterCommit(() => parts.wake.outbox(ids))
}
