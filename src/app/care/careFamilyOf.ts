import type { CareFamily, CareOccasion } from '../../domain/care/careFamily.ts'
import { foldCare, type CareState } from '../../domain/care/careState.ts'
import { careRulesOf } from '../../domain/packs/care.ts'
import type { Actor } from '../../domain/application.ts'
import type { Officer } from '../../domain/officer.ts'
import { addDays, shanghaiDate } from '../../domain/world.ts'
import { asService } from '../asService.ts'
import { householdsOfResident } from '../messages/households.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import type { CareOf } from './carePort.ts'
import { familyName, openCareTask } from './careTask.ts'
import { recordCare } from './record.ts'

/** A family with its contacts as people; a contact whose account has ended is none. */
export interface FamilyWithContacts {
  family: CareFamily
  state: CareState
  leader: Officer | null
  cadre: Officer | null
}

/** The family of a person or household, unless it has ended; null when there is none. Looks with the eyes of the service. */
export function careFamilyOf(tx: Tx, who: CareOf): Promise<FamilyWithContacts | null> {
  return asService(tx, async () => {
    const family = await familyOf(tx, who)
    if (!family) return null
    const state = foldCare(family.actions)
    const working = async (id: string | null) => {
      const officer = id === null ? null : await tx.officers.byId(id)
      return officer && !officer.disabled ? officer : null
    }
    return {
      ...{ family, state },
      leader: await working(state.contacts.leader),
      cadre: await working(state.contacts.cadre),
    }
  })
}

/** By the person's own link, else by the household for which he was proved to speak. */
async function familyOf(tx: Tx, who: CareOf): Promise<CareFamily | null> {
  const direct = await tx.care.of(who)
  if (direct || 'householdId' in who) return direct
  for (const householdId of await householdsOfResident(tx, who.residentId)) {
    const family = await tx.care.of({ householdId })
    if (family) return family
  }
  return null
}

export interface CareOpening {
  /** Who writes, and the household; only links that were proved. Neither: an officer told of them, and nothing knows them yet. */
  residentId: string | null
  householdId: string | null
  /** Village, 12 digits. */
  regionCode: string
  /** As the person calls himself; null when nobody knows. */
  name: string | null
  /** By which whoever goes there asks when it suits; null when nobody knows. */
  phone: string | null
  occasion: CareOccasion
  actor: Actor
}

/**
 * Somebody goes there: after a death, an illness, a cry for help. Of a family that is looked after its contacts get the visit;
 * otherwise one is proposed, and the town gets the visit at which consent is asked for. The same occasion opens no second visit
 * while the first waits: then `taskId` is null. `about`: the family, where the caller has it. Looks with the eyes of the service.
 */
export function openCare(
  parts: AppParts,
  tx: Tx,
  opening: CareOpening,
  about: CareFamily | null = null,
): Promise<{ familyId: string; taskId: string | null }> {
  return asService(tx, async () => {
    const { occasion, actor, regionCode } = opening
    const at = parts.world.now()
    const known = about ?? (await ofEither(tx, opening))
    const locked = known && (await tx.care.lock(known.id))
    const family = locked
      ? await recordCare(tx, locked, { type: 'occurred', occasion }, { actor, at })
      : await propose(parts, tx, opening)
    const { atOnceDays } = careRulesOf(parts.packFor(regionCode).care)
    const taskId = await openCareTask(parts, tx, family, {
      source: 'careVisit',
      summary: parts.text('zh-CN', 'care.task.atOnce', { family: familyName(parts, family) }),
      due: addDays(shanghaiDate(at), atOnceDays),
      once: 'atOnce',
    })
    return { familyId: family.id, taskId }
  })
}

async function ofEither(tx: Tx, { residentId, householdId }: CareOpening): Promise<CareFamily | null> {
  const byResident = residentId === null ? null : await familyOf(tx, { residentId })
  return byResident ?? (householdId === null ? null : await tx.care.of({ householdId }))
}

async function propose(parts: AppParts, tx: Tx, opening: CareOpening): Promise<CareFamily> {
  const { residentId, householdId, regionCode, name, phone, occasion, actor } = opening
  const id = parts.world.newId()
  const event = { type: 'proposed' as const, occasion, name, phone }
  const action = { familyId: id, seq: 1, at: parts.world.now(), actor, event }
  const residentIds = residentId === null ? [] : [residentId]
  const family = { id, regionCode, residentIds, householdId, actions: [action] }
  await tx.care.insert(family, foldCare(family.actions))
  return family
}
