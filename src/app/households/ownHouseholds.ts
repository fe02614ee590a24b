import { maskName } from '../../domain/mask.ts'
import { phoneCountsTo, phoneStanding, type PhoneStanding } from '../../domain/phoneStanding.ts'
import type { Instant, LocalDate } from '../../domain/world.ts'
import type { HouseholdProof } from '../messages/messagePort.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import type { ListedHousehold } from './householdPort.ts'
import { endLink, linkByChoice, linkByCode, linkBySurvey, type LinkOutcome } from './links.ts'

/** A household as somebody reads who proved that it is his: never the whole name of its head, never its phone. */
export interface OwnHousehold {
  id: string
  /** Full name of its village. */
  place: string
  /** Masked. */
  head: string
}

export interface OwnLink extends OwnHousehold {
  proof: HouseholdProof
  since: Instant
  /** Last day on which a confirmed phone counts; null: it does not end of itself. */
  until: LocalDate | null
}

export interface OwnHouseholdsView {
  links: OwnLink[]
  /** The list has his phone there; he has to say which is his. */
  choices: OwnHousehold[]
  /** Whether the platform has vouched for his phone, and whether to ask him for it. */
  phone: PhoneStanding
  /** When the last link ended because his phone was confirmed too long ago; null: it did not, or he has another by now. */
  lapsedAt: Instant | null
}

/** 我家: a resident's own links. Whose they are follows from who asks. */
export interface OwnHouseholds {
  of(residentId: string): Promise<OwnHouseholdsView>
  /** The platform said whose phone this is; what the list has under it is his from then on. Said again, it counts anew. */
  confirmPhone(residentId: string, phone: string): Promise<OwnHouseholdsView>
  /** He does not want to; he is not asked again for a time. */
  refusePhone(residentId: string): Promise<void>
  choose(residentId: string, householdId: string): Promise<LinkOutcome>
  redeem(residentId: string, code: string): Promise<LinkOutcome>
  bySurvey(residentId: string, token: string): Promise<LinkOutcome>
  /** False when he did not speak for it. */
  end(residentId: string, householdId: string): Promise<boolean>
}

export function makeOwnHouseholds(parts: AppParts): OwnHouseholds {
  const within = <T>(run: (tx: Tx) => Promise<T>) => parts.store.transaction({ kind: 'system' }, run)
  return {
    of: residentId => within(tx => ownHouseholds(parts, tx, residentId)),
    confirmPhone: (residentId, phone) =>
      within(async tx => {
        const at = parts.world.now()
        await tx.messages.confirmPhone(residentId, phone, at)
        await tx.audit.add({
          ...{ actor: { kind: 'resident', id: residentId }, action: 'resident.confirmPhone', regionCode: null, at },
          ...{ objectKind: 'resident', objectId: residentId, detail: {} },
        })
        return ownHouseholds(parts, tx, residentId)
      }),
    refusePhone: residentId => within(tx => tx.households.refusePhone(residentId, parts.world.now())),
    choose: (residentId, householdId) => within(tx => linkByChoice(parts, tx, { residentId, householdId })),
    redeem: (residentId, code) => within(tx => linkByCode(parts, tx, { residentId, code })),
    bySurvey: (residentId, token) => within(tx => linkBySurvey(parts, tx, { residentId, token })),
    end: (residentId, householdId) =>
      within(tx => endLink(parts, tx, { householdId, residentId, by: { kind: 'resident', id: residentId } })),
  }
}

type Place = Pick<AppParts, 'world' | 'regionName' | 'settings'>

/** Needs the eyes of the service. */
export async function ownHouseholds(parts: Place, tx: Tx, residentId: string): Promise<OwnHouseholdsView> {
  const links: OwnHouseholdsView['links'] = []
  for (const { householdId, proof, since, confirmedAt } of await tx.households.linksOf(residentId)) {
    const household = await tx.households.byId(householdId)
    const until = confirmedAt === null ? null : phoneCountsTo(confirmedAt, parts.settings.retention)
    if (household) links.push({ ...shownHousehold(parts, household), proof, since, until })
  }
  const choices: OwnHousehold[] = []
  for (const id of await tx.households.choices(residentId)) {
    const household = await tx.households.byId(id)
    if (household) choices.push(shownHousehold(parts, household))
  }
  const phone = await phoneOf(parts, tx, residentId, links)
  return { links, choices, phone, lapsedAt: links.length > 0 ? null : await tx.households.lapsedAt(residentId) }
}

/** What is told of a household to whoever proved that it is his. */
export function shownHousehold(
  parts: Pick<AppParts, 'regionName'>,
  { id, regionCode, headName }: ListedHousehold,
): OwnHousehold {
  return { id, place: parts.regionName(regionCode), head: maskName(headName) }
}

async function phoneOf(
  { world, settings }: Place,
  tx: Tx,
  residentId: string,
  links: readonly OwnLink[],
): Promise<PhoneStanding> {
  const known = {
    confirmedAt: await tx.households.phoneConfirmedAt(residentId),
    refusedAt: await tx.households.phoneRefusedAt(residentId),
    speaks: links.some(({ until }) => until !== null),
  }
  return phoneStanding(known, world.now(), settings.retention)
}
