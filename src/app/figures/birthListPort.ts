import type { ComparedBirth } from '../../domain/figures/compareList.ts'
import type { LocalDate } from '../../domain/world.ts'

/** Where a line stands. */
export interface ListLine {
  listId: string
  line: number
}

/** A line to hold against the registrations, and what was found of it before. */
export interface BirthToCompare extends ListLine {
  regionCode: string
  birthDate: LocalDate
  /** Registrations that either parent holds. */
  applicationIds: string[]
  /** Null: not compared yet. */
  before: ComparedBirth | null
}

/** Lists of births from hospitals or the police, as the import left them: without a name. */
export interface BirthListPort {
  /**
   * Births since then that were not compared today, in the order of the lists, those behind `after` only, under lock; another
   * worker's are left to it.
   */
  toCompare(today: LocalDate, since: LocalDate, limit: number, after?: ListLine): Promise<BirthToCompare[]>
  saveCompared(compared: readonly (ComparedBirth & ListLine)[], today: LocalDate): Promise<void>
}
