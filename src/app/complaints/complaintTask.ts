import type { Actor } from '../../domain/application.ts'
import type { Complaint } from '../../domain/complaint/complaint.ts'
import type { ComplaintState } from '../../domain/complaint/complaintState.ts'
import { cancelTask, openTask, taskAction, taskCreated } from '../../domain/taskState.ts'
import type { Instant } from '../../domain/world.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'

/** The task of the place that has a complaint now. Its line names nobody. Needs the eyes of the service. */
export async function openComplaintTask(
  parts: AppParts,
  tx: Tx,
  complaint: Pick<Complaint, 'number' | 'topic' | 'serious' | 'hiddenFrom'>,
  { regionCode, due, provisional }: Pick<ComplaintState, 'regionCode' | 'due' | 'provisional'>,
): Promise<string> {
  const { number, topic, serious, hiddenFrom } = complaint
  const topicName = parts.text('zh-CN', `complaints.topic.${topic}`)
  const task = openTask({
    id: parts.world.newId(),
    source: 'complaint',
    regionCode,
    applicationId: null,
    summary: parts.text('zh-CN', 'complaints.task', { number, topic: topicName, serious: String(serious) }),
    promiseDue: due,
    dueProvisional: provisional,
    createdAt: parts.world.now(),
    hiddenFrom,
  })
  await tx.tasks.insert(task, taskCreated(task, { kind: 'system' }))
  return task.id
}

/** Takes a task away that has nothing left to do. */
export async function endComplaintTask(
  tx: Tx,
  taskId: string | null,
  { actor, at, reason }: { actor: Actor; at: Instant; reason: string },
): Promise<void> {
  const task = taskId === null ? null : await tx.tasks.lock(taskId)
  const ended = task ? cancelTask(task, at, reason) : null
  if (!ended?.ok) return
  const seq = (await tx.tasks.actions(ended.task.id)).length + 1
  await tx.tasks.save(ended.task, taskAction(ended.task, seq, at, actor, ended.event))
}
