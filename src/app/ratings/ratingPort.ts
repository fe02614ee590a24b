import type { BadRatingAction, BadRatingState, BadRatingStatus } from '../../domain/ratings/badRating.ts'
import type { Instant, LocalDate } from '../../domain/world.ts'

/** A bad rating with all that happened to it. */
export interface BadRating {
  /** Says nothing of the case, so that who was rated may name it. */
  id: string
  applicationId: string
  /** Place that handles it. */
  regionCode: string
  /** Where the case lies, 12 digits. */
  placeCode: string
  level: 1 | 2
  at: Instant
  actions: BadRatingAction[]
}

/** What lists and the database need to know beside the log. */
export interface BadRatingHolding {
  state: BadRatingState
  /** Task of who handles it; null once nothing is left to do. */
  taskId: string | null
}

/** What an officer may know of a bad rating of his own work: nothing that leads to a case or a person. */
export interface RatingOfMine {
  id: string
  /** 2026-11. */
  month: string
  level: number
  /** What was chosen as reasons, in words. Never what was written: that may tell who it was. */
  reasons: string[]
  status: BadRatingStatus
  appeal: 'none' | 'asked' | 'upheld' | 'setAside'
  /** Last day of an appeal; null: none was set. */
  appealBy: LocalDate | null
  mayAppeal: boolean
  /** His own words to the county; not those of a colleague who was rated with him. */
  said: string | null
}

/** Ratings of one place in a stretch of time, those that were put aside left out. */
export interface RatingCount {
  placeCode: string
  ratings: number
  bad: number
  repaired: number
}

/** Bad ratings in the database. Who was rated sees none of them. */
export interface BadRatingPort {
  insert(rating: Omit<BadRating, 'actions'>, action: BadRatingAction, holding: BadRatingHolding): Promise<void>
  /** Row under lock. */
  byId(id: string): Promise<BadRating | null>
  ofTask(taskId: string): Promise<BadRating | null>
  /** Appends, and writes what lists read. @throws {Conflict} when `seq` is taken. */
  append(rating: BadRating, action: BadRatingAction, holding: BadRatingHolding): Promise<void>
  taskOf(id: string): Promise<string | null>
  /** Newest first; `appealed`: that wait for the county’s decision. */
  list(filter: { appealed: boolean; limit: number }): Promise<BadRating[]>
  /** Of these officer’s work. Needs the eyes of the service. */
  about(officerId: string, limit: number): Promise<BadRating[]>
  /** By village, of cases below a place, rated from then on. Needs the eyes of the service. */
  counts(place: string, since: Instant): Promise<RatingCount[]>
}
