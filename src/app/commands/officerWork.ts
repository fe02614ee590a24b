/** 接单, 退单, 办结, 挂起, 恢复, 催办 by chat: the same use cases as on the page. */
import { z } from 'zod'
import type { CommandResult } from '../../conversation/types.ts'
import { pauseTask, releaseTask, resumeTask, type TaskChange, type TaskHand } from '../../domain/taskState.ts'
import type { Officer } from '../../domain/officer.ts'
import type { Task } from '../../domain/task.ts'
import { endsOnPage } from '../../domain/taskSight.ts'
import type { Instant } from '../../domain/world.ts'
import { close } from '../officer/desk.ts'
import { changeTask, decideTask, leaseTaskById } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import { inWhosePlace } from '../tasks/inWhosePlace.ts'
import { rulesAt } from '../tasks/taskTime.ts'
import { urgeAsOfficer } from '../tasks/urging.ts'
import { outcome, type CommandContext, type CommandHandler } from './command.ts'
import { heldTask, liveTask, refusalTold } from './heldTask.ts'

/** Longest sentence about what was done, as on the page. */
const LONGEST_SAID = 500

const ordered = z.object({
  taskId: z.string(),
  said: z
    .string()
    .default('')
    .transform(said => said.slice(0, LONGEST_SAID)),
})

const summed = ({ summary, promiseDue, legalDue }: Task) => ({ summary, due: promiseDue ?? legalDue })

/** Outcomes: `leased`; `taken` with the holder's name, `ownCase`, `over`, `notFound`, `notAllowed`. */
export const officerLease: CommandHandler = async (args, { parts, tx, officer }) => {
  const { taskId } = ordered.parse(args)
  const found = await liveTask(tx, officer, taskId)
  if (!found.ok || !officer) return found.ok ? outcome('notFound') : found.told
  const result = await leaseTaskById(parts, tx, officer, taskId, null)
  return result.ok ? outcome('leased', summed(result.value)) : refusalTold(result.refusal)
}

const orderedAll = z.object({ taskIds: z.array(z.string()).max(100) })

/**
 * Takes each of these tasks that lies open; what others hold, what is over and one's own matter are left alone. Outcomes:
 * `leased` with how many, how many not, and their summaries; `none`.
 */
export const officerLeaseAll: CommandHandler = async (args, { parts, tx, officer }) => {
  const { taskIds } = orderedAll.parse(args)
  if (!officer) return outcome('notFound')
  const taken: string[] = []
  let refused = 0
  // In one order, as everybody locks them, so that two officers who take all of one list cannot wait for each other.
  for (const taskId of taskIds.toSorted()) {
    const place = await inWhosePlace(parts, tx, officer, taskId)
    const found = await liveTask(tx, place.officer, taskId)
    if (found.ok && found.task.assigneeId === officer.id) continue
    const result = found.ok ? await leaseTaskById(parts, tx, place.officer, taskId, null) : null
    if (result?.ok) taken.push(result.value.summary)
    else refused++
  }
  if (taken.length === 0) return outcome('none')
  return outcome('leased', { leased: taken.length, refused, summaries: taken })
}

/** Outcomes: `released`, and those of `heldTask`. */
export const officerRelease: CommandHandler = (args, context) =>
  changeHeld(args, context, 'released', (task, hand) => releaseTask(task, hand))

/** Outcomes: `paused`; `needReason` without one, where it could wait; and those of `heldTask`. */
export const officerPause: CommandHandler = async (args, context) => {
  const { said } = ordered.parse(args)
  if (said !== '') return changeHeld(args, context, 'paused', (task, hand) => pauseTask(task, hand, said))
  const { parts, tx, officer, at } = context
  const found = officer ? await heldTask(tx, officer, ordered.parse(args).taskId) : null
  if (!officer || !found) return outcome('notFound')
  if (!found.ok) return found.told
  const may = pauseTask(found.task, { officer, fence: found.task.fence, now: at }, '')
  return may.ok ? outcome('needReason', askedAbout(parts, officer, found.task, at)) : outcome(may.code, { by: null })
}

/** What the chat keeps while it waits for the sentence that is missing. */
export const askedAbout = (parts: AppParts, officer: Officer, { id, summary }: Task, at: Instant) => ({
  ...{ taskId: id, summary },
  until: at + rulesAt(parts, officer.regionCode).answerMs,
})

/** Outcomes: `resumed`, and those of `heldTask`. */
export const officerResume: CommandHandler = (args, context) =>
  changeHeld(args, context, 'resumed', (task, hand) => resumeTask(task, hand, context.parts.settings.leaseMs))

async function changeHeld(
  args: Parameters<CommandHandler>[0],
  { parts, tx, officer }: CommandContext,
  done: string,
  rule: (task: Task, hand: TaskHand) => TaskChange,
): Promise<CommandResult> {
  const { taskId } = ordered.parse(args)
  if (!officer) return outcome('notFound')
  const found = await heldTask(tx, officer, taskId)
  if (!found.ok) return found.told
  const { fence } = found.task
  const result = await changeTask(parts, tx, officer, taskId, (task, now) => rule(task, { officer, fence, now }))
  return result.ok ? outcome(done, summed(result.value)) : refusalTold(result.refusal)
}

/** 催办. Outcomes: `urged`; `notAllowed` for villages and for one's own; `tooMany`, `over`, `notFound`. */
export const officerUrge: CommandHandler = async (args, { parts, tx, officer }) => {
  const { taskId, said } = ordered.parse(args)
  const found = await liveTask(tx, officer, taskId)
  if (!found.ok || !officer) return found.ok ? outcome('notFound') : found.told
  const note = said === '' ? null : said
  const result = await urgeAsOfficer(parts, tx, officer, { id: taskId, fence: found.task.fence, note })
  return result.ok ? outcome('urged', summed(result.value)) : refusalTold(result.refusal)
}

/**
 * 办结 N: grants the case of a task the officer holds, or closes any other on what he says was done or on the photos he sent.
 * Outcomes: `closed`; `needEvidence`; `paused` while it waits; `decideFirst` when the case is not so far; `onPage` for what ends by a result
 * of its own; and those of `heldTask`.
 */
export const officerClose: CommandHandler = async (args, context) => {
  const { taskId } = ordered.parse(args)
  const { tx, officer } = context
  if (!officer) return outcome('notFound')
  const found = await heldTask(tx, officer, taskId)
  if (!found.ok) return found.told
  const { source } = found.task
  if (source === 'commitmentCheck' || endsOnPage(found.task)) return outcome('onPage')
  return found.task.source === 'applicationStep'
    ? grant(context, officer, found.task)
    : closeOn(args, context, officer, found.task)
}

async function grant({ parts, tx }: CommandContext, officer: Officer, task: Task): Promise<CommandResult> {
  if (!task.applicationId) return outcome('onPage')
  const result = await decideTask(parts, tx, officer, task.applicationId, task.fence, { decision: 'granted' })
  if (result.ok) return outcome('closed', { summary: task.summary, certificateNumber: result.value.certificateNumber })
  return result.refusal.code === 'notAllowed' ? outcome('decideFirst') : refusalTold(result.refusal)
}

async function closeOn(
  args: Parameters<CommandHandler>[0],
  { parts, tx, at }: CommandContext,
  officer: Officer,
  task: Task,
): Promise<CommandResult> {
  const { said } = ordered.parse(args)
  if (task.status === 'paused') return outcome('paused', { summary: task.summary })
  const { id, fence, summary } = task
  const sent = said === '' ? (await tx.evidence.ofTask(id)).length : 0
  if (said === '' && sent === 0) return outcome('needEvidence', askedAbout(parts, officer, task, at))
  const evidence = said === '' ? parts.text('zh-CN', 'officers.closedOnEvidence', { count: sent }) : said
  const result = await close(parts, tx, officer, { id, fence, evidence })
  return result.ok ? outcome('closed', { summary, certificateNumber: null }) : refusalTold(result.refusal)
}
