import type { Officer } from './officer.ts'
import type { Task, TaskSource } from './task.ts'

/** Who of those in a place may know of a task. */
export interface TaskSight {
  hiddenFrom: string[]
  /** Null: nobody is left out but those. */
  onlyFor: string[] | null
}

/** Digits of the code of a town. */
const TOWN = 9

/** Never one from whom it is hidden; of a care family only its contacts and the town, so the county does not. */
export function maySeeTask({ id, regionCode }: Pick<Officer, 'id' | 'regionCode'>, sight: TaskSight): boolean {
  if (sight.hiddenFrom.includes(id)) return false
  return sight.onlyFor === null || regionCode.length === TOWN || sight.onlyFor.includes(id)
}

/** True for what belongs to a care family and is closed on its page, on a written visit. */
export function isCareTask({ source }: Pick<Task, 'source'>): boolean {
  return source === 'careVisit' || source === 'carePromise' || source === 'careGap'
}

/** True for what ends by a step on its own page and not by a sentence: an answer, a written visit, a second look. */
export function endsOnPage(task: Pick<Task, 'source'>): boolean {
  return task.source === 'complaint' || task.source === 'householdChange' || isCareTask(task)
}

/** What a task of these is about is nobody else's business: a family in care, who cried for help, who complained or rated. */
const forFewEyes: ReadonlySet<TaskSource> = new Set([
  ...(['careVisit', 'carePromise', 'careGap', 'helpRequest'] as const),
  ...(['distress', 'complaint', 'badRating'] as const),
])

/** False for what is counted and not named where others read along, as in a report that is pasted into a group. */
export function mayBeNamed({ source }: Pick<Task, 'source'>): boolean {
  return !forFewEyes.has(source)
}

/** Where the audit trail puts a task: nowhere, where those who read the trail of a place are not to know that there is one. */
export function placeInTrail(task: Pick<Task, 'source' | 'regionCode'>): string | null {
  return task.source === 'complaint' || isCareTask(task) ? null : task.regionCode
}
