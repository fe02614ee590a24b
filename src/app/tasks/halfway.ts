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

/** Named in one message; of the rest, how many. With these it still fits a card of WeCom. */
const MOST_NAMED = 3

/** One reminder to one officer, so that it goes once. */
export const reminderKey = ({ id, clockFrom, clockStage }: Task, officerId: string): string =>
  `task:${id}:${clockFrom}:${clockStage}:${officerId}`

/**
 * The reminders that are no message of their own, or that the cap of the day stopped, as lines for the morning: of what he holds
 * or is to take, since his last digest, so that each is told once. Null: there is none. Needs the eyes of the service.
 */
export async function halfwayLines(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { turn, since }: { turn: Turn; since: Instant },
): Promise<string | null> {
  const now = parts.world.now()
  const reminded = (await remindedOf(tx, officer, { turn, since })).filter(
    task => rulesAt(parts, task.regionCode).remindAt[task.clockStage - 1] !== undefined && !isOverdue(task, now),
  )
  const told = await tx.outbox.written(reminded.map(task => reminderKey(task, officer.id)))
  const tasks = reminded.filter(task => !told.has(reminderKey(task, officer.id)))
  if (tasks.length === 0) return null
  const named = tasks.slice(0, MOST_NAMED).map(({ summary, promiseDue, legalDue }) =>
    parts.text('zh-CN', 'tasks.halfwayLine', {
      summary: brief(summary),
      due: showDay('zh-CN', promiseDue ?? legalDue ?? ''),
    }),
  )
  const more = tasks.length - named.length
  return [...named, ...(more > 0 ? [parts.text('zh-CN', 'tasks.halfwayMore', { more })] : [])].join('\n')
}

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
