import type { ComparedBirth } from '../../domain/figures/compareList.ts'
import type { LocalDate } from '../../domain/world.ts'

/** A line of an imported list of births, as it comes in. */
export interface NewListedBirth {
  /** Id of the list: of one file, whatever was read of it before. */
  listId: string
  line: number
  regionCode: string
  /** Identity number of the parent; only its keyed hash is stored. */
  personId: string
  birthDate: LocalDate
}

/** A line to hold against the registrations, and what was found of it before. */
export interface BirthToCompare {
  listId: string
  line: number
  regionCode: string
  birthDate: LocalDate
  /** Registrations that this person holds. */
  applicationIds: string[]
  /** Null: not compared yet. */
  before: ComparedBirth | null
}

/** Lists of births from hospitals or the police, without a name. */
export interface BirthListPort {
  /** Lines that are there already stay as they are. */
  insert(births: readonly NewListedBirth[]): Promise<void>
  /** Births since then that were not compared today, under lock; another worker's are left to it. */
  toCompare(today: LocalDate, since: LocalDate, limit: number): Promise<BirthToCompare[]>
  saveCompared(listId: string, compared: ComparedBirth, today: LocalDate): Promise<void>
}
