import { showDay } from '../../conversation/showValue.ts'
import { distressRulesOf } from '../../domain/packs/distress.ts'
import { nextTaskLook, type TaskLook } from '../../domain/taskClock.ts'
import { afterTaskEvent } from '../../domain/taskFold.ts'
import type { Task } from '../../domain/task.ts'
import { isClosed } from '../../domain/taskState.ts'
import type { AppParts } from '../parts.ts'
import { Conflict, type Tx } from '../ports.ts'
import { recordTask } from '../recordTask.ts'
import { reminderKey } from './halfway.ts'
import { isQuiet, rulesAt } from './taskTime.ts'
import { tellOfficer } from './tellOfficer.ts'
import { responsible, whoDoesIt } from './whoDoesIt.ts'

/** After a fault of ours in one task the others go on, and this one is tried again. */
const AFTER_FAULT_MS = 3_600_000
/** A lease and an offer that ended, a reminder, two levels: more cannot be due of one task. */
const MOST_STEPS = 8

/**
 * Looks at the tasks in which something is due by the clock: the end of a lease or of an offer, a reminder, a level above. Each
 * task is a transaction of its own; a task that another worker has at this moment is left to it, and looking twice changes
 * nothing. Answers how many were looked at.
 */
export async function lookAtTasks(parts: AppParts, limit: number): Promise<number> {
  const ids = await parts.store.transaction({ kind: 'system' }, tx => tx.tasks.toLookAt(parts.world.now(), limit))
  for (const id of ids) await lookAtOne(parts, id)
  return ids.length
}

async function lookAtOne(parts: AppParts, id: string): Promise<void> {
  try {
    await parts.store.transaction({ kind: 'system' }, tx => look(parts, tx, id))
  } catch (error) {
    if (error instanceof Conflict) return // somebody acted on the task meanwhile, and that looks anew
    parts.report(error, 'look at a task')
    const again = parts.world.now() + AFTER_FAULT_MS
    await parts.store.transaction({ kind: 'system' }, tx => tx.tasks.lookAgain(id, again))
  }
}

async function look(parts: AppParts, tx: Tx, id: string): Promise<void> {
  let task = await tx.tasks.lockFree(id)
  if (!task) return
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const next = lookOf(parts, task)
    if (!next || next.at > parts.world.now()) return tx.tasks.lookAgain(id, isClosed(task) ? null : (next?.at ?? null))
    task = await doIt(parts, tx, task, next)
  }
}

const lookOf = (parts: AppParts, task: Task): TaskLook | null =>
  nextTaskLook(task, parts.world.now(), {
    rules: rulesAt(parts, task.regionCode),
    calendars: parts.calendars,
    distress: distressRulesOf(parts.packFor(task.regionCode).distress),
  })

async function doIt(parts: AppParts, tx: Tx, task: Task, { event }: TaskLook): Promise<Task> {
  const at = parts.world.now()
  const actor = { kind: 'system' as const }
  const after = afterTaskEvent(task, { actor, at, event })
  const detail = 'stage' in event ? { stage: event.stage } : {}
  await recordTask(tx, after, { actor, event, at, detail })
  if (event.type === 'reminded') await remind(parts, tx, after, event)
  if (event.type === 'escalated') await callIn(parts, tx, after)
  return after
}

/** Early reminders do not ring, and a full day takes none: the next morning's digest names them (`halfway.ts`). */
async function remind(parts: AppParts, tx: Tx, task: Task, { share }: { share: number }) {
  if (isQuiet(parts, task.regionCode, share)) return
  const values = { percent: Math.round(share * 100), summary: task.summary, due: dueOf(task) }
  for (const officer of await whoDoesIt(parts, tx, task)) {
    const dedupeKey = reminderKey(task, officer.id)
    await tellOfficer(parts, tx, officer, { key: 'tasks.reminded', values, dedupeKey })
  }
}

/** The level above, or the next one that has somebody. */
async function callIn(parts: AppParts, tx: Tx, task: Task): Promise<void> {
  const values = { place: parts.regionName(task.regionCode), summary: task.summary, due: dueOf(task) }
  for (const officer of await responsible(parts, tx, task)) {
    const dedupeKey = `task:${task.id}:${task.clockFrom}:${task.clockStage}:${officer.id}`
    const urgent = task.source === 'distress'
    const key = urgent ? 'tasks.distressRaised' : 'tasks.escalated'
    await tellOfficer(parts, tx, officer, { key, values, dedupeKey, urgent })
  }
}

function dueOf({ promiseDue, legalDue }: Task): string {
  const due = promiseDue ?? legalDue
  return due === null ? '' : showDay('zh-CN', due)
}
