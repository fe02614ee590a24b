import type { Actor } from '../../domain/application.ts'
import { asService } from '../asService.ts'
import { careFamilyOf, openCare } from '../care/careFamilyOf.ts'
import { wholeCircle } from '../messages/circles.ts'
import type { Receiver } from '../messages/messagePort.ts'
import { muteHousehold } from '../messages/mutes.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { askVillage } from './askVillage.ts'
import { endCalendars } from './leaveInPeace.ts'

/** Digits of the code of a village. */
const VILLAGE = 12

/** A death in a family, as somebody told of it. */
export interface Loss {
  to: Receiver
  /** A child, born or not: nothing about it is ever said again. */
  lost: 'child' | 'person'
  /** Of their village; null when nobody knows. */
  regionCode: string | null
  /** As whoever told it named them; absent: as their case or household has it. */
  known?: { name: string; phone: string | null }
  by: Actor
}

/**
 * In one step: nothing goes to this household of the service's own accord any more, what waits is dropped, the calendars of a
 * lost child end, and somebody comes: the contacts of a family that is looked after, else the town with the proposal to look
 * after them, which they may refuse. Where nobody knows the village, the county asks for it. The same told twice changes nothing.
 * Looks with the eyes of the service.
 */
export async function mourn(parts: AppParts, tx: Tx, { to, lost, regionCode, known: told, by }: Loss): Promise<void> {
  await asService(tx, async () => {
    const { householdIds, residentIds } = await wholeCircle(tx, to)
    await holdFamily(tx, to)
    // Before the mute: the job that sends takes a calendar first and the turn of its household second, and so do we.
    if (lost === 'child') await endCalendars(tx, residentIds, parts.world.now())
    if (!(await muteHousehold(parts, tx, { to, reason: 'bereavement', by }))) return
    const [residentId = null] = residentIds
    const [householdId = null] = householdIds
    const known = await knownOf(tx, residentId, householdId)
    const place = regionCode ?? known.place
    const { name, phone } = told ?? known
    if (place?.length !== VILLAGE) return askVillage(parts, tx, { residentId, phone, by })
    const opening = { residentId, householdId, regionCode: place, name, phone, occasion: 'bereavement' as const }
    await openCare(parts, tx, { ...opening, actor: by })
  })
}

/** Its row before all else, as whoever writes about a family does. */
async function holdFamily(tx: Tx, to: Receiver): Promise<void> {
  const found = await careFamilyOf(tx, to)
  if (found) await tx.care.lock(found.family.id)
}

interface Known {
  place: string | null
  name: string | null
  phone: string | null
}

/** What whoever goes there has to know: of the family that is looked after, else of the newest case, else of the household. */
async function knownOf(tx: Tx, residentId: string | null, householdId: string | null): Promise<Known> {
  const care = residentId === null ? null : await careFamilyOf(tx, { residentId })
  const [newest] = residentId === null ? [] : await tx.applications.ofResident(residentId)
  const household = householdId === null ? null : await tx.messages.household(householdId)
  return {
    place: care?.family.regionCode ?? newest?.regionCode ?? household?.regionCode ?? null,
    name: newest?.content.applicantName ?? household?.headName ?? null,
    phone: newest?.content.phone ?? null,
  }
}
