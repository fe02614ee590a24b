import type { Task } from './task.ts'
import type { TaskChange } from './taskState.ts'

/**
 * Takes a task along with its case to another village: to the office of the same level there. Whoever held it holds it no
 * more, and a write of his with the old number is refused; the first receiver stays. Refused when it has ended.
 */
export function moveTask(task: Task, { to, reason }: { to: string; reason: string }): TaskChange {
  if (task.status === 'done' || task.status === 'cancelled') return { ok: false, code: 'notAllowed' }
  const regionCode = to.slice(0, task.regionCode.length)
  const free = { status: 'open' as const, assigneeId: null, leaseUntil: null, offer: null }
  return {
    ok: true,
    event: { type: 'moved', from: task.regionCode, to: regionCode, reason },
    task: { ...task, ...free, regionCode, fence: task.fence + 1 },
  }
}
