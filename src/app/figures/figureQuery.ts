import type { FilingWay, Matter } from '../../domain/application.ts'
import type { DrillDown } from '../../domain/figures/indicators.ts'
import type { LocalDate } from '../../domain/world.ts'

/** Which place, and which days of Shanghai, both counted. Null: the officer's own place. */
export interface FigureFilter {
  regionCode: string | null
  from: LocalDate
  to: LocalDate
}

/** Cases behind a figure: which of them, and which days. */
export interface CaseQuery extends FigureFilter {
  cases: Exclude<DrillDown, null> | 'accepted'
  matter?: Matter
  way?: FilingWay
  cursor?: string
  limit: number
}
