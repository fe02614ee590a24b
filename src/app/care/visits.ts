import type { CareVisit } from '../../domain/care/careFamily.ts'
import { foldCare } from '../../domain/care/careState.ts'
import type { Task } from '../../domain/task.ts'
import { closeTask, leaseTask, type TaskChange } from '../../domain/taskState.ts'
import { addDays, shanghaiDate } from '../../domain/world.ts'
import type { Outcome } from '../caseViews.ts'
import { changeTask, refused } from '../officer/work.ts'
import { needsActive, withEvent, type FamilyHand } from './careAccess.ts'
import { endCareTask, familyName, openCareTask } from './careTask.ts'

export interface VisitWritten extends Omit<CareVisit, 'id'> {
  /** The task that it closes; null for a visit that nobody asked for. */
  taskId: string | null
}

/** A visit is written within days, or it is no account of it. Product default. */
const DAYS_TO_WRITE = 31
/** A promise further away than that is none. Product default. */
const FARTHEST_PROMISE_DAYS = 366

/**
 * A visit is written: its task is closed on it, and what was promised next is a task of its own. Refused: `badInput` for days that
 * cannot be, `taken` when somebody else holds the task, `notAllowed` once the family has ended.
 */
export async function writeVisit(hand: FamilyHand, written: VisitWritten): Promise<Outcome<{ id: string }>> {
  const { parts, by, state } = hand
  // Who said that he does not want it, or is not there any more, is not written about.
  if (state.status === 'ended') return refused({ code: 'notAllowed', allowed: ['register'] })
  const { taskId, ...visit } = written
  const wrong = wrongDays(visit, shanghaiDate(by.at))
  if (wrong.length > 0) return refused({ code: 'badInput', fields: wrong })
  const task = taskId === null ? null : await ownTask(hand, taskId)
  if (taskId !== null && !task) return refused({ code: 'notFound' })
  const closed = task ? await takeAndClose(hand, task, 'visited') : null
  if (closed && !closed.ok) return closed
  const id = parts.world.newId()
  const promiseTaskId = visit.promise && (await openPromise(hand, visit.promise.by))
  const after = await withEvent(hand, { type: 'visited', visit: { id, ...visit }, taskId, promiseTaskId })
  if (task?.source === 'carePromise') await noteKept(after, task.id, visit.words)
  await endMonthly(after)
  return { ok: true, value: { id } }
}

function wrongDays({ on, promise }: Pick<CareVisit, 'on' | 'promise'>, today: string): string[] {
  return [
    ...(on > today || on < addDays(today, -DAYS_TO_WRITE) ? ['on'] : []),
    ...(promise && (promise.by < today || promise.by > addDays(today, FARTHEST_PROMISE_DAYS)) ? ['promise'] : []),
  ]
}

async function ownTask({ tx, family }: FamilyHand, taskId: string): Promise<Task | null> {
  const open = await tx.care.openTasks(family.id)
  const found = open.find(({ id }) => id === taskId)
  return found && (found.source === 'careVisit' || found.source === 'carePromise') ? found : null
}

/** Whoever writes it has it: an open task is taken on the way. */
async function takeAndClose(hand: FamilyHand, task: Task, evidence: string): Promise<Outcome<Task>> {
  const { parts, tx, officer } = hand
  const change = (rule: (held: Task, now: number) => TaskChange) => changeTask(parts, tx, officer, task.id, rule)
  const taken = await change((held, now) => leaseTask(held, officer, now, parts.settings.leaseMs))
  if (!taken.ok) return taken
  return change((held, now) => closeTask(held, { officer, fence: held.fence, now }, evidence))
}

/** Whatever brought somebody there: the visit of this month is paid, and nobody is asked for another. */
async function endMonthly({ parts, tx, family, state }: FamilyHand): Promise<void> {
  const open = new Set((await tx.care.openTasks(family.id)).map(({ id }) => id))
  for (const [key, taskId] of Object.entries(state.planned)) {
    if (!key.startsWith('monthly:') || !open.has(taskId)) continue
    await endCareTask(parts, tx, taskId, parts.text('zh-CN', 'care.task.visited'))
  }
}

function openPromise({ parts, tx, family }: FamilyHand, due: string): Promise<string | null> {
  const summary = parts.text('zh-CN', 'care.task.promise', { family: familyName(parts, family) })
  return openCareTask(parts, tx, family, { source: 'carePromise', summary, due })
}

/** 答应的事办了: what was done, in words; its task is closed on them. Refused: `notFound` when nothing like it is open. */
export async function keepPromise(
  hand: FamilyHand,
  { visitId, words }: { visitId: string; words: string },
): Promise<Outcome<{ id: string }>> {
  const active = needsActive(hand)
  const promise = hand.state.promises.find(one => one.visitId === visitId && one.kept === null)
  if (!active.ok) return active
  if (!promise) return refused({ code: 'notFound' })
  const task = promise.taskId === null ? null : await ownTask(hand, promise.taskId)
  const closed = task && (await takeAndClose(hand, task, words))
  if (closed && !closed.ok) return closed
  await withEvent(hand, { type: 'promiseKept', visitId, words })
  return { ok: true, value: { id: hand.family.id } }
}

async function noteKept(hand: FamilyHand, taskId: string, words: string): Promise<void> {
  const promise = foldCare(hand.family.actions).promises.find(one => one.taskId === taskId && one.kept === null)
  if (promise) await withEvent(hand, { type: 'promiseKept', visitId: promise.visitId, words })
}
