import type { SurveyAnswers } from '../../domain/survey/answers.ts'
import type { AskedOfficer, StaffCount } from '../../domain/survey/staffSurvey.ts'
import type { Instant } from '../../domain/world.ts'

/** A questionnaire to the officers of a county. */
export interface StaffSurvey {
  id: string
  regionCode: string
  flow: string
  revision: number
  title: string
  opensAt: Instant
  closesAt: Instant
}

/** One officer in one survey. `answers`: what he has answered so far; empty once it is handed in, for then nobody has it. */
export interface StaffAnswer {
  survey: StaffSurvey
  officer: AskedOfficer
  answers: SurveyAnswers
  finished: boolean
}

/** 干部知晓率. Needs the eyes of the service. */
export interface StaffSurveyPort {
  insert(survey: StaffSurvey & { by: string }, asked: readonly AskedOfficer[]): Promise<void>
  /** Newest first, at most so many. */
  list(regionCode: string, limit: number): Promise<StaffSurvey[]>
  byId(id: string): Promise<StaffSurvey | null>
  /** From now on nothing is taken. False: it is over already. */
  end(id: string, at: Instant): Promise<boolean>
  counts(id: string): Promise<StaffCount[]>
  /** Adds these to the counters. */
  count(id: string, counts: readonly StaffCount[]): Promise<void>
  /** Surveys in which this officer is asked and can still answer, those that end first in front. */
  openFor(officerId: string, at: Instant): Promise<StaffSurvey[]>
  /** Under lock: his answers are taken one after another. Null: he is not asked. */
  lock(id: string, officerId: string): Promise<StaffAnswer | null>
  /** Keeps what he answered so far, without his name. False when he has handed in: then nothing changes. */
  keep(id: string, officerId: string, answers: SurveyAnswers): Promise<boolean>
  /** Hands in: notes that there is one answer, and forgets which. False when he has already. */
  finish(id: string, officerId: string): Promise<boolean>
}
