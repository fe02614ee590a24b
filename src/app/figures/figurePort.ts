import type { CaseFigure } from '../../domain/figures/caseFigure.ts'
import type { Count, Measure } from '../../domain/figures/counts.ts'
import type { Need } from '../../domain/figures/needs.ts'
import type { Sum } from '../../domain/figures/measured.ts'
import type { Instant, LocalDate } from '../../domain/world.ts'
import type { CaseQuery } from './figureQuery.ts'

/** Which counters are added up: a place with all below it, and days, both counted. */
export interface SumQuery {
  regionCode: string
  from: LocalDate
  to: LocalDate
  /** A sum for each month, instead of one. */
  byMonth: boolean
  /** Digits of the places to keep apart; 0 = all together. */
  placeLength: number
  /** Null = all. */
  measures: readonly Measure[] | null
}

/** What one night did. */
export interface NightDone {
  settled: number
  counted: number
  deleted: number
  /** Villages whose cases were counted anew, and counters that were found wrong. */
  checked: number
  differences: number
}

/** Counters, and the row of each case from which they are made. No personal data. */
export interface FigurePort {
  /** Row of one case under lock; null when there is none yet. */
  ofCase(applicationId: string): Promise<CaseFigure | null>
  /** Writes the row and what it changes in the counters. */
  saveCase(figure: CaseFigure, changes: readonly Count[]): Promise<void>
  /** Counts something that is no case. */
  count(counts: readonly Count[]): Promise<void>
  sums(query: SumQuery): Promise<Sum[]>
  /** True: this transaction alone does the night's work until it ends. */
  alone(): Promise<boolean>
  /** Day of the last night that ended. */
  lastNight(): Promise<LocalDate | null>
  /** Ids of applications without a row, filed before there were figures. */
  missing(limit: number): Promise<string[]>
  /** Rows whose clocks ran out before that day and are not settled, under lock. */
  runOut(today: LocalDate, limit: number): Promise<CaseFigure[]>
  /** Adds open changes to their days; answers how many. Every change is added once, however often this runs. */
  addUp(at: Instant, limit: number): Promise<number>
  /** Deletes changes that were added up before then; answers how many. */
  forget(before: Instant, limit: number): Promise<number>
  /** Writes down that a night is over; false when somebody else has. */
  endNight(day: LocalDate, at: Instant, done: NightDone): Promise<boolean>
  /** Last day whose needs were collected. */
  lastNeedDay(): Promise<LocalDate | null>
  /** Writes down that the needs of a day are collected; false when they were. */
  endNeedDay(day: LocalDate, at: Instant): Promise<boolean>
  /** What residents came to the chat for on a day, from the traces; who has no case yet counts at `home`. */
  needsOf(day: LocalDate, home: string): Promise<Need[]>
  /** Ids of the cases behind a figure, newest day first. */
  cases(query: CaseQuery & { regionCode: string }): Promise<{ items: string[]; next: string | null }>
  /** Codes of a few places with cases; others at the next turn, until all have had theirs. */
  sample(few: number, turn: number): Promise<string[]>
  /** All counters of exactly this place, day by day. */
  buckets(regionCode: string): Promise<Count[]>
  /** Ids of the cases counted in exactly this place. */
  ofRegion(regionCode: string, limit: number): Promise<string[]>
}
