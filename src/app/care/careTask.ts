import type { CareFamily } from '../../domain/care/careFamily.ts'
import { foldCare } from '../../domain/care/careState.ts'
import { surnameOf } from '../../domain/personName.ts'
import type { Task, TaskDetail, TaskSource } from '../../domain/task.ts'
import { openTask, taskCreated } from '../../domain/taskState.ts'
import type { LocalDate } from '../../domain/world.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { endTask } from '../recordTask.ts'

export interface CareTaskAsked {
  source: TaskSource
  /** One line that names nobody by more than the surname, and says nothing of what happened to the family. */
  summary: string
  due: LocalDate | null
  /** What of one kind waits only once, `gap`; absent: each of them is one of its own. */
  once?: string
  detail?: TaskDetail
}

/**
 * A task about a family: its two contacts and the town see it, and nobody else. With neither contact it lies at the town. Answers
 * its id; null when one of its kind waits already. Needs the eyes of the service.
 */
export async function openCareTask(
  parts: AppParts,
  tx: Tx,
  family: CareFamily,
  { source, summary, due, once, detail }: CareTaskAsked,
): Promise<string | null> {
  const { contacts } = foldCare(family.actions)
  const onlyFor = [contacts.leader, contacts.cadre].filter(id => id !== null)
  const task = openTask({
    id: parts.world.newId(),
    source,
    // Without a village cadre nobody below the town may know of it, and a gap is the town's to close.
    regionCode: contacts.cadre === null || source === 'careGap' ? family.regionCode.slice(0, 9) : family.regionCode,
    applicationId: null,
    summary,
    promiseDue: due,
    createdAt: parts.world.now(),
    onlyFor,
    ...(detail ? { detail } : {}),
  })
  const cause = careCause(family.id, once ?? task.id)
  return (await tx.tasks.insertUnlessWaiting(cause, task, taskCreated(task, { kind: 'system' }))) ? task.id : null
}

/** Under which a task of a family waits; `once`: as it was asked for. */
export const careCause = (familyId: string, once: string): string => `care:${familyId}:${once}`

/** What became unnecessary. Needs the eyes of the service. */
export async function endCareTask(parts: AppParts, tx: Tx, taskId: string, reason: string): Promise<void> {
  const task: Task | null = await tx.tasks.lock(taskId)
  if (task) await endTask(tx, task, { actor: { kind: 'system' }, at: parts.world.now(), reason })
}

/** 王家: how a list names a family. Of a family without a name yet it says so. */
export function familyName(parts: Pick<AppParts, 'text'>, { actions }: Pick<CareFamily, 'actions'>): string {
  const [first] = foldCare(actions).people
  const surname = surnameOf(first?.name ?? '')
  return surname ? parts.text('zh-CN', 'care.familyName', { surname }) : parts.text('zh-CN', 'care.unnamed')
}
