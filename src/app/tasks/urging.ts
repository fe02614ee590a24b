/** 催办, and "it is not done": what residents and the levels above say about a task. */
import type { Actor } from '../../domain/application.ts'
import type { Officer } from '../../domain/officer.ts'
import { isWish, lastDayToReopen } from '../../domain/residentWord.ts'
import type { Task } from '../../domain/task.ts'
import { assigns, isClosed, officerActor, type TaskChange } from '../../domain/taskState.ts'
import { reopenTask, urgeTask } from '../../domain/taskTransfer.ts'
import { shanghaiDate } from '../../domain/world.ts'
import { settleComplaint } from '../complaints/settleComplaint.ts'
import { caseTaskOf } from '../cases/caseTask.ts'
import type { Outcome } from '../caseViews.ts'
import { changeTask, refused } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { recordTask } from '../recordTask.ts'
import { rulesAt } from './taskTime.ts'
import { tellOfficer } from './tellOfficer.ts'
import { whoDoesIt } from './whoDoesIt.ts'

/** Town or county urge whoever is to do it: counted, so many a day, and he is told. */
export async function urgeAsOfficer(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { id, fence, note }: { id: string; fence: number; note: string | null },
): Promise<Outcome<Task>> {
  const changed = await changeTask(parts, tx, officer, id, (task, now): TaskChange => {
    if (!assigns(officer) || task.assigneeId === officer.id) return { ok: false, code: 'notAllowed' }
    if (task.fence !== fence) return { ok: false, code: 'staleFence' }
    return urgeTask(task, { actor: officerActor(officer), now, note }, rulesAt(parts, task.regionCode))
  })
  if (changed.ok) await tellUrged(parts, tx, changed.value, officer.name)
  return changed
}

/**
 * The resident urges his own case. Needs the eyes of the service. Refused: `notFound`, `notAllowed` when nobody works on it any
 * more, `tooMany` when it was urged as often as a day allows.
 */
export async function urgeAsResident(
  parts: AppParts,
  tx: Tx,
  residentId: string,
  { applicationId, note }: { applicationId: string; note: string | null },
): Promise<Outcome<Task>> {
  const application = await tx.applications.byId(applicationId)
  if (application?.residentId !== residentId) return refused({ code: 'notFound' })
  const found = caseTaskOf(await tx.tasks.ofApplication(applicationId))
  const task = found && !isClosed(found) ? await tx.tasks.lock(found.id) : null
  if (!task) return refused({ code: 'notAllowed', allowed: [] })
  return urged(parts, tx, task, { residentId, note })
}

/**
 * The same for what he asked for beside his cases: a wish of his by the id of its task, or a complaint by its own. Refused as
 * above.
 */
export async function urgeRequest(
  parts: AppParts,
  tx: Tx,
  residentId: string,
  { id, note }: { id: string; note: string | null },
): Promise<Outcome<Task>> {
  const taskId = (await isHis(tx, id, residentId)) ? id : await taskOfHisComplaint(tx, id, residentId)
  const task = taskId === null ? null : await tx.tasks.lock(taskId)
  if (!task || !(isWish(task) || task.source === 'complaint')) return refused({ code: 'notFound' })
  return urged(parts, tx, task, { residentId, note })
}

async function taskOfHisComplaint(tx: Tx, id: string, residentId: string): Promise<string | null> {
  const complaint = await tx.complaints.byId(id)
  return complaint?.residentId === residentId ? tx.complaints.taskOf(id) : null
}

async function urged(
  parts: AppParts,
  tx: Tx,
  task: Task,
  { residentId, note }: { residentId: string; note: string | null },
): Promise<Outcome<Task>> {
  const actor: Actor = { kind: 'resident', id: residentId }
  const change = urgeTask(task, { actor, now: parts.world.now(), note }, rulesAt(parts, task.regionCode))
  const written = await writeDown(parts, tx, actor, change)
  if (written.ok) await tellUrged(parts, tx, written.value, parts.text('zh-CN', 'app.actor.resident'))
  return written
}

/**
 * The resident says that what he asked for was not done: the task lies open again, due as every wish for a person is. Needs the
 * eyes of the service. Refused: `notFound`, `notAllowed` when it is too long ago, closes by another way or was asked anew since,
 * `tooMany`.
 */
async function reopenAsResident(
  parts: AppParts,
  tx: Tx,
  residentId: string,
  { taskId, reason }: { taskId: string; reason: string },
): Promise<Outcome<Task>> {
  const now = parts.world.now()
  const task = (await isHis(tx, taskId, residentId)) ? await tx.tasks.lock(taskId) : null
  if (!task) return refused({ code: 'notFound' })
  const rules = rulesAt(parts, task.regionCode)
  const until = lastDayToReopen(task, rules)
  const over = until !== null && shanghaiDate(now) > until
  if (over || (await tx.tasks.hasTwin(taskId))) return refused({ code: 'notAllowed', allowed: [] })
  const { date: due } = parts.addWorkingDays(shanghaiDate(now), parts.settings.callBackDays)
  const actor: Actor = { kind: 'resident', id: residentId }
  const written = await writeDown(parts, tx, actor, reopenTask(task, { residentId, now, reason, due }, rules))
  if (written.ok) await tellReopened(parts, tx, written.value)
  return written
}

/**
 * The same for whatever he asked for: a wish of his by the id of its task, or a complaint, whose answer did not help, by its own.
 * `notAllowed` also when nobody else could take the complaint up.
 */
export async function reopenRequest(
  parts: AppParts,
  tx: Tx,
  residentId: string,
  { id, reason }: { id: string; reason: string },
): Promise<Outcome<null>> {
  const complaint = await tx.complaints.byId(id)
  if (complaint?.residentId === residentId) {
    const settled = await settleComplaint(parts, tx, { complaintId: id, residentId, helped: false, reason })
    return settled === 'reopened' ? { ok: true, value: null } : refused({ code: 'notAllowed', allowed: [] })
  }
  const done = await reopenAsResident(parts, tx, residentId, { taskId: id, reason })
  return done.ok ? { ok: true, value: null } : done
}

/** His own eyes tell, which the database has. */
async function isHis(tx: Tx, taskId: string, residentId: string): Promise<boolean> {
  const before = tx.eyes()
  await tx.as({ kind: 'resident', residentId })
  const seen = await tx.tasks.byId(taskId)
  await tx.as(before)
  return seen !== null
}

async function writeDown(parts: AppParts, tx: Tx, actor: Actor, change: TaskChange): Promise<Outcome<Task>> {
  if (!change.ok) return refused({ code: change.code, ...(change.code === 'notAllowed' ? { allowed: [] } : {}) })
  await recordTask(tx, change.task, { actor, event: change.event, at: parts.world.now() })
  return { ok: true, value: change.task }
}

async function tellUrged(parts: AppParts, tx: Tx, task: Task, by: string): Promise<void> {
  const { total } = task.urges
  await tellAll(parts, tx, task, {
    key: 'tasks.urged',
    values: { by, summary: task.summary, total },
    of: `urge:${total}`,
  })
}

async function tellReopened(parts: AppParts, tx: Tx, task: Task): Promise<void> {
  const of = `reopened:${task.reopenings}`
  await tellAll(parts, tx, task, { key: 'tasks.reopened', values: { summary: task.summary }, of })
}

async function tellAll(
  parts: AppParts,
  tx: Tx,
  task: Task,
  { key, values, of }: { key: string; values: Record<string, string | number>; of: string },
): Promise<void> {
  for (const officer of await whoDoesIt(parts, tx, task)) {
    await tellOfficer(parts, tx, officer, { key, values, dedupeKey: `task:${task.id}:${of}:${officer.id}` })
  }
}
