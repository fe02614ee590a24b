import type { CareNeed } from '../../domain/care/careFamily.ts'
import { callDaysOf } from '../../domain/packs/help.ts'
import type { TaskDetail } from '../../domain/task.ts'
import { openTask, taskCreated } from '../../domain/taskState.ts'
import { shanghaiDate, type LocalDate } from '../../domain/world.ts'
import { careFamilyOf, type FamilyWithContacts } from '../care/careFamilyOf.ts'
import { openCareTask } from '../care/careTask.ts'
import { villageKnown } from '../grief/askVillage.ts'
import type { AppParts } from '../parts.ts'
import type { ChannelName, Tx } from '../ports.ts'
import { responsible } from '../tasks/whoDoesIt.ts'

/** What can be asked for in chat. */
export const helpNeeds = [
  'accompany',
  'familyDoctor',
  'counselling',
  'dailyCare',
  'policy',
  'talk',
] as const satisfies CareNeed[]
export type HelpNeed = (typeof helpNeeds)[number]

/** What is known of who asks: the family that is looked after, else his newest case. */
interface Known {
  care: FamilyWithContacts | null
  place: string | null
  phone: string | null
}

async function knownOf(tx: Tx, residentId: string): Promise<Known> {
  const care = await careFamilyOf(tx, { residentId })
  const [newest = null] = await tx.applications.ofResident(residentId)
  return {
    care,
    place: care?.family.regionCode ?? newest?.regionCode ?? null,
    phone: care?.state.phone ?? newest?.content.phone ?? null,
  }
}

/** What has to be asked besides, so that somebody can call. Needs the eyes of the service. */
export async function missingFor(tx: Tx, residentId: string): Promise<'none' | 'phone' | 'both'> {
  const { place, phone } = await knownOf(tx, residentId)
  if (place === null) return 'both'
  return phone === null ? 'phone' : 'none'
}

export interface HelpWish {
  residentId: string
  channel: ChannelName
  need: HelpNeed
  words: string | null
  region: string | null
  phone: string | null
}

/**
 * Asks a human: both contacts of a family that is looked after, else the officer of the village, within the days of the pack.
 * Asked for the same again while it waits, it stays one task. `person`: who calls, where only one can be meant. Needs the eyes of
 * the service.
 */
export async function askHelp(
  parts: AppParts,
  tx: Tx,
  wish: HelpWish,
): Promise<{ person: string | null; by: LocalDate }> {
  const { residentId, need } = wish
  const known = await knownOf(tx, residentId)
  const place = known.place ?? wish.region ?? parts.settings.homeRegion
  const days = callDaysOf(parts.packFor(place).help)
  const at = parts.world.now()
  const due = parts.addWorkingDays(shanghaiDate(at), days)
  const detail = detailOf(wish, known)
  const summary = parts.text('zh-CN', 'app.task.help', { need })
  if (known.care) {
    const { family, cadre, leader } = known.care
    const asked = { source: 'helpRequest' as const, summary, due: due.date, once: `help:${need}`, detail }
    await openCareTask(parts, tx, family, asked)
    return { person: (cadre ?? leader)?.name ?? null, by: due.date }
  }
  const task = openTask({
    ...{ id: parts.world.newId(), source: 'helpRequest', regionCode: place, applicationId: null, summary, detail },
    ...{ promiseDue: due.date, dueProvisional: due.provisional, createdAt: at },
  })
  const actor = { kind: 'resident' as const, id: residentId }
  await tx.tasks.insertUnlessWaiting(`help:${residentId}:${need}`, task, taskCreated(task, actor))
  // Who told of a death before he said where he lives is visited now that it is known.
  await villageKnown(parts, tx, { residentId, regionCode: place, phone: wish.phone ?? known.phone })
  const [only, ...others] = await responsible(parts, tx, task)
  return { person: others.length === 0 ? (only?.name ?? null) : null, by: due.date }
}

function detailOf({ residentId, channel, need, words, phone }: HelpWish, known: Known): TaskDetail {
  const answers = { need, words, phone: phone ?? known.phone }
  return { residentId, sessionId: '', flow: 'warm-heart-help', step: '', answers, channel }
}
