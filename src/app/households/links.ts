import type { Actor } from '../../domain/application.ts'
import type { Instant } from '../../domain/world.ts'
import { asService } from '../asService.ts'
import { typedCode } from '../cases/shortCodes.ts'
import { linkHousehold } from '../messages/households.ts'
import type { HouseholdProof } from '../messages/messagePort.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import type { SurveyCampaign } from '../surveys/surveyPort.ts'
import type { ListedHousehold } from './householdPort.ts'

/**
 * What came of a proof. `wrong`: no such code or link, or its time is over. `closed`: the campaign of the link is
 * over. `gone`: nobody lives there any more.
 * `officer`: an officer answers for no household by a code of an officer or by its link, so that nobody makes up his own ratings.
 * `other`: he speaks for another household of this county.
 */
export type LinkOutcome =
  | { kind: 'linked'; household: ListedHousehold }
  | { kind: 'wrong' | 'closed' | 'gone' | 'officer' | 'other' | 'notAnswered' }

/** A code has eight digits and ten minutes: who may guess five times an hour finds one in some two thousand years. */
const WRONG_CODES_PER_HOUR = 5
const HOUR_MS = 3_600_000
const WRONG_CODE = 'household.codeRefused'

interface Proof {
  residentId: string
  household: ListedHousehold
  proof: HouseholdProof
  /** The officer who bound them, or `service`. */
  by: string
}

/**
 * The resident shows the code that an officer made for one household at its door. What he spoke for before in this county ends:
 * he stands there with somebody who sees it. Needs the eyes of the service.
 */
export async function linkByCode(
  parts: AppParts,
  tx: Tx,
  { residentId, code }: { residentId: string; code: string },
): Promise<LinkOutcome> {
  const at = parts.world.now()
  const wrong = await tx.audit.count({ actorId: residentId, action: WRONG_CODE, since: at - HOUR_MS })
  if (wrong >= WRONG_CODES_PER_HOUR) return { kind: 'wrong' }
  if (await tx.households.isOfficer(residentId)) return { kind: 'officer' }
  const shown = await tx.shortCodes.redeem(parts.hashToken(typedCode(code)), 'household', at)
  const householdId = shown?.content?.['householdId']
  if (typeof householdId !== 'string' || !shown?.officerId) {
    await note(parts, tx, { action: WRONG_CODE, residentId, householdId: null, detail: {} })
    return { kind: 'wrong' }
  }
  const household = await tx.households.byId(householdId)
  if (!household || household.gone !== null) return { kind: 'gone' }
  await tx.households.endOthers({ householdId, residentId, by: shown.officerId, at })
  return link(parts, tx, { residentId, household, proof: 'officer', by: shown.officerId })
}

/**
 * He answered the household's own signed link, before its campaign ended, and says that it is his. Who speaks for another one
 * there has to end that first.
 */
export async function linkBySurvey(
  parts: AppParts,
  tx: Tx,
  { residentId, token }: { residentId: string; token: string },
): Promise<LinkOutcome> {
  const asked = await tx.surveys.byToken(parts.hashToken(token))
  const household = asked && (await tx.households.byId(asked.householdId))
  if (!household) return { kind: 'wrong' }
  if (household.gone !== null) return { kind: 'gone' }
  if (await tx.households.isOfficer(residentId)) return { kind: 'officer' }
  const answering = await tx.surveys.lock(asked)
  // A link found long afterwards, on an old phone or in a group, proves nothing any more.
  if (!answering || hasEnded(answering.campaign, parts.world.now())) return { kind: 'closed' }
  if (answering.response?.way !== 'link') return { kind: 'notAnswered' }
  if (await speaksElsewhere(tx, residentId, household)) return { kind: 'other' }
  return link(parts, tx, { residentId, household, proof: 'surveyLink', by: 'service' })
}

function hasEnded({ status, closesAt }: SurveyCampaign, at: Instant): boolean {
  return closesAt <= at || (status !== 'running' && status !== 'paused')
}

/** The list has his confirmed phone at several households, or he had said no before: he says that this is his. */
export async function linkByChoice(
  parts: AppParts,
  tx: Tx,
  { residentId, householdId }: { residentId: string; householdId: string },
): Promise<LinkOutcome> {
  const household = await tx.households.byId(householdId)
  if (!household) return { kind: 'wrong' }
  if (household.gone !== null) return { kind: 'gone' }
  if (await speaksElsewhere(tx, residentId, household)) return { kind: 'other' }
  const isNew = await tx.households.choose({ householdId, residentId, at: parts.world.now() })
  if (!isNew) return { kind: 'wrong' }
  await note(parts, tx, { action: 'household.link', residentId, householdId, detail: { proof: 'phone' } })
  return { kind: 'linked', household }
}

async function speaksElsewhere(tx: Tx, residentId: string, { id, regionCode }: ListedHousehold): Promise<boolean> {
  for (const { householdId } of await tx.households.linksOf(residentId)) {
    const other = householdId === id ? null : await tx.households.byId(householdId)
    if (other?.regionCode.slice(0, 6) === regionCode.slice(0, 6)) return true
  }
  return false
}

async function link(parts: AppParts, tx: Tx, { residentId, household, proof, by }: Proof): Promise<LinkOutcome> {
  if (await linkHousehold(parts, tx, { householdId: household.id, residentId, proof, by })) {
    const detail = { proof, by }
    await note(parts, tx, { action: 'household.link', residentId, householdId: household.id, detail })
  }
  return { kind: 'linked', household }
}

/** Ends what somebody speaks for, at his own wish or an officer's, now or as of `at`. False when there was nothing. The eyes stay. */
export async function endLink(
  parts: AppParts,
  tx: Tx,
  { householdId, residentId, by, at }: { householdId: string; residentId: string; by: Actor; at?: Instant },
): Promise<boolean> {
  return asService(tx, async () => {
    const who = by.kind === 'system' ? 'service' : by.id
    const ending = { householdId, residentId, by: who, at: at ?? parts.world.now() }
    if (!(await tx.households.end(ending))) return false
    await note(parts, tx, { action: 'household.unlink', residentId, householdId, detail: {}, actor: by })
    return true
  })
}

/**
 * Phones that were confirmed too long ago go, and with them what they proved; each end stands in the audit trail as any other.
 * How many phones went. Needs the eyes of the service.
 */
export async function lapseLinks(
  tx: Tx,
  { before, at, limit }: { before: Instant; at: Instant; limit: number },
): Promise<number> {
  const { phones, links } = await tx.privacy.lapsePhones(before, at, limit)
  for (const { householdId, residentId, regionCode } of links) {
    await tx.audit.add({
      ...{ actor: { kind: 'system' }, action: 'household.unlink', at, regionCode },
      ...{ objectKind: 'household', objectId: householdId, detail: { residentId, why: 'phoneTooOld' } },
    })
  }
  return phones
}

interface Noted {
  action: string
  residentId: string
  /** Null: about no household, but about who tried. */
  householdId: string | null
  detail: Record<string, string>
  /** The resident himself, unless it says otherwise. */
  actor?: Actor
}

async function note(parts: AppParts, tx: Tx, { action, residentId, householdId, detail, actor }: Noted): Promise<void> {
  const at = parts.world.now()
  const household = householdId === null ? null : await tx.households.byId(householdId)
  await tx.audit.add({
    ...{ actor: actor ?? { kind: 'resident', id: residentId }, action, at, regionCode: household?.regionCode ?? null },
    objectKind: householdId === null ? 'resident' : 'household',
    objectId: householdId ?? residentId,
    detail: householdId === null ? detail : { ...detail, residentId },
  })
}
