import { brief } from '../../conversation/officer/brief.ts'
import { showDay } from '../../conversation/showValue.ts'
import type { Officer } from '../../domain/officer.ts'
import type { Task } from '../../domain/task.ts'
import { isOverdue } from '../../domain/taskState.ts'
import type { Instant } from '../../domain/world.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { rulesAt } from './taskTime.ts'
import type { Turn } from './whoseTurn.ts'

/** Reminders of one place that are looked through for one morning. Ours: far more than anybody reads. */
const MOST_LOOKED_AT = 200

/** Named in one message; of the rest, how many. */
export const MOST_NAMED = 3

/** A task past half of its time, as the morning tells of it. */
export type Halfway = Pick<Task, 'summary' | 'promiseDue' | 'legalDue'>

/** One reminder to one officer, so that it goes once. */
export const reminderKey = ({ id, clockFrom, clockStage }: Task, officerId: string): string =>
  `task:${id}:${clockFrom}:${clockStage}:${officerId}`

/**
 * The tasks whose reminders are no message of their own, or that the cap of the day stopped: of what he holds or is to take,
 * since his last digest, so that each is told once. Most pressing first. Needs the eyes of the service.
 */
export async function halfwayTasks(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { turn, since }: { turn: Turn; since: Instant },
): Promise<Task[]> {
  const now = parts.world.now()
  const reminded = (await remindedOf(tx, officer, { turn, since })).filter(
    task => rulesAt(parts, task.regionCode).remindAt[task.clockStage - 1] !== undefined && !isOverdue(task, now),
  )
  const told = await tx.outbox.written(reminded.map(task => reminderKey(task, officer.id)))
  const untold = reminded.filter(task => !told.has(reminderKey(task, officer.id)))
  return untold.toSorted((one, other) => dueOf(one).localeCompare(dueOf(other)))
}

/** These tasks as lines, so many by name and the rest as a number. Null: there is none. */
export function halfwayWords({ text }: Pick<AppParts, 'text'>, tasks: readonly Halfway[], most: number): string | null {
  if (tasks.length === 0) return null
  const named = tasks
    .slice(0, most)
    .map(task =>
      text('zh-CN', 'tasks.halfwayLine', { summary: brief(task.summary), due: showDay('zh-CN', dueOf(task)) }),
    )
  const more = tasks.length - named.length
  const rest = more > 0 ? [text('zh-CN', 'tasks.halfwayMore', { named: named.length, more })] : []
  return [...named, ...rest].join('\n')
}

const dueOf = ({ promiseDue, legalDue }: Halfway): string => promiseDue ?? legalDue ?? ''

/** What he holds, and what lies open and is his to take, each once, nearest due day first in each place. */
async function remindedOf(tx: Tx, officer: Officer, { turn, since }: { turn: Turn; since: Instant }): Promise<Task[]> {
  const found = new Map<string, Task>()
  await turn.inEachPlace(async place => {
    for (const { task, matter } of await tx.tasks.remindedSince(since, place, MOST_LOOKED_AT)) {
      const isHis = task.assigneeId === null ? turn.isHis({ ...task, matter }) : task.assigneeId === officer.id
      if (isHis) found.set(task.id, task)
    }
  })
  return [...found.values()]
}
