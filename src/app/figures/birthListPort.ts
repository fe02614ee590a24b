import type { ComparedBirth } from '../../domain/figures/compareList.ts'
import type { LocalDate } from '../../domain/world.ts'

/** A line to hold against the registrations, and what was found of it before. */
export interface BirthToCompare {
  listId: string
  line: number
  regionCode: string
  birthDate: LocalDate
  /** Registrations that either parent holds. */
  applicationIds: string[]
  /** Null: not compared yet. */
  before: ComparedBirth | null
}

/** Lists of births from hospitals or the police, as the import left them: without a name. */
export interface BirthListPort {
  /** Births since then that were not compared today, under lock; another worker's are left to it. */
  toCompare(today: LocalDate, since: LocalDate, limit: number): Promise<BirthToCompare[]>
  saveCompared(listId: string, compared: ComparedBirth, today: LocalDate): Promise<void>
}
