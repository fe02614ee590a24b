import { contactPosts, type CareFamily, type ContactPost } from '../../domain/care/careFamily.ts'
import { careGaps, foldCare } from '../../domain/care/careState.ts'
import { covers, type Officer } from '../../domain/officer.ts'
import { careRulesOf } from '../../domain/packs/care.ts'
import { addDays, shanghaiDate } from '../../domain/world.ts'
import type { Outcome } from '../caseViews.ts'
import { sendMessages } from '../messages/sendMessage.ts'
import { refused } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { withEvent, type FamilyHand } from './careAccess.ts'
import { endCareTask, familyName, openCareTask } from './careTask.ts'

export interface ContactChange {
  post: ContactPost
  officerId: string | null
  why: 'chosen' | 'departure'
  /** The family has him before it: no introduction. */
  met?: true
}

/** The post that an officer of this role may hold: the leader is of the town, the cadre of the village. */
const postRole = { leader: 'town', cadre: 'village' } as const

/** Whom the town may choose. Refused: `badInput` for who does not sit there, or not any more. */
export async function chooseContact(
  hand: FamilyHand,
  change: { post: ContactPost; officerId: string },
): Promise<Outcome<null>> {
  const chosen = await hand.tx.officers.byId(change.officerId)
  if (!chosen || !mayHold(chosen, change.post, hand.family.regionCode)) {
    return refused({ code: 'badInput', fields: ['officer'] })
  }
  await setContact(hand, { ...change, why: 'chosen' })
  return { ok: true, value: null }
}

export const mayHold = ({ disabled, role, regionCode }: Officer, post: ContactPost, place: string): boolean =>
  !disabled && role === postRole[post] && covers(regionCode, place)

/**
 * Sets one contact, and what follows: open tasks are seen by the new pair; who is new is introduced by name and goes there; a gap
 * is a task of the town until it is closed. The hand has the eyes of the service.
 */
export async function setContact(hand: FamilyHand, change: ContactChange): Promise<void> {
  const { post, officerId, why, met } = change
  const changed = await withEvent(hand, { type: 'contactSet', post, officerId, why })
  const { parts, tx, family, state } = changed
  await tx.care.showTasksTo(family.id, pairOf(family))
  await followGap(parts, tx, family)
  if (officerId !== null && state.toIntroduce.includes(officerId)) {
    if (met) await withEvent(changed, { type: 'introduced', officerId, told: true })
    else await introduce(changed, officerId)
  }
}

const pairOf = ({ actions }: CareFamily): string[] => {
  const { contacts } = foldCare(actions)
  return contactPosts.flatMap(post => contacts[post] ?? [])
}

/** By name, with the office's phone, to whoever of them writes with us; and a first visit, whether that arrived or not. */
async function introduce(hand: FamilyHand, officerId: string): Promise<void> {
  const { parts, tx, family, by } = hand
  const officer = await tx.officers.byId(officerId)
  if (!officer) return
  const values = { name: officer.name, post: officer.role, phone: officer.officePhone }
  // All of them in one batch: held one after another, this and another batch could wait for each other.
  const sent = await sendMessages(
    parts,
    tx,
    family.residentIds.map(residentId => ({
      ...{ to: { residentId }, purpose: 'care' as const, key: 'care.told.contact', values },
      dedupeKey: `care:${family.id}:introduce:${officerId}:${by.at}:${residentId}`,
    })),
  )
  const told = sent.some(({ kind }) => kind === 'queued')
  await withEvent(hand, { type: 'introduced', officerId, told })
  const { introduceDays } = careRulesOf(parts.packFor(family.regionCode).care)
  await openCareTask(parts, tx, family, {
    source: 'careVisit',
    summary: parts.text('zh-CN', 'care.task.introduce', { family: familyName(parts, family), name: officer.name }),
    due: addDays(shanghaiDate(by.at), introduceDays),
    once: `introduce:${officerId}`,
  })
}

/** No family is left without its pair unseen: the town has a task as long as one is missing. */
export async function followGap(parts: AppParts, tx: Tx, family: CareFamily): Promise<void> {
  const waiting = (await tx.care.openTasks(family.id)).find(({ source }) => source === 'careGap')
  const isGap = careGaps(foldCare(family.actions)).includes('contactPair')
  if (!isGap && waiting) await endCareTask(parts, tx, waiting.id, parts.text('zh-CN', 'care.task.paired'))
  if (!isGap || waiting) return
  const { introduceDays } = careRulesOf(parts.packFor(family.regionCode).care)
  await openCareTask(parts, tx, family, {
    source: 'careGap',
    summary: parts.text('zh-CN', 'care.task.gap', { family: familyName(parts, family) }),
    due: addDays(shanghaiDate(parts.world.now()), introduceDays),
    once: 'gap',
  })
}
