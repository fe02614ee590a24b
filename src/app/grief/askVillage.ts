import type { Actor } from '../../domain/application.ts'
import { openTask, taskCreated } from '../../domain/taskState.ts'
import { shanghaiDate } from '../../domain/world.ts'
import { openCare } from '../care/careFamilyOf.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { endTask } from '../recordTask.ts'

/** Digits of the code of a village. */
const VILLAGE = 12

const causeOf = (residentId: string) => `loss:${residentId}`

/**
 * Somebody told of a death and nobody knows where he lives: until he says so, whom he should hear from is a task of the home
 * county, which finds the village and passes it on. It says nothing of what happened. Needs the eyes of the service.
 */
export async function askVillage(
  parts: AppParts,
  tx: Tx,
  { residentId, phone, by }: { residentId: string | null; phone: string | null; by: Actor },
): Promise<void> {
  if (residentId === null) return
  const at = parts.world.now()
  const due = parts.addWorkingDays(shanghaiDate(at), parts.settings.callBackDays)
  const task = openTask({
    ...{ id: parts.world.newId(), source: 'helpRequest', regionCode: parts.settings.homeRegion, applicationId: null },
    summary: parts.text('zh-CN', 'grief.task.whichVillage'),
    detail: { residentId, sessionId: '', flow: '', step: '', answers: { phone } },
    ...{ promiseDue: due.date, dueProvisional: due.provisional, createdAt: at },
  })
  await tx.tasks.insertUnlessWaiting(causeOf(residentId), task, taskCreated(task, by))
}

/** The village became known: the town is asked to go there, and nobody asks for it any more. Needs the eyes of the service. */
export async function villageKnown(
  parts: AppParts,
  tx: Tx,
  { residentId, regionCode, phone }: { residentId: string; regionCode: string; phone: string | null },
): Promise<void> {
  if (regionCode.length !== VILLAGE) return
  const waiting = await tx.tasks.waiting(causeOf(residentId))
  const task = waiting && (await tx.tasks.lock(waiting.id))
  if (!task) return
  const actor = { kind: 'resident' as const, id: residentId }
  const [householdId = null] = (await tx.messages.householdsOf([residentId])).get(residentId) ?? []
  const opening = { residentId, householdId, regionCode, name: null, phone, occasion: 'bereavement' as const }
  await openCare(parts, tx, { ...opening, actor })
  await endTask(tx, task, { actor, at: parts.world.now(), reason: parts.text('zh-CN', 'grief.task.villageKnown') })
}
