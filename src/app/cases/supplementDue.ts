/** What the service does about a supplement that is waited for: it reminds once, and tells an officer when the day is over. */
import type { Actor, Application, ApplicationEvent } from '../../domain/application.ts'
import { foldApplication } from '../../domain/applicationState.ts'
import { openTask, taskCreated } from '../../domain/taskState.ts'
import { shanghaiDate } from '../../domain/world.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { endTask } from '../recordTask.ts'
import { tellResident } from '../tellResident.ts'

/**
 * Puts the reminder into the outbox; answers what the log says of it. After a stop of the service that outlasted the day nobody is
 * reminded of what is over. Needs the eyes of the service.
 */
export async function remindOfSupplement(parts: AppParts, tx: Tx, application: Application): Promise<ApplicationEvent> {
  const { notices, supplementDue: due } = foldApplication(application.actions)
  if (due !== null && shanghaiDate(parts.world.now()) > due) return passToOfficer(parts, tx, application)
  const notice = notices.at(-1) ?? ''
  const told = await tellResident(parts, tx, application.residentId, {
    key: 'app.told.supplementReminder',
    values: { number: application.number, notice, due },
    dedupeKey: `supplementReminder:${notice}`,
    critical: false,
  })
  return { type: 'supplementReminded', told }
}

/** Asks an officer of the place to see to it; answers what the log says of it. Needs the eyes of the service. */
export async function passToOfficer(parts: AppParts, tx: Tx, application: Application): Promise<ApplicationEvent> {
  const { id, number, regionCode, actions } = application
  const due = foldApplication(actions).supplementDue ?? ''
  const at = parts.world.now()
  const { date, provisional } = parts.addWorkingDays(shanghaiDate(at), parts.settings.callBackDays)
  const task = openTask({
    ...{ id: parts.world.newId(), source: 'supplementOverdue', regionCode, applicationId: id },
    summary: parts.text('zh-CN', 'app.task.supplementOverdue', { number, due }),
    ...{ promiseDue: date, dueProvisional: provisional, createdAt: at },
  })
  await tx.tasks.insert(task, taskCreated(task, { kind: 'system' }))
  return { type: 'supplementLapsed', due }
}

/** The papers came, the case was taken back, or a corrected notice gave another day: nobody has to see to it any more. */
export async function endOverdueTask(
  parts: AppParts,
  tx: Tx,
  applicationId: string,
  why: { actor: Actor; reason: string },
): Promise<void> {
  for (const { id, source } of await tx.tasks.ofApplication(applicationId)) {
    const task = source === 'supplementOverdue' ? await tx.tasks.lock(id) : null
    if (task) await endTask(tx, task, { ...why, at: parts.world.now() })
  }
}
