import type { Actor } from '../../domain/application.ts'
import type { Instant } from '../../domain/world.ts'

/**
 * What supervisors look at because it went another way than it should: a second request for materials (行政许可法 32(4) wants
 * one), a case that counts as accepted because nobody answered, a task urged more often than one day allows, a task that the
 * resident says was not done.
 */
export const exceptionKinds = ['secondNotice', 'bySilence', 'urgedAgain', 'reopened'] as const
export type ExceptionKind = (typeof exceptionKinds)[number]

export interface ExceptionQuery {
  kind: ExceptionKind
  /** Nothing before it. */
  since: Instant
  /** Urges of a task beyond which it counts. */
  urges: number
  cursor?: string
  limit: number
}

/** One line of a log that is an exception. `subject` names whose log. */
export interface ExceptionRow {
  subject: 'application' | 'task'
  /** Id of the application or task, and the number of the line in its log. */
  id: string
  seq: number
  at: Instant
  regionCode: string
  actor: Actor
  /** How often by now: requests, urges, reopenings. */
  times: number
}

export interface ExceptionPort {
  /** Within what the eyes see, newest first. */
  list(query: ExceptionQuery): Promise<{ items: ExceptionRow[]; next: string | null }>
}
