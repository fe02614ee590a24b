import { covers, type Officer } from './officer.ts'
import type { Task } from './task.ts'
import { urgesOn } from './taskFold.ts'
import { endsOnPage } from './taskSight.ts'
import {
  assigns,
  changed,
  isClosed,
  mayOffer,
  officerActor,
  openOffer,
  refuse,
  type TaskChange,
  type TaskHand,
} from './taskState.ts'
import type { Instant, LocalDate } from './world.ts'

/** To whom a task is offered, until when, and why. */
export interface OfferTo {
  to: Officer
  until: Instant
  reason: string
}

/** Whether this officer could work on the task at all: one of its place or above, who still works. */
export function couldHold(task: Task, officer: Officer): boolean {
  return officer.role !== 'auditor' && !officer.disabled && covers(officer.regionCode, task.regionCode)
}

/** Asks another officer to take the task (转办). One offer at a time; the holder keeps it until the other says yes. */
export function offerTransfer(
  task: Task,
  { officer, fence, now }: TaskHand,
  { to, until, reason }: OfferTo,
): TaskChange {
  if (isClosed(task) || openOffer(task, now) || !mayOffer(task, officer, now)) return refuse('notAllowed')
  if (task.fence !== fence) return refuse('staleFence')
  if (to.id === officer.id || to.id === task.assigneeId || !couldHold(task, to)) return refuse('notAllowed')
  return changed(task, { type: 'transferOffered', to: to.id, until, reason }, signed(officer, now))
}

/** Yes: the task is his, under a new fencing number. */
export function acceptTransfer(task: Task, { officer, fence, now }: TaskHand, leaseMs: number): TaskChange {
  if (openOffer(task, now)?.to !== officer.id || !couldHold(task, officer)) return refuse('notAllowed')
  if (task.fence !== fence) return refuse('staleFence')
  return changed(task, { type: 'transferAccepted', until: now + leaseMs }, signed(officer, now))
}

/** No: it stays where it is. */
export function declineTransfer(task: Task, { officer, now }: TaskHand, reason: string | null): TaskChange {
  if (openOffer(task, now)?.to !== officer.id) return refuse('notAllowed')
  return changed(task, { type: 'transferDeclined', reason }, signed(officer, now))
}

/** Whoever asked takes it back before there was an answer. */
export function withdrawTransfer(task: Task, { officer, now }: TaskHand): TaskChange {
  if (openOffer(task, now)?.from !== officer.id) return refuse('notAllowed')
  return changed(task, { type: 'transferWithdrawn' }, signed(officer, now))
}

/** One of many tasks that a level above gives from one officer to the next, without asking, because the officers changed. */
export interface HandOver {
  /** Who does it, and when. */
  by: Officer
  now: Instant
  from: string
  to: Officer
  leaseMs: number
  reason: string
}

export function handOverTask(task: Task, { by: above, now, from, to, leaseMs, reason }: HandOver): TaskChange {
  if (!assigns(above) || !covers(above.regionCode, task.regionCode) || isClosed(task)) return refuse('notAllowed')
  if (task.assigneeId !== from || to.id === from || !couldHold(task, to)) return refuse('notAllowed')
  return changed(task, { type: 'handedOver', from, to: to.id, until: now + leaseMs, reason }, signed(above, now))
}

/** What a place allows of 催办, and of "it is not done". */
export interface ResidentLimits {
  urgesPerDay: number
  mostReopenings: number
}

/** 催办 by a level above, or by the resident whose matter it is: counted, and so many a day. */
export function urgeTask(
  task: Task,
  by: { actor: Parameters<typeof changed>[2]['actor']; now: Instant; note: string | null },
  { urgesPerDay }: Pick<ResidentLimits, 'urgesPerDay'>,
): TaskChange {
  if (isClosed(task)) return refuse('notAllowed')
  if (urgesOn(task, by.now) >= urgesPerDay) return refuse('tooMany')
  return changed(task, { type: 'urged', note: by.note }, { actor: by.actor, at: by.now })
}

/**
 * The resident says that it is not done: it lies open again, under the days now promised. What a decision or an answer closed
 * is taken up again by other ways (reopening of the case, the resident's word on a complaint).
 */
export function reopenTask(
  task: Task,
  by: { residentId: string; now: Instant; reason: string; due: LocalDate | null },
  { mostReopenings }: Pick<ResidentLimits, 'mostReopenings'>,
): TaskChange {
  const closesElsewhere = ['applicationStep', 'commitmentCheck'].includes(task.source) || endsOnPage(task)
  if (task.status !== 'done' || closesElsewhere) return refuse('notAllowed')
  if (task.reopenings >= mostReopenings) return refuse('tooMany')
  const event = { type: 'reopened' as const, reason: by.reason, due: by.due }
  return changed(task, event, { actor: { kind: 'resident', id: by.residentId }, at: by.now })
}

const signed = (officer: Officer, at: Instant) => ({ actor: officerActor(officer), at })
