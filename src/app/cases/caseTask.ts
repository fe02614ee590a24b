import type { Actor, Application } from '../../domain/application.ts'
import type { Task } from '../../domain/task.ts'
import { afterTaskEvent } from '../../domain/taskFold.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { endTask, recordTask } from '../recordTask.ts'

const isLive = ({ status }: Task): boolean => status !== 'done' && status !== 'cancelled'

/** The task that a decision closes: of several (a case was reopened) the live one, else the last; null when there is none. */
export function caseTaskOf(tasks: readonly Task[]): Task | null {
  const own = tasks.filter(({ source }) => source === 'applicationStep')
  return own.find(isLive) ?? own.at(-1) ?? null
}

/**
 * Brings the due days of the case's task to where the clocks now are: none while they stand still, the new ones when they go
 * on. Needs eyes that see the task.
 */
export async function followClocks(parts: AppParts, tx: Tx, application: Application, actor: Actor): Promise<void> {
  const task = await liveTask(tx, application.id)
  if (!task) return
  const { stopped, provisional, ...due } = parts.clocks(application)
  const { promiseDue, legalDue } = stopped ? { promiseDue: null, legalDue: null } : due
  if (promiseDue === task.promiseDue && legalDue === task.legalDue) return
  const happened = { actor, event: { type: 'dueMoved' as const, promiseDue, legalDue }, at: parts.world.now() }
  await recordTask(tx, { ...afterTaskEvent(task, happened), dueProvisional: provisional }, happened)
}

/** Nothing is left to do: the resident withdrew. */
export async function cancelCaseTask(
  parts: AppParts,
  tx: Tx,
  application: Application,
  { actor, reason }: { actor: Actor; reason: string },
): Promise<void> {
  const task = await liveTask(tx, application.id)
  if (task) await endTask(tx, task, { actor, at: parts.world.now(), reason })
}

async function liveTask(tx: Tx, applicationId: string): Promise<Task | null> {
  const found = caseTaskOf(await tx.tasks.ofApplication(applicationId))
  const task = found ? await tx.tasks.lock(found.id) : null
  return task && isLive(task) ? task : null
}
