/** What a resident may say about a task that is his: 催一下, and "it is not done". */
import type { TaskRules } from './packs/tasks.ts'
import type { Task, TaskSource } from './task.ts'
import { reopenTask, urgeTask } from './taskTransfer.ts'
import { addDays, shanghaiDate, type Instant, type LocalDate } from './world.ts'

/**
 * Tasks that exist because he asked for something, and of which he may read. The others are the office's own: a visit that was
 * planned, a cry that was heard, papers that are late.
 */
const wishes: ReadonlySet<TaskSource> = new Set(['halfFilledCase', 'correction', 'helpRequest', 'badRating'])

export const isWish = ({ source }: Pick<Task, 'source'>): boolean => wishes.has(source)

export interface ResidentWord {
  mayUrge: boolean
  /** Urged as often as a day allows, by whomever: from this day on again. Null: not spent, or nothing to urge. */
  urgeFrom: LocalDate | null
  mayReopen: boolean
  /** Last day on which he may say that it is not done; null when he may not, or no day is set. */
  reopenUntil: LocalDate | null
}

export const noWord: ResidentWord = { mayUrge: false, urgeFrom: null, mayReopen: false, reopenUntil: null }

type WordRules = Pick<TaskRules, 'urgesPerDay' | 'reopenDays' | 'mostReopenings'>

/** Asks the rules themselves, so that nothing is offered that would be refused. */
export function residentWord(task: Task, rules: WordRules, now: Instant): ResidentWord {
  const actor = { kind: 'resident' as const, id: '' }
  const urged = urgeTask(task, { actor, now, note: null }, rules)
  const spent = !urged.ok && urged.code === 'tooMany'
  const until = lastDayToReopen(task, rules)
  const inTime = until !== null && shanghaiDate(now) <= until
  // What he thinks of a rating's repair is asked by those who see to it.
  const mayReopen =
    inTime && task.source !== 'badRating' && reopenTask(task, { residentId: '', now, reason: '', due: null }, rules).ok
  return {
    mayUrge: urged.ok,
    urgeFrom: spent ? addDays(shanghaiDate(now), 1) : null,
    mayReopen,
    reopenUntil: mayReopen ? until : null,
  }
}

/** Null while it is not closed. */
export function lastDayToReopen({ closedAt }: Pick<Task, 'closedAt'>, rules: WordRules): LocalDate | null {
  return closedAt === null ? null : addDays(shanghaiDate(closedAt), rules.reopenDays)
}
