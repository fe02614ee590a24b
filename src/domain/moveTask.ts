import type { Actor } from './application.ts'
import type { Task } from './task.ts'
import { changed, isClosed, refuse, type TaskChange } from './taskState.ts'
import type { Instant } from './world.ts'

/**
 * Takes a task along with its case to another village: to the office of the same level there. Whoever held it holds it no
 * more, and a write of his with the old number is refused; the first receiver stays. Refused when it has ended.
 */
export function moveTask(
  task: Task,
  { to, reason }: { to: string; reason: string },
  by: { actor: Actor; at: Instant },
): TaskChange {
  if (isClosed(task)) return refuse('notAllowed')
  const there = to.slice(0, task.regionCode.length)
  return changed(task, { type: 'moved', from: task.regionCode, to: there, reason }, by)
}
