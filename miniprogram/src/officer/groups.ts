import type { Task } from '../api/officerApi.ts'
import { daysBetween, type LocalDate } from '../calendar/solar.ts'
import { dueOf } from './due.ts'

/** Tasks that belong together. `key` is one of the words of its view, a family or a village. */
export interface Group {
  key: string
  tasks: Task[]
}

/** What comes next: as far ahead as a village officer plans his rounds. */
const SOON_DAYS = 7

function dayGroup(task: Task, today: LocalDate): 'asked' | 'overdue' | 'dueToday' | 'soon' | 'later' {
  const due = dueOf(task)
  if (task.offer?.toMe) return 'asked'
  if (task.overdue) return 'overdue'
  if (due === null) return 'later'
  const left = daysBetween(today, due)
  if (left <= 0) return 'dueToday'
  return left <= SOON_DAYS ? 'soon' : 'later'
}

/** What a colleague waits for an answer to, what is late, due today, due within a week, and the rest; each in the order it came. Empty groups stay out. */
export function byDay(tasks: readonly Task[], today: LocalDate): Group[] {
  return (['asked', 'overdue', 'dueToday', 'soon', 'later'] as const)
    .map(key => ({ key, tasks: tasks.filter(task => dayGroup(task, today) === key) }))
    .filter(({ tasks: found }) => found.length > 0)
}

function grouped(tasks: readonly Task[], keyOf: (task: Task) => string): Group[] {
  const groups = new Map<string, Task[]>()
  for (const task of tasks) groups.set(keyOf(task), [...(groups.get(keyOf(task)) ?? []), task])
  return [...groups].map(([key, found]) => ({ key, tasks: found }))
}

/** Families in the order of their most pressing task; under the empty key what the service gives no family for, last. */
export function byFamily(tasks: readonly Task[]): Group[] {
  const groups = grouped(tasks, ({ family }) => family?.id ?? '')
  return [...groups.filter(({ key }) => key !== ''), ...groups.filter(({ key }) => key === '')]
}
