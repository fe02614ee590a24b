import { z } from 'zod'
import type { Json } from '../../conversation/types.ts'
import { isOverdue } from '../../domain/taskState.ts'
import { decideTask, leaseTaskById } from '../officer/work.ts'
import { outcome, type CommandHandler } from './command.ts'

/** Lines of a list in chat: more do not fit a screen, the page shows all. */
const LIST_LINES = 10

const taskArgs = z.object({ taskId: z.string() })

/** 待办: what waits in the officer's place, nearest due date first. Outcomes: `listed`, `none`. */
export const officerTasks: CommandHandler = async (_args, { tx, officer, at }) => {
  if (!officer) return outcome('none')
  const { items, next } = await tx.tasks.list({ status: ['open', 'leased', 'paused'], limit: LIST_LINES })
  if (items.length === 0) return outcome('none')
  const lines = items.map((task): Json => ({
    taskId: task.id,
    summary: task.summary,
    due: task.promiseDue ?? task.legalDue,
    status: task.status,
    overdue: isOverdue(task, at),
    mine: task.assigneeId === officer.id,
  }))
  return outcome('listed', { items: lines, total: items.length, more: next !== null })
}

/** 接单 N. Outcomes: `leased`, `taken` with the holder's name, `notFound`. */
export const officerLease: CommandHandler = async (args, { parts, tx, officer }) => {
  const { taskId } = taskArgs.parse(args)
  if (!officer) return outcome('notFound')
  const result = await leaseTaskById(parts, tx, officer, taskId, null)
  if (result.ok) return outcome('leased', { summary: result.value.summary })
  return result.refusal.code === 'taken' ? outcome('taken', { by: result.refusal.heldBy ?? '' }) : outcome('notFound')
}

/** 办结 N: grants the application of a task the officer holds. Outcomes: `closed`, `notLeased`, `notAllowed`, `notFound`. */
export const officerClose: CommandHandler = async (args, { parts, tx, officer }) => {
  const { taskId } = taskArgs.parse(args)
  const task = officer ? await tx.tasks.byId(taskId) : null
  if (!officer || !task) return outcome('notFound')
  if (task.assigneeId !== officer.id || task.status !== 'leased') return outcome('notLeased')
  const application = task.applicationId ? await tx.applications.byId(task.applicationId) : null
  if (!application) return outcome('notAllowed')
  const result = await decideTask(parts, tx, officer, application.id, task.fence, { decision: 'granted' })
  if (!result.ok) return outcome('notAllowed')
  return outcome('closed', { certificateNumber: result.value.certificateNumber })
}
