import type { Actor } from '../domain/application.ts'
import type { Task, TaskEvent } from '../domain/task.ts'
import { placeInTrail } from '../domain/taskSight.ts'
import { cancelTask, taskAction } from '../domain/taskState.ts'
import type { Instant } from '../domain/world.ts'
import type { Tx } from './ports.ts'

/** One more line in the log of a task. */
export interface TaskHappening {
  actor: Actor
  event: TaskEvent
  at: Instant
  /** For the audit row; no personal data. */
  detail?: Record<string, string | number | boolean | null>
}

/**
 * Writes a task as a rule changed it, with its log entry and audit row. The task was read under lock.
 * @throws {Conflict} when somebody else was faster.
 */
export async function recordTask(tx: Pick<Tx, 'tasks' | 'audit'>, task: Task, happening: TaskHappening): Promise<void> {
  const { actor, event, at, detail = {} } = happening
  const seq = await tx.tasks.nextSeq(task.id)
  await tx.tasks.save(task, taskAction(task, seq, at, actor, event))
  await tx.audit.add({
    actor,
    action: `task.${event.type}`,
    objectKind: 'task',
    objectId: task.id,
    // The county reads what happened in its places: the person complained of may sit there, and it sees no family in care.
    regionCode: placeInTrail(task),
    detail: { fence: task.fence, ...detail },
    at,
  })
}

/** Ends a task, read under lock, in which nothing is left to do. */
export async function endTask(
  tx: Tx,
  task: Task,
  { actor, at, reason }: { actor: Actor; at: Instant; reason: string },
): Promise<void> {
  const cancelled = cancelTask(task, at, reason)
  if (cancelled.ok) await recordTask(tx, cancelled.task, { actor, event: cancelled.event, at })
}
