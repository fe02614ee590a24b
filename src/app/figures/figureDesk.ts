import type { FilingWay, Matter } from '../../domain/application.ts'
import type { CheckTable, FilledTable } from '../../domain/figures/checkTable.ts'
import type { Indicator, IndicatorId } from '../../domain/figures/indicators.ts'
import type { Figure } from '../../domain/figures/measured.ts'
import type { Reasons } from '../../domain/figures/reasons.ts'
import type { TwoLanguages } from '../../domain/policy/policyEntry.ts'
import type { Officer } from '../../domain/officer.ts'
import type { RatingLevel } from '../../domain/rating.ts'
import type { Instant, LocalDate } from '../../domain/world.ts'
import type { ApplicationView, Outcome } from '../app.ts'
import type { Page } from '../ports.ts'
import type { NightDone } from './figurePort.ts'
import type { CaseQuery, FigureFilter } from './figureQuery.ts'

/** A place and a period as they were answered. */
export interface FigureFrame {
  region: { code: string; name: string }
  from: LocalDate
  to: LocalDate
  at: Instant
}

export interface IndicatorFigure {
  indicator: Indicator
  figure: Figure
}

/** 网办率 of one item; its parts by way, small ones hidden. */
export interface ItemFigure {
  matter: Matter
  figure: Figure
  ways: { way: FilingWay; n: number | null }[]
}

export interface FigureReport extends FigureFrame {
  indicators: IndicatorFigure[]
  items: ItemFigure[]
  /** The online rate of each month. */
  months: { month: string; figure: Figure }[]
  ratings: { level: RatingLevel; n: number | null }[]
  /** Why cases were rated badly, most often first; several may be chosen for one. */
  badReasons: Reasons
  /** Second requests that a supervisor allowed; cases accepted because nobody answered in time. What offices did, never hidden. */
  exceptions: number
  bySilence: number
  checkTable: { table: CheckTable; filled: FilledTable }
}

export interface PlaceFigure {
  region: { code: string; name: string }
  figure: Figure
}

/** Both clocks of the cases that an office received first. */
export interface OfficeFigure {
  /** Null: nobody had received the case when its clock ended. */
  office: { code: string; name: string } | null
  legal: Figure
  promise: Figure
}

/** Titles of the policy questions among the needs, by kind. */
export type NeedTitles = Readonly<Record<string, TwoLanguages>>

/** Figures for town and county, each for its own place and what lies below it. Foreign places are not there. */
export interface FigureDesk {
  report(officer: Officer, filter: FigureFilter): Promise<Outcome<FigureReport>>
  /** One indicator for the places one level down. */
  places(
    officer: Officer,
    filter: FigureFilter & { indicator: IndicatorId },
  ): Promise<Outcome<FigureFrame & { indicator: Indicator; places: PlaceFigure[] }>>
  /** Why cases came to the window, ranked, with share and months. */
  reasons(officer: Officer, filter: FigureFilter): Promise<Outcome<FigureFrame & { reasons: Reasons }>>
  /** What residents came to the chat for (群众需求), ranked, with share and months. */
  needs(officer: Officer, filter: FigureFilter): Promise<Outcome<FigureFrame & { needs: Reasons; titles: NeedTitles }>>
  /** On time by the office of the first receiver (首接负责). */
  offices(officer: Officer, filter: FigureFilter): Promise<Outcome<FigureFrame & { offices: OfficeFigure[] }>>
  cases(officer: Officer, query: CaseQuery): Promise<Outcome<Page<ApplicationView>>>
  /** Does the night's work when it is time and nobody else has; null when there is nothing to do. */
  night(): Promise<NightDone | null>
}
