import { asService } from '../asService.ts'
import type { AppParts } from '../parts.ts'
import type { OutboxMessage, Tx } from '../ports.ts'
import { invitationOf } from './askBatch.ts'

/**
 * Invitations that ended and nobody got: their households come up again, and what stands against asking them is asked once more.
 * `byDoor`: a platform would not take it, so that only the door is left; otherwise who speaks for the household is looked for anew.
 * Messages of another kind are left alone. The eyes stay.
 */
export function bringBack(
  { world }: Pick<AppParts, 'world'>,
  tx: Tx,
  { ended, byDoor }: { ended: readonly Pick<OutboxMessage, 'id' | 'dedupeKey'>[]; byDoor: boolean },
): Promise<void> {
  const missed = ended.flatMap(({ id: messageId, dedupeKey }) => {
    const asked = invitationOf(dedupeKey)
    return asked ? [{ ...asked, messageId }] : []
  })
  return asService(tx, () => tx.campaigns.bringBack(missed, { byDoor, at: world.now() }))
}
