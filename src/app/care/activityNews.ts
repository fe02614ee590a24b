import type { CareActivity } from '../../domain/care/careActivity.ts'
import type { CareFamily } from '../../domain/care/careFamily.ts'
import { foldCare } from '../../domain/care/careState.ts'
import { addDays, shanghaiDate, shanghaiTime, startOfDay } from '../../domain/world.ts'
import { sendMessages, type MessageOutcome } from '../messages/sendMessage.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { familyName, openCareTask } from './careTask.ts'

/** What families are told of an afternoon. */
export type ActivityNews = 'invited' | 'tomorrow' | 'place' | 'cancelled'

/** Families whose afternoon this is and who are still looked after. Needs the eyes of the service. */
async function stillInCare(tx: Tx, familyIds: readonly string[]): Promise<CareFamily[]> {
  const families: CareFamily[] = []
  for (const id of familyIds) {
    const family = await tx.care.byId(id)
    if (family && foldCare(family.actions).status === 'active') families.push(family)
  }
  return families
}

/**
 * Told to everybody of them who writes with us, all in one batch and so in one order: held one after another, this and a batch of
 * a campaign could wait for each other. An invitation that does not go is left; everything else a contact brings, unless the
 * house is to be left in peace. Needs the eyes of the service.
 */
export async function tellFamilies(
  parts: AppParts,
  tx: Tx,
  { activity, news, familyIds }: { activity: CareActivity; news: ActivityNews; familyIds: readonly string[] },
): Promise<void> {
  const families = await stillInCare(tx, familyIds)
  const values = valuesOf(activity)
  const told = families.flatMap(family => family.residentIds.map(residentId => ({ family, residentId })))
  const outcomes = await sendMessages(
    parts,
    tx,
    told.map(({ residentId }) => ({
      ...{ to: { residentId }, purpose: 'care' as const, key: `care.told.${news}`, values },
      dedupeKey: `care:activity:${activity.id}:${news}:${residentId}`,
      expiresAt: activity.startsAt,
    })),
  )
  if (news === 'invited') return
  for (const family of families) {
    const own = outcomes.filter((_, n) => told[n]?.family === family)
    if (!isLeftToContact(own)) continue
    const words = parts.text('zh-CN', `care.told.${news}`, values)
    const summary = parts.text('zh-CN', 'care.task.bring', { family: familyName(parts, family), words })
    const due = shanghaiDate(parts.world.now())
    await openCareTask(parts, tx, family, { source: 'careVisit', summary, due, once: `${news}:${activity.id}` })
  }
}

/** Nobody of them gets it, and nobody of them asked to be left in peace. */
const isLeftToContact = (outcomes: readonly MessageOutcome[]): boolean =>
  outcomes.every(one => one.kind === 'notSent' && one.reason !== 'muted' && one.reason !== 'optedOut')

function valuesOf({ title, place, startsAt }: CareActivity) {
  const [, month = '', day = ''] = shanghaiDate(startsAt).split('-')
  return { title, place, month: Number(month), day: Number(day), time: shanghaiTime(startsAt).slice(11, 16) }
}

/** The day before, once for each afternoon; any number of workers may do it. Answers how many afternoons there were. */
export function remindActivities(parts: AppParts): Promise<number> {
  return parts.store.transaction({ kind: 'system' }, async tx => {
    const at = parts.world.now()
    const tomorrow = addDays(shanghaiDate(at), 1)
    const due = await tx.care.activities.toRemind(at, startOfDay(addDays(tomorrow, 1)))
    for (const activity of due) {
      await tx.care.activities.reminded(activity.id, at)
      const familyIds = (await tx.care.activities.signups(activity.id)).map(({ familyId }) => familyId)
      await tellFamilies(parts, tx, { activity, news: 'tomorrow', familyIds })
    }
    return due.length
  })
}

/** Places became free: those who have waited longest and fit get them and are told. The activity is held. */
export async function giveFreePlaces(parts: AppParts, tx: Tx, activity: CareActivity): Promise<void> {
  const { activities } = tx.care
  const at = parts.world.now()
  if (activity.cancelledAt !== null || activity.startsAt <= at) return
  let free = activity.capacity - (await activities.taken(activity.id))
  const familyIds: string[] = []
  for (const { familyId, people } of await activities.waiting(activity.id)) {
    if (people > free) continue
    free -= people
    familyIds.push(familyId)
    await activities.signUp(activity.id, { familyId, people, at, waits: false })
  }
  if (familyIds.length > 0) await tellFamilies(parts, tx, { activity, news: 'place', familyIds })
}
