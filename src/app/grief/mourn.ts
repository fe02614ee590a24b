import type { Actor } from '../../domain/application.ts'
import type { Instant } from '../../domain/world.ts'
import { asService } from '../asService.ts'
import { careFamilyOf, openCare } from '../care/careFamilyOf.ts'
import { wholeCircle } from '../messages/circles.ts'
import type { Receiver } from '../messages/messagePort.ts'
import { muteHousehold } from '../messages/mutes.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'

/** Digits of the code of a village. */
const VILLAGE = 12

/** A death in a family, as somebody told of it. */
export interface Loss {
  to: Receiver
  /** A child, born or not: nothing about it is ever said again. */
  lost: 'child' | 'person'
  /** Of their village; null when nobody knows. */
  regionCode: string | null
  by: Actor
}

/**
 * In one step: nothing goes to this household of the service's own accord any more, what waits is dropped, the calendars of a
 * lost child end, and somebody comes: the contacts of a family that is looked after, else the town with the proposal to look
 * after them, which they may refuse. The same told twice changes nothing. Looks with the eyes of the service.
 */
export async function mourn(parts: AppParts, tx: Tx, { to, lost, regionCode, by }: Loss): Promise<void> {
  await asService(tx, async () => {
    const { householdIds, residentIds } = await wholeCircle(tx, to)
    // Before the mute: the job that sends takes a calendar first and the turn of its household second, and so do we.
    if (lost === 'child') await endCalendars(tx, residentIds, parts.world.now())
    const isNew = await muteHousehold(parts, tx, { to, reason: 'bereavement', by })
    const [residentId = null] = residentIds
    const [householdId = null] = householdIds
    const place = regionCode ?? (residentId === null ? null : await placeOf(tx, residentId))
    if (!isNew || place?.length !== VILLAGE) return
    const opening = { residentId, householdId, regionCode: place, name: null, occasion: 'bereavement' as const }
    await openCare(parts, tx, { ...opening, actor: by })
  })
}

/** Every calendar of these residents ends; a job that sends from one at this moment is waited for. */
async function endCalendars(tx: Tx, residentIds: string[], at: Instant): Promise<void> {
  for (const residentId of residentIds) await tx.serviceCalendars.stop(residentId, at)
}

async function placeOf(tx: Tx, residentId: string): Promise<string | null> {
  const care = await careFamilyOf(tx, { residentId })
  const [newest] = await tx.applications.ofResident(residentId)
  return care?.family.regionCode ?? newest?.regionCode ?? null
}
