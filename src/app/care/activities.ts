import { maySignUp, type CareActivity, type SignUpAnswer } from '../../domain/care/careActivity.ts'
import { foldCare } from '../../domain/care/careState.ts'
import { covers, type Officer } from '../../domain/officer.ts'
import { asService } from '../asService.ts'
import type { Outcome } from '../caseViews.ts'
import { sendMessages } from '../messages/sendMessage.ts'
import { eyesOf, untilQuiet } from '../officer/eyes.ts'
import { refused } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { inFamily } from './careAccess.ts'
import { careFamilyOf } from './careFamilyOf.ts'
import { familyName } from './careTask.ts'
import { noteCare } from './record.ts'

/** An activity with how many come. `families`: those whom the officer may see, by surname. */
export interface ActivityView {
  activity: CareActivity
  placeName: string
  taken: number
  families: { id: string; name: string; people: number }[]
}

/** As a family sees it: whether there is room and whether it comes itself. Never who else. */
export interface OwnActivity {
  activity: CareActivity
  hasRoom: boolean
  people: number | null
}

export interface ActivityAsked extends Pick<
  CareActivity,
  'regionCode' | 'title' | 'place' | 'startsAt' | 'capacity' | 'note'
> {}

/** From today on. */
export function listActivities(parts: AppParts, officer: Officer): Promise<ActivityView[]> {
  return parts.store.transaction(eyesOf(officer), async tx => {
    const activities = await tx.care.activities.from(parts.world.now(), officer.regionCode)
    const views: ActivityView[] = []
    for (const activity of activities) views.push(await viewOf(parts, tx, activity))
    return views
  })
}

async function viewOf(parts: AppParts, tx: Tx, activity: CareActivity): Promise<ActivityView> {
  const families: ActivityView['families'] = []
  for (const { familyId, people } of await tx.care.activities.signups(activity.id)) {
    const family = await tx.care.byId(familyId)
    if (family) families.push({ id: familyId, name: familyName(parts, family), people })
  }
  const taken = await asService(tx, () => tx.care.activities.taken(activity.id))
  return { activity, placeName: parts.regionName(activity.regionCode), taken, families }
}

/** Refused: `badInput` with `region` outside his place, with `startsAt` in the past. */
export async function openActivity(
  parts: AppParts,
  officer: Officer,
  asked: ActivityAsked,
): Promise<Outcome<{ id: string }>> {
  if (!covers(officer.regionCode, asked.regionCode)) return refused({ code: 'badInput', fields: ['region'] })
  const at = parts.world.now()
  if (asked.startsAt <= at) return refused({ code: 'badInput', fields: ['startsAt'] })
  const activity = { id: parts.world.newId(), ...asked, cancelledAt: null }
  await parts.store.transaction(eyesOf(officer), tx =>
    tx.care.activities.insert(activity, { officerId: officer.id, at }),
  )
  return { ok: true, value: { id: activity.id } }
}

/** Called off: those who wanted to come and write with us are told. Refused: `notFound`, `alreadyDone`. */
export function cancelActivity(parts: AppParts, officer: Officer, id: string): Promise<Outcome<{ id: string }>> {
  return untilQuiet(() =>
    parts.store.transaction(eyesOf(officer), async tx => {
      const activity = await tx.care.activities.lock(id)
      if (!activity || !covers(officer.regionCode, activity.regionCode)) return refused({ code: 'notFound' })
      if (activity.cancelledAt !== null) return refused({ code: 'alreadyDone' })
      await tx.care.activities.cancel(id, parts.world.now())
      await tx.as({ kind: 'system' })
      await tellCancelled(parts, tx, activity)
      return { ok: true, value: { id } }
    }),
  )
}

async function tellCancelled(parts: AppParts, tx: Tx, activity: CareActivity): Promise<void> {
  const residentIds = new Set<string>()
  for (const { familyId } of await tx.care.activities.signups(activity.id)) {
    const family = await tx.care.byId(familyId)
    // Who is not looked after any more is not written to.
    if (!family || foldCare(family.actions).status !== 'active') continue
    for (const residentId of family.residentIds) residentIds.add(residentId)
  }
  const messages = [...residentIds].map(residentId => ({
    ...{ to: { residentId }, purpose: 'care' as const, key: 'care.told.cancelled', values: { title: activity.title } },
    dedupeKey: `care:activity:${activity.id}:${residentId}`,
    expiresAt: activity.startsAt,
  }))
  // All at once and in one order: held one after another, this and a batch of a campaign could wait for each other.
  await sendMessages(parts, tx, messages)
}

export interface SignUp {
  activityId: string
  /** None: they do not come after all. */
  people: number
}

/** A contact puts a family's name down, at its wish. Refused: `notAllowed` with the reason, `full` among them. */
export function signUpFamily(
  parts: AppParts,
  officer: Officer,
  { familyId, ...asked }: SignUp & { familyId: string },
): Promise<Outcome<{ id: string }>> {
  return inFamily(parts, officer, { id: familyId }, async ({ tx, family, state, by }) => {
    if (state.status !== 'active') return refused({ code: 'notAllowed', allowed: ['register'] })
    const answer = await signUp(parts, tx, { ...asked, familyId: family.id, regionCode: family.regionCode })
    if (answer === 'notThere') return refused({ code: 'notFound' })
    if (answer !== 'ok') return refused({ code: 'notAllowed', allowed: [answer] })
    await noteCare(tx, family.id, { ...by, action: asked.people > 0 ? 'signedUp' : 'signedOff' })
    return { ok: true, value: { id: family.id } }
  })
}

/** The family itself, in chat or on its page. `notThere`: no such activity for it, or no family that is looked after. */
export function signUpResident(
  parts: AppParts,
  tx: Tx,
  { residentId, ...asked }: SignUp & { residentId: string },
): Promise<SignUpAnswer | 'notThere'> {
  return asService(tx, async () => {
    const found = await careFamilyOf(tx, { residentId })
    if (found?.state.status !== 'active') return 'notThere'
    const { id: familyId, regionCode } = found.family
    const answer = await signUp(parts, tx, { ...asked, familyId, regionCode })
    const by = { actor: { kind: 'resident' as const, id: residentId }, at: parts.world.now() }
    if (answer === 'ok') await noteCare(tx, familyId, { ...by, action: asked.people > 0 ? 'signedUp' : 'signedOff' })
    return answer
  })
}

async function signUp(
  parts: AppParts,
  tx: Tx,
  { activityId, people, familyId, regionCode }: SignUp & { familyId: string; regionCode: string },
): Promise<SignUpAnswer | 'notThere'> {
  const activity = await tx.care.activities.lock(activityId)
  if (!activity || !regionCode.startsWith(activity.regionCode)) return 'notThere'
  const at = parts.world.now()
  if (people === 0) {
    await tx.care.activities.leave(activityId, familyId, at)
    return 'ok'
  }
  const own = (await tx.care.activities.signups(activityId)).find(one => one.familyId === familyId)?.people ?? 0
  const others = (await tx.care.activities.taken(activityId)) - own
  const answer = maySignUp(activity, others, people, at)
  if (answer === 'ok') await tx.care.activities.signUp(activityId, { familyId, people, at })
  return answer
}

/** What lies ahead for the family of this resident; empty for anybody else. Looks with the eyes of the service. */
export function activitiesOf(parts: AppParts, tx: Tx, residentId: string): Promise<OwnActivity[]> {
  return asService(tx, async () => {
    const found = await careFamilyOf(tx, { residentId })
    if (found?.state.status !== 'active') return []
    const { id, regionCode } = found.family
    const ahead = await tx.care.activities.from(parts.world.now(), regionCode)
    const own: OwnActivity[] = []
    for (const activity of ahead.filter(one => one.cancelledAt === null && regionCode.startsWith(one.regionCode))) {
      const people = (await tx.care.activities.signups(activity.id)).find(({ familyId }) => familyId === id)?.people
      const taken = await tx.care.activities.taken(activity.id)
      own.push({ activity, hasRoom: taken < activity.capacity, people: people ?? null })
    }
    return own
  })
}
