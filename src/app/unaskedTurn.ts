import type { Reply, TurnInput, TurnResult } from '../conversation/types.ts'
import { shanghaiDate, type Instant } from '../domain/world.ts'
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

export interface UnaskedMessage {
  residentId: string
  replies: Reply[]
  dedupeKey: string
  critical: boolean
  /** By which form a platform can say it outside a conversation. */
  notice?: MessageNotice
}

/** Puts messages of such a turn into the outbox, in order, and wakes the sender once they are durable. */
export async function post(parts: AppParts, tx: Tx, turn: UnaskedTurn, messages: UnaskedMessage[]): Promise<void> {
  const { address, at } = turn
  const spoken = messages.filter(({ replies }) => replies.length > 0)
  if (!address || spoken.length === 0) return
  const ids: string[] = []
  for (const message of spoken) {
    const id = parts.world.newId()
    ids.push(id)
    await tx.outbox.add({ ...message, id, ...address, notBefore: at, createdAt: at })
  }
  tx.afterCommit(() => parts.wake.outbox(ids))
}
