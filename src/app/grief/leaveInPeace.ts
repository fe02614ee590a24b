import type { Actor } from '../../domain/application.ts'
import type { CareFamily } from '../../domain/care/careFamily.ts'
import type { Receiver } from '../messages/messagePort.ts'
import { liftMute, muteHousehold } from '../messages/mutes.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'

/** A family that is looked after has lost somebody: nothing of the service's own accord goes to any of them. */
export async function leaveInPeace(parts: AppParts, tx: Tx, family: CareFamily, by: Actor): Promise<void> {
  for (const to of receiversOf(family)) await muteHousehold(parts, tx, { to, reason: 'bereavement', by })
}

/** Somebody was with them, and the service may write again. */
export async function endPeace(parts: AppParts, tx: Tx, family: CareFamily, by: Actor): Promise<void> {
  for (const to of receiversOf(family)) await liftMute(parts, tx, { to, by })
}

function receiversOf({ residentIds, householdId }: CareFamily): Receiver[] {
  return [...residentIds.map(residentId => ({ residentId })), ...(householdId === null ? [] : [{ householdId }])]
}
