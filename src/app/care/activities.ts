import { maySignUp, type CareActivity, type SignUpAnswer } from '../../domain/care/careActivity.ts'
import { covers, type Officer } from '../../domain/officer.ts'
import { asService } from '../asService.ts'
import type { Outcome } from '../caseViews.ts'
import { eyesOf, untilQuiet } from '../officer/eyes.ts'
import { refused } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { giveFreePlaces, tellFamilies } from './activityNews.ts'
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
  /** It wants to come and has no place yet. */
  waits: boolean
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

/** Those whose afternoon it is are invited. Refused: `badInput` with `region` outside his place, with `startsAt` in the past. */
export async function openActivity(
  parts: AppParts,
  officer: Officer,
  asked: ActivityAsked,
): Promise<Outcome<{ id: string }>> {
  if (!covers(officer.regionCode, asked.regionCode)) return refused({ code: 'badInput', fields: ['region'] })
  const at = parts.world.now()
  if (asked.startsAt <= at) return refused({ code: 'badInput', fields: ['startsAt'] })
  const activity = { id: parts.world.newId(), ...asked, cancelledAt: null }
  await parts.store.transaction(eyesOf(officer), async tx => {
    await tx.care.activities.insert(activity, { officerId: officer.id, at })
    await tx.as({ kind: 'system' })
    const familyIds = await tx.care.activeBelow(asked.regionCode)
    await tellFamilies(parts, tx, { activity, news: 'invited', familyIds })
  })
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
      const coming = [...(await tx.care.activities.signups(id)), ...(await tx.care.activities.waiting(id))]
      const familyIds = coming.map(({ familyId }) => familyId)
      await tellFamilies(parts, tx, { activity, news: 'cancelled', familyIds })
      return { ok: true, value: { id } }
    }),
  )
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

/** The family itself, in chat or on its page. `mayWait`: for a place, where it is full. `notThere`: no such activity for it, or no family that is looked after. */
export function signUpResident(
  parts: AppParts,
  tx: Tx,
  { residentId, ...asked }: SignUp & { residentId: string; mayWait?: boolean },
): Promise<SignUpAnswer | 'notThere'> {
  return asService(tx, async () => {
    const found = await careFamilyOf(tx, { residentId })
    if (found?.state.status !== 'active') return 'notThere'
    const { id: familyId, regionCode } = found.family
    const answer = await signUp(parts, tx, { ...asked, familyId, regionCode })
    const by = { actor: { kind: 'resident' as const, id: residentId }, at: parts.world.now() }
    if (answer === 'ok' || answer === 'waiting')
      await noteCare(tx, familyId, { ...by, action: asked.people > 0 ? 'signedUp' : 'signedOff' })
    return answer
  })
}

async function signUp(
  parts: AppParts,
  tx: Tx,
  asked: SignUp & { familyId: string; regionCode: string; mayWait?: boolean },
): Promise<SignUpAnswer | 'notThere'> {
  const { activityId, people, familyId, mayWait = false } = asked
  const activity = await tx.care.activities.lock(activityId)
  if (!activity || !asked.regionCode.startsWith(activity.regionCode)) return 'notThere'
  const at = parts.world.now()
  const own = (await tx.care.activities.signups(activityId)).find(one => one.familyId === familyId)?.people ?? 0
  if (people === 0) {
    await tx.care.activities.leave(activityId, familyId, at)
    await giveFreePlaces(parts, tx, activity)
    return 'ok'
  }
  const others = (await tx.care.activities.taken(activityId)) - own
  const answer = maySignUp(activity, others, people, at)
  // Who has places and asks for more than there are keeps those he has.
  const waits = answer === 'full' && mayWait && own === 0
  if (answer !== 'ok' && !waits) return answer
  await tx.care.activities.signUp(activityId, { familyId, people, at, waits })
  if (people < own) await giveFreePlaces(parts, tx, activity)
  return waits ? 'waiting' : 'ok'
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
      const waits = (await tx.care.activities.waiting(activity.id)).some(({ familyId }) => familyId === id)
      own.push({ activity, hasRoom: taken < activity.capacity, people: people ?? null, waits })
    }
    return own
  })
}
