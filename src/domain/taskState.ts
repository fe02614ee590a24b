import type { Actor } from './application.ts'
import type { Officer } from './officer.ts'
import type { Task, TaskAction, TaskEvent } from './task.ts'
import { shanghaiDate, type Instant } from './world.ts'

/** What a new task needs; the rest begins empty. */
export type NewTask = Pick<Task, 'id' | 'source' | 'regionCode' | 'applicationId' | 'summary' | 'createdAt'> &
  Partial<Pick<Task, 'detail' | 'promiseDue' | 'legalDue' | 'dueProvisional' | 'hiddenFrom'>>

/** A task that nobody has taken yet. */
export function openTask(task: NewTask): Task {
  return {
    detail: null,
    promiseDue: null,
    legalDue: null,
    dueProvisional: false,
    ...task,
    status: 'open',
    fence: 0,
    assigneeId: null,
    leaseUntil: null,
    firstReceiverId: null,
    closedAt: null,
  }
}

/** The first line of a task's log. */
export function taskCreated(task: Task, actor: Actor): TaskAction {
  return taskAction(task, 1, task.createdAt, actor, { type: 'created', source: task.source })
}

export type TaskActionName = 'lease' | 'release' | 'pause' | 'resume' | 'close' | 'check'

export type TaskChange =
  { ok: true; task: Task; event: TaskEvent } | { ok: false; code: 'taken' | 'staleFence' | 'notAllowed' }

/** True while somebody holds the task. A paused task stays with its officer; a lease past its end holds nobody. */
export function isHeld(task: Task, now: Instant): boolean {
  if (task.status === 'paused') return true
  return task.status === 'leased' && task.leaseUntil !== null && task.leaseUntil > now
}

/** What this officer may do with the task now. */
export function allowedTaskActions(task: Task, officer: Officer, now: Instant): TaskActionName[] {
  if (officer.role === 'auditor' || task.status === 'done' || task.status === 'cancelled') return []
  const mine = task.assigneeId === officer.id
  if (task.status === 'paused') return mine ? ['resume', 'release'] : []
  if (task.status === 'leased' && mine) return ['release', 'pause', ...closing(task)]
  return isHeld(task, now) ? [] : ['lease']
}

const needsResult = ({ source }: Task): boolean => source === 'commitmentCheck'

/** How it ends: by the decision on its case, the answer to a complaint, by what a check found, or by a sentence about what was done. */
function closing(task: Task): TaskActionName[] {
  if (task.source === 'applicationStep' || task.source === 'complaint') return []
  if (needsResult(task)) return ['check']
  return task.source === 'commitmentBreach' ? ['check', 'close'] : ['close']
}

/**
 * Takes the task. A new holder gets the next fencing number; the present holder only a later end.
 * The first holder ever becomes firstReceiver (首接责任人) and stays it.
 */
export function leaseTask(task: Task, officer: Officer, now: Instant, leaseMs: number): TaskChange {
  if (officer.role === 'auditor' || task.status === 'done' || task.status === 'cancelled') return refuse('notAllowed')
  const mine = task.assigneeId === officer.id
  if (isHeld(task, now) && !mine) return refuse('taken')
  if (task.status === 'paused') return refuse('notAllowed')
  const renewed = mine && task.status === 'leased'
  const until = now + leaseMs
  return {
    ok: true,
    event: { type: 'leased', until },
    task: {
      ...task,
      status: 'leased',
      fence: renewed ? task.fence : task.fence + 1,
      assigneeId: officer.id,
      leaseUntil: until,
      firstReceiverId: task.firstReceiverId ?? officer.id,
    },
  }
}

/** Gives the task back to the list. */
export function releaseTask(task: Task, officer: Officer, fence: number): TaskChange {
  if (task.status !== 'leased' && task.status !== 'paused') return refuse('notAllowed')
  return held(task, officer, fence, { type: 'released' }, { status: 'open', assigneeId: null, leaseUntil: null })
}

/** The same by the service, when its officer will not come back. Changes nothing of a task that nobody holds. */
export function returnTask(task: Task): TaskChange {
  if (task.status !== 'leased' && task.status !== 'paused') return refuse('notAllowed')
  return {
    ok: true,
    event: { type: 'released' },
    task: { ...task, status: 'open', assigneeId: null, leaseUntil: null },
  }
}

/** There is nothing left to do. By the service, whoever holds it. */
export function cancelTask(task: Task, now: Instant, reason: string): TaskChange {
  if (task.status === 'done' || task.status === 'cancelled') return refuse('notAllowed')
  return {
    ok: true,
    event: { type: 'cancelled', reason },
    task: { ...task, status: 'cancelled', assigneeId: null, leaseUntil: null, closedAt: now },
  }
}

export function pauseTask(task: Task, officer: Officer, fence: number, reason: string): TaskChange {
  if (task.status !== 'leased') return refuse('notAllowed')
  return held(task, officer, fence, { type: 'paused', reason }, { status: 'paused', leaseUntil: null })
}

export function resumeTask(task: Task, officer: Officer, fence: number, until: Instant): TaskChange {
  if (task.status !== 'paused') return refuse('notAllowed')
  return held(task, officer, fence, { type: 'resumed' }, { status: 'leased', leaseUntil: until })
}

/** Closes on evidence. The caller has made sure that the evidence exists. A check ends by its result only. */
export function closeTask(task: Task, officer: Officer, fence: number, now: Instant, evidence: string): TaskChange {
  return needsResult(task) ? refuse('notAllowed') : closeByResult(task, officer, fence, now, evidence)
}

/** The same by what was found, which the caller writes down with it. */
export function closeByResult(task: Task, officer: Officer, fence: number, now: Instant, result: string): TaskChange {
  if (task.status !== 'leased') return refuse('notAllowed')
  return held(
    task,
    officer,
    fence,
    { type: 'done', evidence: result },
    { status: 'done', leaseUntil: null, closedAt: now },
  )
}

/** The log entry of a change. `fence` is the number under which it was made. */
export function taskAction(task: Task, seq: number, at: Instant, actor: Actor, event: TaskEvent): TaskAction {
  return { taskId: task.id, seq, at, actor, fence: task.fence, event }
}

/** Overdue from the day after the due day on, by the nearer of both clocks. */
export function isOverdue(task: Task, now: Instant): boolean {
  if (task.status === 'done' || task.status === 'cancelled') return false
  const due = task.promiseDue ?? task.legalDue
  return due !== null && shanghaiDate(now) > due
}

/** Who did it, as it was at the time. */
export function officerActor(officer: Officer): Actor {
  return { kind: 'officer', id: officer.id, role: officer.role, regionCode: officer.regionCode }
}

// A lease that ran out while nobody else took the task still counts: the fencing number is what protects it.
function held(task: Task, officer: Officer, fence: number, event: TaskEvent, patch: Partial<Task>): TaskChange {
  if (task.fence !== fence || task.assigneeId !== officer.id) return refuse('staleFence')
  return { ok: true, event, task: { ...task, ...patch } }
}

function refuse(code: 'taken' | 'staleFence' | 'notAllowed'): TaskChange {
  return { ok: false, code }
}
