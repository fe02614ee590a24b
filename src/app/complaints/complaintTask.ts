import type { Complaint } from '../../domain/complaint/complaint.ts'
import type { ComplaintState } from '../../domain/complaint/complaintState.ts'
import { openTask, taskCreated } from '../../domain/taskState.ts'
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
