import type { Actor } from './application.ts'
import type { Task, TaskAction } from './task.ts'
import { shanghaiDate, type Instant } from './world.ts'

/** One line of a task's log without its place in it. */
export type TaskHappened = Pick<TaskAction, 'actor' | 'at' | 'event'>

/**
 * A task after what happened to it. The rules decide whether something may happen and this what follows, so that the state
 * of a task is always the fold of its log. An officer's event must come from an officer.
 */
export function afterTaskEvent(task: Task, { actor, at, event }: TaskHappened): Task {
  switch (event.type) {
    case 'created':
      return task
    case 'leased':
    case 'transferAccepted':
      return takenBy(task, officerOf(actor), event.until)
    case 'handedOver':
      return handedTo(task, event.to, event.until)
    case 'released':
    case 'leaseEnded':
      return { ...task, ...heldByNobody, status: 'open' }
    case 'paused':
      return { ...task, status: 'paused', leaseUntil: null }
    case 'resumed':
      return { ...task, status: 'leased', leaseUntil: event.until ?? null }
    case 'dueMoved':
      return { ...task, promiseDue: event.promiseDue, legalDue: event.legalDue, clockFrom: at }
    case 'done':
      return { ...task, status: 'done', leaseUntil: null, offer: null, closedAt: at }
    case 'cancelled':
      return { ...task, ...heldByNobody, status: 'cancelled', closedAt: at }
    case 'reopened':
      return { ...task, ...heldByNobody, ...clockAnew(at), ...reopened(task), promiseDue: event.due }
    case 'transferOffered':
      return { ...task, offer: { to: event.to, from: officerOf(actor), until: event.until } }
    case 'transferDeclined':
    case 'transferWithdrawn':
    case 'transferExpired':
      return { ...task, offer: null }
    case 'moved':
      return { ...task, ...heldByNobody, status: 'open', fence: task.fence + 1, regionCode: event.to }
    case 'urged':
      return { ...task, urges: oneMore(task, at) }
    case 'reminded':
      return { ...task, clockStage: event.stage }
    case 'escalated':
      return { ...task, clockStage: event.stage, raisedTo: event.to }
  }
}

/** The state of a task from how it was opened and all of its log, oldest first. */
export function foldTask(opened: Task, log: readonly TaskHappened[]): Task {
  return log.reduce(afterTaskEvent, opened)
}

/** 催办 of that day so far. */
export function urgesOn({ urges }: Pick<Task, 'urges'>, at: Instant): number {
  return urges.on === shanghaiDate(at) ? urges.thatDay : 0
}

const heldByNobody = { assigneeId: null, leaseUntil: null, offer: null } as const

const clockAnew = (at: Instant) => ({ clockFrom: at, clockStage: 0, raisedTo: null })

const reopened = ({ reopenings }: Task) => ({ status: 'open' as const, closedAt: null, reopenings: reopenings + 1 })

const oneMore = (task: Task, at: Instant): Task['urges'] => ({
  total: task.urges.total + 1,
  on: shanghaiDate(at),
  thatDay: urgesOn(task, at) + 1,
})

/**
 * A new holder gets the next fencing number; the present holder only a later end, and whom he asked is still asked. The first
 * holder ever is firstReceiver.
 */
function takenBy(task: Task, officerId: string, until: Instant): Task {
  const renewed = task.status === 'leased' && task.assigneeId === officerId
  return {
    ...task,
    status: 'leased',
    fence: renewed ? task.fence : task.fence + 1,
    assigneeId: officerId,
    leaseUntil: until,
    offer: renewed ? task.offer : null,
    firstReceiverId: task.firstReceiverId ?? officerId,
  }
}

/** What was paused stays so, in other hands. */
function handedTo(task: Task, to: string, until: Instant): Task {
  const isPaused = task.status === 'paused'
  return { ...takenBy(task, to, until), ...(isPaused ? { status: 'paused', leaseUntil: null } : {}) }
}

function officerOf(actor: Actor): string {
  if (actor.kind !== 'officer') throw new Error(`Only an officer takes or offers a task, not the ${actor.kind}`)
  return actor.id
}
