import { addWorkingMs, closingOf, workingMsBetween, type OfficeTime } from './officeHours.ts'
import { distressRulesOf, type DistressRules } from './packs/distress.ts'
import type { TaskRules } from './packs/tasks.ts'
import type { Task, TaskEvent } from './task.ts'
import { isCareTask } from './taskSight.ts'
import { isClosed } from './taskState.ts'
import type { WorkCalendar } from './workingDays.ts'
import type { Instant } from './world.ts'

/** What the service does of itself to a task, and from when. */
export interface TaskLook {
  at: Instant
  event: TaskEvent
}

/** By what a place counts: its rules, and the days on which people work. */
export interface TaskClock {
  rules: TaskRules
  calendars: readonly WorkCalendar[]
  /** How fast a cry for help goes up; absent: the product's own defaults. */
  distress?: DistressRules
}

/** Digits of the code of a town. Longer ones are villages. */
const TOWN = 9

/** By its place: which levels stand above a task, nearest first. */
function levelsAbove(regionCode: string): ('town' | 'county')[] {
  if (regionCode.length > TOWN) return ['town', 'county']
  return regionCode.length === TOWN ? ['county'] : []
}

/**
 * All steps of a task's clock in order: a reminder after each share of the working time to its due day, then, from the first
 * working moment after that day, one level above after the other. Empty without a due day. All of them are in office hours.
 * A pause of the officer stops nothing; a pause of the case takes the due day away (`dueMoved`).
 */
export function taskSteps(task: Task, rules: TaskRules, calendars: readonly WorkCalendar[]): TaskLook[] {
  const due = task.promiseDue ?? task.legalDue
  if (due === null) return []
  const time: OfficeTime = { calendars, windows: rules.windows }
  const end = Math.max(closingOf(time, due), task.clockFrom)
  const all = workingMsBetween(time, task.clockFrom, end)
  const reminders = rules.remindAt.map((share, i): TaskLook => ({
    at: addWorkingMs(time, task.clockFrom, share * all),
    event: { type: 'reminded', stage: i + 1, share },
  }))
  // The county does not see a care family, so its tasks end at the town.
  const levels = levelsAbove(task.regionCode).filter(to => to === 'town' || !isCareTask(task))
  const hops = levels.map((to, i): TaskLook => ({
    at: addWorkingMs(time, end, i * rules.hopMs),
    event: { type: 'escalated', stage: reminders.length + i + 1, to, reason: 'overdue' },
  }))
  return [...reminders, ...hops]
}

/**
 * The next thing that the service does to a task: the end of a lease or of an offer, a reminder, a level above. Null: nothing,
 * until somebody acts. Steps of the clock are in office hours even when they were missed. A reminder that comes too late to be of use, because its successor is due as well, is left out; a hop
 * never is. Doing it counts up `clockStage` or takes away what ended, so whoever comes second finds the one after it.
 */
export function nextTaskLook(task: Task, now: Instant, clock: TaskClock): TaskLook | null {
  if (isClosed(task)) return null
  const step = nextStep(task, now, clock)
  const ends: TaskLook[] = [
    ...(task.status === 'leased' && task.leaseUntil !== null ? [{ at: task.leaseUntil, event: leaseEnded }] : []),
    ...(task.offer ? [{ at: task.offer.until, event: offerExpired }] : []),
    ...(step ? [step] : []),
  ]
  return ends.toSorted((a, b) => a.at - b.at)[0] ?? null
}

/** A cry for help waits for no office hours. */
const isUrgent = ({ source }: Task): boolean => source === 'distress'

/**
 * The steps of a cry for help, around the clock: one level above after the other, from when nobody has taken it in time, or
 * from when it is not done although somebody has it. Its clock runs in minutes of any day.
 */
function distressSteps(task: Task, { takeMs, hopMs, doneMs }: DistressRules): TaskLook[] {
  const held = task.status === 'leased' || task.status === 'paused'
  const late = task.clockFrom + (held ? doneMs : takeMs)
  return levelsAbove(task.regionCode).map((to, i): TaskLook => ({
    at: late + i * hopMs,
    event: { type: 'escalated', stage: i + 1, to, reason: 'overdue' },
  }))
}

function nextStep(task: Task, now: Instant, clock: TaskClock): TaskLook | null {
  if (isUrgent(task)) {
    const steps = distressSteps(task, clock.distress ?? distressRulesOf(undefined))
    return steps.find(({ event }) => stageOf(event) > task.clockStage) ?? null
  }
  const { rules, calendars } = clock
  const steps = taskSteps(task, rules, calendars).filter(({ event }) => stageOf(event) > task.clockStage)
  const hop = steps.find(({ at, event }) => event.type === 'escalated' && at <= now)
  const step = hop ?? steps.findLast(({ at }) => at <= now) ?? steps[0]
  if (!step || step.at > now) return step ?? null
  // What was missed, because no worker ran, waits for office hours as well.
  return { ...step, at: addWorkingMs({ calendars, windows: rules.windows }, now, 0) }
}

const leaseEnded: TaskEvent = { type: 'leaseEnded' }
const offerExpired: TaskEvent = { type: 'transferExpired' }

function stageOf(event: TaskEvent): number {
  return event.type === 'reminded' || event.type === 'escalated' ? event.stage : 0
}
