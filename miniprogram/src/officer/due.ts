import type { Task } from '../api/officerApi.ts'
import { sayDate, sayDaysLeft, sayMoment, today } from '../calendar/say.ts'
import { daysBetween } from '../calendar/solar.ts'
import { t } from '../text.ts'

/** The date that is reached first: the promise, else the law. */
export const dueOf = (task: Task): string | null => task.promiseDue ?? task.legalDue

/** From three days before the date a task is shown in the colour of care. */
const SOON_DAYS = 3

export function dueTone(task: Task): 'plain' | 'care' | 'alarm' {
  const due = dueOf(task)
  if (task.closedAt) return 'plain'
  if (task.overdue) return 'alarm'
  return due !== null && daysBetween(today(), due) <= SOON_DAYS ? 'care' : 'plain'
}

/** A due day; the days off of that year may not be announced yet, and then it may move. */
export const sayDueDay = (day: string, provisional: boolean): string =>
  `${sayDate(day)}${provisional ? `（${t('tasks.provisional')}）` : ''}`

export function sayDue(task: Task): string {
  const due = dueOf(task)
  if (task.closedAt) return t('tasks.closedAt', { time: sayMoment(task.closedAt) })
  if (due === null) return t('tasks.noDue')
  return `${sayDaysLeft(due)} · ${sayDueDay(due, task.dueProvisional)}`
}

/** Nearest due date first, none last; then the older task. */
export function byDueDate(one: Task, other: Task): number {
  const order = (dueOf(one) ?? '9999').localeCompare(dueOf(other) ?? '9999')
  return order === 0 ? one.createdAt.localeCompare(other.createdAt) : order
}
