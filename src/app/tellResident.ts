import type { Json } from '../conversation/types.ts'
import { unaskedHour } from './messages/rulesHere.ts'
import type { AppParts } from './parts.ts'
import type { Tx } from './ports.ts'

/** A sentence to a resident, by its key in `locales/`, in the language in which he talks with us. */
export interface Telling {
  key: string
  values: Record<string, Json>
  /** The same for the same cause: told once. */
  dedupeKey: string
  /** Sent again when nobody knows whether it arrived. */
  critical?: boolean
}

/** Puts it into the outbox, by night for the morning. Nothing when he never wrote to us: then the officer tells in person. Ends with the eyes of the service. */
export async function tellResident(parts: AppParts, tx: Tx, residentId: string, telling: Telling): Promise<boolean> {
  const { key, values, dedupeKey, critical = true } = telling
  await tx.as({ kind: 'system' })
  const address = await tx.turns.addressOf(residentId)
  const held = address ? await tx.turns.lock(residentId) : null
  if (!address || !held) return false
  const at = parts.world.now()
  const id = parts.world.newId()
  const text = parts.text(held.conversation?.language ?? 'zh-CN', key, values)
  const replies = [{ id: `${id}-1`, kind: 'text' as const, text }]
  const notice = { key, values }
  await tx.outbox.add({
    ...{ id, residentId, replies, notice, dedupeKey, critical, ...address, unasked: true },
    notBefore: await unaskedHour(parts, tx, { residentId, channel: address.channel, at }),
    createdAt: at,
  })
  tx.afterCommit(() => parts.wake.outbox([id]))
  return true
}
