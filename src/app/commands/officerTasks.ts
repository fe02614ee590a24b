import { z } from 'zod'
import type { Json } from '../../conversation/types.ts'
import { covers, type Officer } from '../../domain/officer.ts'
import { officerActions } from '../../domain/officerActions.ts'
import { allowedTaskActions, isOverdue, openOffer } from '../../domain/taskState.ts'
import type { Task } from '../../domain/task.ts'
import type { Page } from '../ports.ts'
import { standsInFor } from '../tasks/inWhosePlace.ts'
import { outcome, type CommandContext, type CommandHandler } from './command.ts'

/** Lines of a list in chat: more do not fit a screen; 更多 and the page show the rest. */
export const LIST_LINES = 10

/** Lines of the place beside those of his own, at least. */
const FEWEST_OTHERS = 3

/** Where the list goes on, and what was told already. */
const listArgs = z.object({ cursor: z.string().nullish(), shown: z.array(z.string()).default([]) })

/**
 * 待办: what waits for his answer, what he has in hand, then what waits in his place, nearest due date first. With a cursor, how
 * the latter goes on. Outcomes: `listed`, `none`.
 */
export const officerTasks: CommandHandler = async (args, context) => {
  const { cursor = null, shown } = listArgs.parse(args)
  const { parts, tx, officer } = context
  if (!officer) return outcome('none')
  const names = (await standsInFor(parts, tx, officer)).map(({ name }) => name)
  const standIn = names.length === 0 ? null : names.join('、')
  const own = cursor === null ? await ownFirst(context, officer) : []
  const known = new Set([...shown, ...own.map(({ id }) => id)])
  const { items: others, next } = await othersAfter(context, cursor, { known, limit: LIST_LINES - own.length })
  const tasks = [...own, ...others]
  const continued = cursor !== null
  if (tasks.length === 0) return outcome('none', { continued, standIn })
  const items = await linesOf(context, officer, tasks)
  return outcome('listed', { items, cursor: next, continued, standIn })
}

/** The next tasks of the place that were not told yet. */
async function othersAfter(
  { tx }: CommandContext,
  cursor: string | null,
  { known, limit }: { known: Set<string>; limit: number },
): Promise<Page<Task>> {
  for (let from = cursor; ;) {
    const page = await tx.tasks.list({
      status: ['open', 'leased', 'paused'],
      limit: Math.max(limit, FEWEST_OTHERS),
      ...(from === null ? {} : { cursor: from }),
    })
    const items = page.items.filter(({ id }) => !known.has(id))
    if (items.length > 0 || page.next === null) return { items, next: page.next }
    from = page.next
  }
}

async function ownFirst({ tx, at }: CommandContext, { id }: Officer): Promise<Task[]> {
  const offered = await tx.tasks.list({ offeredTo: { officerId: id, at }, limit: LIST_LINES })
  const held = await tx.tasks.list({ assigneeId: id, status: ['leased', 'paused'], limit: LIST_LINES })
  const first = [...offered.items, ...held.items.filter(task => !offered.items.some(other => other.id === task.id))]
  return first.slice(0, LIST_LINES)
}

/** As the list shows them. */
export async function linesOf({ tx, at }: CommandContext, officer: Officer, tasks: Task[]): Promise<Json[]> {
  const ids = tasks.flatMap(({ assigneeId, offer }) => [assigneeId, offer?.from ?? null]).filter(id => id !== null)
  const names = new Map((await tx.officers.byIds([...new Set(ids)])).map(({ id, name }) => [id, name]))
  return tasks.map((task): Json => {
    const offer = openOffer(task, at)
    return {
      taskId: task.id,
      summary: task.summary,
      due: task.promiseDue ?? task.legalDue,
      status: task.status,
      overdue: isOverdue(task, at),
      mine: task.assigneeId === officer.id,
      by: task.assigneeId === null ? null : (names.get(task.assigneeId) ?? null),
      offeredBy: offer?.to === officer.id ? (names.get(offer.from) ?? null) : null,
    }
  })
}

const oneArgs = z.object({ taskId: z.string() })

/** 查 N: one task as the officer may know it in chat; phones and papers are on the page. Outcomes: `found`, `notFound`. */
export const officerTask: CommandHandler = async (args, context) => {
  const { taskId } = oneArgs.parse(args)
  const { parts, tx, officer, at } = context
  const task = officer ? await tx.tasks.byId(taskId) : null
  if (!officer || !task || !covers(officer.regionCode, task.regionCode)) return outcome('notFound')
  const offer = openOffer(task, at)
  const names = new Map((await tx.officers.byIds(idsOf(task))).map(({ id, name }) => [id, name]))
  return outcome('found', {
    taskId,
    summary: task.summary,
    place: parts.regionName(task.regionCode),
    status: task.status,
    by: task.assigneeId === null ? null : (names.get(task.assigneeId) ?? null),
    offeredTo: offer ? (names.get(offer.to) ?? null) : null,
    due: task.promiseDue ?? task.legalDue,
    overdue: isOverdue(task, at),
    urges: task.urges.total,
    evidence: (await tx.evidence.ofTask(taskId)).length,
    allowed: await allowedInChat(context, officer, task),
  })
}

const idsOf = ({ assigneeId, offer }: Task): string[] => [assigneeId, offer?.to ?? null].filter(id => id !== null)

/** What the officer may do with the task by chat; a case is closed by its decision. */
async function allowedInChat({ parts, tx, at }: CommandContext, officer: Officer, task: Task): Promise<string[]> {
  const allowed: string[] = allowedTaskActions(task, officer, at)
  const application = task.applicationId ? await tx.applications.byId(task.applicationId) : null
  const holds = task.status === 'leased' && task.assigneeId === officer.id
  if (!application || !holds || task.source !== 'applicationStep') return allowed
  const decides = officerActions(parts.packFor(application.regionCode), application, officer).includes('decide')
  return decides ? [...allowed, 'decide'] : allowed
}
