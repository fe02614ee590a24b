import type { Commitment } from '../../domain/commitment.ts'
import { maskName } from '../../domain/mask.ts'
import type { TaskSource } from '../../domain/task.ts'
import { openTask, taskCreated } from '../../domain/taskState.ts'
import type { LocalDate } from '../../domain/world.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { endTask } from '../recordTask.ts'

/** A task about one commitment: to check it, to see it mended, or to decide what follows when nobody mended it. */
export interface CommitmentTask {
  kind: 'check' | 'correct' | 'breach'
  due: LocalDate
  provisional: boolean
}

/** Digits of a county: a breach that nobody mended is a supervisor's. */
const COUNTY_DIGITS = 6

const sourceOf: Record<CommitmentTask['kind'], TaskSource> = {
  check: 'commitmentCheck',
  correct: 'commitmentCheck',
  breach: 'commitmentBreach',
}

/** Opens the task and answers its id. The summary names nobody in clear. Needs eyes that see the place. */
export async function openCommitmentTask(
  parts: AppParts,
  tx: Tx,
  commitment: Commitment,
  { kind, due, provisional }: CommitmentTask,
): Promise<string> {
  const application = await tx.applications.byId(commitment.applicationId)
  const task = openTask({
    id: parts.world.newId(),
    source: sourceOf[kind],
    regionCode: kind === 'breach' ? commitment.regionCode.slice(0, COUNTY_DIGITS) : commitment.regionCode,
    applicationId: commitment.applicationId,
    summary: parts.text('zh-CN', 'app.task.commitment', {
      kind,
      material: parts.text('zh-CN', `material.${commitment.material}`),
      name: maskName(application?.content.applicantName ?? ''),
      number: application?.number ?? '',
    }),
    promiseDue: due,
    dueProvisional: provisional,
    createdAt: parts.world.now(),
  })
  await tx.tasks.insert(task, taskCreated(task, { kind: 'system' }))
  return task.id
}

/** What was to be done in this task is done in another one now. */
export async function endCommitmentTask(parts: AppParts, tx: Tx, taskId: string | null, reason: string): Promise<void> {
  const task = taskId === null ? null : await tx.tasks.lock(taskId)
  if (task) await endTask(tx, task, { actor: { kind: 'system' }, at: parts.world.now(), reason })
}
