import type { Actor } from './application.ts'
import type { Officer } from './officer.ts'
import type { Task, TaskAction, TaskEvent } from './task.ts'
import { afterTaskEvent } from './taskFold.ts'
import { endsOnPage } from './taskSight.ts'
import { shanghaiDate, type Instant } from './world.ts'

/** What a new task needs; the rest begins empty. */
export type NewTask = Pick<Task, 'id' | 'source' | 'regionCode' | 'applicationId' | 'summary' | 'createdAt'> &
  Partial<Pick<Task, 'detail' | 'promiseDue' | 'legalDue' | 'dueProvisional' | 'hiddenFrom' | 'onlyFor'>>

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
    offer: null,
    raisedTo: null,
    clockStage: 0,
    clockFrom: task.createdAt,
    urges: { total: 0, on: null, thatDay: 0 },
    reopenings: 0,
  }
}

/** The first line of a task's log. */
export function taskCreated(task: Task, actor: Actor): TaskAction {
  return taskAction(task, 1, task.createdAt, actor, { type: 'created', source: task.source })
}

/** As offered to officers; chat, pages and refusals name them so. */
export type TaskActionName =
  | 'lease'
  | 'release'
  | 'pause'
  | 'resume'
  | 'close'
  | 'check'
  | 'transfer'
  | 'withdrawTransfer'
  | 'acceptTransfer'
  | 'declineTransfer'
  | 'remind'

export type TaskChange =
  { ok: true; task: Task; event: TaskEvent } | { ok: false; code: 'taken' | 'staleFence' | 'notAllowed' | 'tooMany' }

/** Who writes, under which fencing number, and when. */
export interface TaskHand {
  officer: Officer
  fence: number
  now: Instant
}

/** Nothing more happens to it, unless the resident has it reopened. */
export const isClosed = ({ status }: Pick<Task, 'status'>): boolean => status === 'done' || status === 'cancelled'

/** True while somebody holds the task. A paused task stays with its officer; a lease past its end holds nobody. */
export function isHeld(task: Task, now: Instant): boolean {
  if (task.status === 'paused') return true
  return task.status === 'leased' && task.leaseUntil !== null && task.leaseUntil > now
}

/** The offer that still stands. */
export function openOffer({ offer }: Task, now: Instant): Task['offer'] {
  return offer && offer.until > now ? offer : null
}

/** The levels above assign what nobody holds, and urge those who do. */
export const assigns = ({ role }: Officer): boolean => role === 'town' || role === 'county'

/** What this officer may do with the task now. */
export function allowedTaskActions(task: Task, officer: Officer, now: Instant): TaskActionName[] {
  if (officer.role === 'auditor' || isClosed(task)) return []
  const mine = task.assigneeId === officer.id
  const urging: TaskActionName[] = assigns(officer) && !mine ? ['remind'] : []
  return [...holding(task, officer, now), ...offering(task, officer, now), ...urging]
}

function holding(task: Task, officer: Officer, now: Instant): TaskActionName[] {
  const mine = task.assigneeId === officer.id
  if (task.status === 'paused') return mine ? ['resume', 'release'] : []
  if (task.status === 'leased' && mine) return ['release', 'pause', ...closing(task)]
  return isHeld(task, now) ? [] : ['lease']
}

function offering(task: Task, officer: Officer, now: Instant): TaskActionName[] {
  const offer = openOffer(task, now)
  if (offer?.to === officer.id) return ['acceptTransfer', 'declineTransfer']
  if (offer) return offer.from === officer.id ? ['withdrawTransfer'] : []
  return mayOffer(task, officer, now) ? ['transfer'] : []
}

/** The holder passes on what he holds; the levels above assign what nobody holds. */
export function mayOffer(task: Task, officer: Officer, now: Instant): boolean {
  const mine = task.assigneeId === officer.id && (task.status === 'leased' || task.status === 'paused')
  return mine || (assigns(officer) && !isHeld(task, now))
}

const needsResult = ({ source }: Task): boolean => source === 'commitmentCheck'

/** How it ends: by the decision on its case, the answer to a complaint, a written visit, a second look, by what a check found, or by a sentence about what was done. */
function closing(task: Task): TaskActionName[] {
  if (task.source === 'applicationStep' || endsOnPage(task)) return []
  if (needsResult(task)) return ['check']
  return task.source === 'commitmentBreach' ? ['check', 'close'] : ['close']
}

/**
 * Takes the task. A new holder gets the next fencing number; the present holder only a later end.
 * The first holder ever becomes firstReceiver (首接责任人) and stays it.
 */
export function leaseTask(task: Task, officer: Officer, now: Instant, leaseMs: number): TaskChange {
  if (officer.role === 'auditor' || isClosed(task)) return refuse('notAllowed')
  const mine = task.assigneeId === officer.id
  if (isHeld(task, now) && !mine) return refuse('taken')
  if (task.status === 'paused') return refuse('notAllowed')
  return changed(task, { type: 'leased', until: now + leaseMs }, { actor: officerActor(officer), at: now })
}

/** Gives the task back to the list. */
export function releaseTask(task: Task, hand: TaskHand): TaskChange {
  if (task.status !== 'leased' && task.status !== 'paused') return refuse('notAllowed')
  return held(task, hand, { type: 'released' })
}

/** The same by the service, when its officer will not come back. Changes nothing of a task that nobody holds. */
export function returnTask(task: Task, now: Instant): TaskChange {
  if (task.status !== 'leased' && task.status !== 'paused') return refuse('notAllowed')
  return changed(task, { type: 'released' }, { actor: { kind: 'system' }, at: now })
}

/** There is nothing left to do. By the service, whoever holds it. */
export function cancelTask(task: Task, now: Instant, reason: string): TaskChange {
  if (isClosed(task)) return refuse('notAllowed')
  return changed(task, { type: 'cancelled', reason }, { actor: { kind: 'system' }, at: now })
}

/** Stops working on it for a while; its due day stands, so that nobody wins time by it. */
export function pauseTask(task: Task, hand: TaskHand, reason: string): TaskChange {
  if (task.status !== 'leased') return refuse('notAllowed')
  return held(task, hand, { type: 'paused', reason })
}

export function resumeTask(task: Task, hand: TaskHand, leaseMs: number): TaskChange {
  if (task.status !== 'paused') return refuse('notAllowed')
  return held(task, hand, { type: 'resumed', until: hand.now + leaseMs })
}

/** Closes on evidence. The caller has made sure that the evidence exists. A check ends by its result only. */
export function closeTask(task: Task, hand: TaskHand, evidence: string): TaskChange {
  return needsResult(task) ? refuse('notAllowed') : closeByResult(task, hand, evidence)
}

/** The same by what was found, which the caller writes down with it. */
export function closeByResult(task: Task, hand: TaskHand, result: string): TaskChange {
  if (task.status !== 'leased') return refuse('notAllowed')
  return held(task, hand, { type: 'done', evidence: result })
}

/** The log entry of a change. `fence` is the number under which it was made. */
export function taskAction(task: Task, seq: number, at: Instant, actor: Actor, event: TaskEvent): TaskAction {
  return { taskId: task.id, seq, at, actor, fence: task.fence, event }
}

/** Overdue from the day after the due day on, by the nearer of both clocks. */
export function isOverdue(task: Task, now: Instant): boolean {
  if (isClosed(task)) return false
  const due = task.promiseDue ?? task.legalDue
  return due !== null && shanghaiDate(now) > due
}

/** Who did it, as it was at the time. */
export function officerActor(officer: Officer): Actor {
  return { kind: 'officer', id: officer.id, role: officer.role, regionCode: officer.regionCode }
}

/** A change that a rule allows: the state is what the fold makes of it. */
export function changed(task: Task, event: TaskEvent, { actor, at }: { actor: Actor; at: Instant }): TaskChange {
  return { ok: true, event, task: afterTaskEvent(task, { actor, at, event }) }
}

// A lease that ran out while nobody else took the task still counts until its end is written down: the fencing number is what
// protects it.
function held(task: Task, { officer, fence, now }: TaskHand, event: TaskEvent): TaskChange {
  if (task.fence !== fence || task.assigneeId !== officer.id) return refuse('staleFence')
  return changed(task, event, { actor: officerActor(officer), at: now })
}

export function refuse(code: 'taken' | 'staleFence' | 'notAllowed' | 'tooMany'): TaskChange {
  return { ok: false, code }
}
