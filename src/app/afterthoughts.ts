import type { Reply } from '../conversation/types.ts'
import type { Instant } from '../domain/world.ts'
import type { AppParts } from './parts.ts'
import { forgetRevoked } from './privacy/forget.ts'
import type { TurnAddress } from './ports.ts'

/** The rest of an answer that was too long for the platform's one message. */
export interface RestOfAnswer {
  address: TurnAddress
  replies: Reply[]
  /** The same for the same turn, so that a second delivery adds nothing. */
  dedupeKey: string
  notBefore: Instant
}

/** Puts the rest of an answer into the outbox; durable when it resolves. */
export async function sendRest(parts: AppParts, rest: RestOfAnswer): Promise<void> {
  const { address, replies, dedupeKey, notBefore } = rest
  const at = parts.world.now()
  const { resident } = await parts.store.turns.open(address, at)
  const id = parts.world.newId()
  const { channel, sender } = address
  await parts.store.transaction({ kind: 'system' }, async tx => {
    await tx.outbox.add({
      id,
      residentId: resident.id,
      channel,
      sender,
      replies,
      dedupeKey,
      critical: false,
      notBefore,
      createdAt: at,
    })
    tx.afterCommit(() => parts.wake.outbox([id]))
  })
}

/**
 * The person unfollowed the account, or withdrew it with the platform. Written down, so that nobody goes on writing into
 * the void. Who withdrew is forgotten as far as the law lets us: consents end, chat, drafts and photos go, and the address
 * too unless a case is undecided.
 */
export async function noteDeparture(parts: AppParts, address: TurnAddress, kind: 'left' | 'revoked'): Promise<void> {
  const at = parts.world.now()
  const { resident } = await parts.store.turns.open(address, at)
  await parts.store.transaction({ kind: 'system' }, async tx => {
    await tx.audit.add({
      actor: { kind: 'resident', id: resident.id },
      action: `resident.${kind}`,
      objectKind: 'resident',
      objectId: resident.id,
      regionCode: null,
      detail: { channel: address.channel },
      at,
    })
    if (kind === 'revoked') await forgetRevoked(tx, resident.id, at)
  })
}
