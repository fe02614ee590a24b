import { asService } from '../asService.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { circlesOf } from './circles.ts'
import type { HouseholdProof, MessageLine, Receiver } from './messagePort.ts'

/** Lines that an officer is shown at once. */
const MOST_LINES = 50

/** The households for which a resident speaks. */
export async function householdsOfResident(tx: Tx, residentId: string): Promise<string[]> {
  return asService(tx, async () => (await tx.messages.householdsOf([residentId])).get(residentId) ?? [])
}

/**
 * A proof that this resident speaks for this household. `by`: the officer who bound them, or `service`. False when it was
 * known before.
 */
export async function linkHousehold(
  parts: AppParts,
  tx: Tx,
  link: { householdId: string; residentId: string; proof: HouseholdProof; by: string },
): Promise<boolean> {
  return asService(tx, () => tx.messages.link({ ...link, at: parts.world.now() }))
}

/** Why they got a message, or did not: newest first, never its words. */
export async function whyNotSent(tx: Tx, to: Receiver): Promise<MessageLine[]> {
  return asService(tx, async () => {
    const [circle] = await circlesOf(tx, [to])
    return circle ? tx.messages.history(circle, MOST_LINES) : []
  })
}
