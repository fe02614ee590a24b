import type { Actor } from '../../domain/application.ts'
import type { CareFamily } from '../../domain/care/careFamily.ts'
import type { Instant } from '../../domain/world.ts'
import { asService } from '../asService.ts'
import { wholeCircle } from '../messages/circles.ts'
import type { Circle, Mute, Receiver } from '../messages/messagePort.ts'
import { liftMute, muteHousehold } from '../messages/mutes.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'

/**
 * A family that is looked after has lost somebody: nothing of the service's own accord goes to any of them, and the calendars of
 * a lost child end for good. Whoever writes about a family takes its row first, then an activity, then calendars, then the turn
 * of its people: in this order and no other. Needs the eyes of the service.
 */
export async function leaveInPeace(
  parts: AppParts,
  tx: Tx,
  family: CareFamily,
  { by, lost }: { by: Actor; lost: 'child' | 'person' },
): Promise<void> {
  const circle = await circleOf(tx, family)
  if (lost === 'child') await endCalendars(tx, circle.residentIds, parts.world.now())
  // All of them at once, in the order of everybody: one after another, this and a batch could wait for each other.
  await tx.messages.hold([circle])
  for (const to of receiversOf(family)) await muteHousehold(parts, tx, { to, reason: 'bereavement', by })
}

/** Every calendar of these residents ends; a job that sends from one at this moment is waited for. */
export async function endCalendars(tx: Tx, residentIds: string[], at: Instant): Promise<void> {
  for (const residentId of residentIds) await tx.serviceCalendars.stop(residentId, at)
}

/** Somebody was with them, and the service may write again. */
export async function endPeace(parts: AppParts, tx: Tx, family: CareFamily, by: Actor): Promise<void> {
  for (const to of receiversOf(family)) await liftMute(parts, tx, { to, by })
}

/** Since when the service keeps silent towards them, and why: the mute that is the newest; null where it may write. */
export async function quietOf(tx: Tx, family: CareFamily): Promise<Pick<Mute, 'reason' | 'since'> | null> {
  const [newest] = await asService(tx, async () => tx.messages.mutesOf(await circleOf(tx, family)))
  return newest ?? null
}

/** Everybody of them who writes with us, and their household. Needs the eyes of the service. */
export async function circleOf(tx: Tx, family: CareFamily): Promise<Circle> {
  const circles: Circle[] = []
  for (const to of receiversOf(family)) circles.push(await wholeCircle(tx, to))
  return {
    householdIds: [...new Set(circles.flatMap(({ householdIds }) => householdIds))],
    residentIds: [...new Set(circles.flatMap(({ residentIds }) => residentIds))],
  }
}

function receiversOf({ residentIds, householdId }: CareFamily): Receiver[] {
  return [...residentIds.map(residentId => ({ residentId })), ...(householdId === null ? [] : [{ householdId }])]
}
