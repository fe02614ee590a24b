import type { FilingWay, Matter } from '../../domain/application.ts'
import type { LocalDate } from '../../domain/world.ts'

/** Which place, and which days of Shanghai, both counted. Null: the officer's own place. */
export interface FigureFilter {
  regionCode: string | null
  from: LocalDate
  to: LocalDate
}

/**
 * Kinds of cases behind figures: all received, all accepted, those at the window, those told twice, those decided too late or
 * not at all when a clock ended. Days are those on which they count.
 */
export const caseKinds = ['received', 'accepted', 'window', 'noticedAgain', 'legalLate', 'promiseLate'] as const

/** Cases behind a figure: which of them, and which days. */
export interface CaseQuery extends FigureFilter {
  cases: (typeof caseKinds)[number]
  matter?: Matter
  way?: FilingWay
  cursor?: string
  limit: number
}
