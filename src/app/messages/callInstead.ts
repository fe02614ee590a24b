import type { Application } from '../../domain/application.ts'
import type { CareFamily } from '../../domain/care/careFamily.ts'
import { maskName } from '../../domain/mask.ts'
import type { MessagePurpose } from '../../domain/message/purpose.ts'
import { openTask, taskCreated } from '../../domain/taskState.ts'
import { shanghaiDate, type LocalDate } from '../../domain/world.ts'
import { asService } from '../asService.ts'
import { careFamilyOf } from '../care/careFamilyOf.ts'
import { familyName, openCareTask } from '../care/careTask.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { wholeCircle } from './circles.ts'
import type { Receiver } from './messagePort.ts'

/** Of which messages a person brings word when no way is left. A missed survey or reminder is not worth a visit. */
const worthAVisit: readonly MessagePurpose[] = ['case', 'care', 'distress']

/** Somebody who could not be reached, and why: a sentence without anybody's data. */
export interface Unreached {
  to: Receiver
  purpose: MessagePurpose
  why: string
}

/**
 * The last way: an officer of their place calls or visits, for a family in care its contacts. One task for each receiver as
 * long as it waits, however many messages did not arrive. False where it is not worth one, or one waits already. The eyes stay.
 */
export async function callInstead(parts: AppParts, tx: Tx, { to, purpose, why }: Unreached): Promise<boolean> {
  if (!worthAVisit.includes(purpose)) return false
  return asService(tx, async () => {
    const { householdIds, residentIds } = await wholeCircle(tx, to)
    const [householdId = null] = householdIds
    const application = await newestOf(tx, 'residentId' in to ? [to.residentId] : residentIds)
    const household = householdId === null ? null : await tx.messages.household(householdId)
    const at = parts.world.now()
    const due = parts.addWorkingDays(shanghaiDate(at), parts.settings.callBackDays)
    // What was said to a family in care is brought by its contacts; nobody else is to learn that there was anything.
    const care = purpose === 'care' ? await careFamilyOf(tx, to) : null
    if (care) return visitInstead(parts, tx, care.family, { due: due.date, why })
    const known = household
      ? { number: household.number, name: maskName(household.headName) }
      : { number: application?.number ?? '', name: application ? maskName(application.content.applicantName) : '' }
    const task = openTask({
      id: parts.world.newId(),
      source: 'unreachable',
      regionCode: household?.regionCode ?? application?.regionCode ?? parts.settings.homeRegion,
      applicationId: application?.id ?? null,
      summary: parts.text('zh-CN', 'messages.task.unreachable', { ...known, why }),
      promiseDue: due.date,
      dueProvisional: due.provisional,
      createdAt: at,
    })
    const who = householdId === null ? `resident:${residentIds[0] ?? ''}` : `household:${householdId}`
    return tx.tasks.insertUnlessWaiting(`unreached:${who}`, task, taskCreated(task, { kind: 'system' }))
  })
}

async function visitInstead(
  parts: AppParts,
  tx: Tx,
  family: CareFamily,
  { due, why }: { due: LocalDate; why: string },
): Promise<boolean> {
  const known = { number: '', name: familyName(parts, family) }
  const summary = parts.text('zh-CN', 'messages.task.unreachable', { ...known, why })
  return (await openCareTask(parts, tx, family, { source: 'careVisit', summary, due, once: 'unreached' })) !== null
}

async function newestOf(tx: Tx, residentIds: string[]): Promise<Application | null> {
  for (const residentId of residentIds) {
    const [newest] = await tx.applications.ofResident(residentId)
    if (newest) return newest
  }
  return null
}
