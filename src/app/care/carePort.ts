import type { CareAction, CareFamily } from '../../domain/care/careFamily.ts'
import type { CareState } from '../../domain/care/careState.ts'
import type { CareCount } from '../../domain/care/careCoverage.ts'
import type { CareActivity, CareSignup } from '../../domain/care/careActivity.ts'
import type { Task } from '../../domain/task.ts'
import type { Instant, LocalDate } from '../../domain/world.ts'

/** By whom a family is looked up. */
export type CareOf = { residentId: string } | { householdId: string }

/** A code that opens one small page: the card at the hospital desk, the errand of a helper. */
export interface CareLink {
  familyId: string
  purpose: 'card' | 'errand'
  ref: string
  code: string
  issuedAt: Instant
  /** Null: until it is ended. */
  endsAt: Instant | null
  looks: number
  lastLookAt: Instant | null
}

/** Care families in the database. Officers see those of their town, or whose contact they are. */
export interface CarePort {
  insert(family: CareFamily, state: CareState): Promise<void>
  byId(id: string): Promise<CareFamily | null>
  /** Row under lock. */
  lock(id: string): Promise<CareFamily | null>
  /** Of a person or a household, whatever its status, unless it has ended. */
  of(who: CareOf): Promise<CareFamily | null>
  /** The family that a task is about; null for tasks of other kinds. */
  ofTask(taskId: string): Promise<CareFamily | null>
  /** Appends and writes what lists read. @throws {Conflict} when `seq` is taken. */
  append(action: CareAction, state: CareState): Promise<void>
  /** Adds a proved link to a person who writes, or to a household. */
  link(id: string, to: { residentId: string } | { householdId: string }): Promise<void>
  /** By place, then id. */
  list(filter: {
    ended: boolean
    cursor?: string
    limit: number
  }): Promise<{ items: CareFamily[]; next: string | null }>
  /** Families looked after whose plan does not reach to this day. */
  toPlan(day: LocalDate, limit: number): Promise<string[]>
  /** Up to which day visits were planned; null while none were. */
  plannedUpTo(id: string): Promise<LocalDate | null>
  setPlannedTo(id: string, day: LocalDate): Promise<void>
  /** The next sweep looks at the family again, also today. */
  planAnew(id: string): Promise<void>
  /** Families looked after below a place. Needs the eyes of the service. */
  activeBelow(place: string): Promise<string[]>
  /** Families of which he is a contact. */
  ofContact(officerId: string): Promise<string[]>
  /** Families looked after below a place, by village; needs the eyes of the service for a county. */
  counts(place: string): Promise<CareCount[]>
  /** Tasks of the family that wait, nearest due day first. */
  openTasks(familyId: string): Promise<Task[]>
  /** Tasks of the family, what is done among them, are seen by these from now on. */
  showTasksTo(familyId: string, officerIds: string[]): Promise<void>
  /** False when its code is taken. */
  addLink(link: Omit<CareLink, 'looks' | 'lastLookAt'>): Promise<boolean>
  links(familyId: string): Promise<CareLink[]>
  endLink(familyId: string, purpose: CareLink['purpose'], ref: string, at: Instant): Promise<void>
  /** Looks a code up and counts the look; null when there is none. Needs the eyes of the service. */
  look(code: string, purpose: CareLink['purpose'], at: Instant): Promise<CareLink | null>
  activities: CareActivityPort
}

/** 暖心家园. */
export interface CareActivityPort {
  insert(activity: CareActivity, by: { officerId: string; at: Instant }): Promise<void>
  /** Row under lock, so that two who sign up at once do not both get the last place. */
  lock(id: string): Promise<CareActivity | null>
  /** Those that begin from then on, cancelled ones too, soonest first. `place`: that holds there, or below. */
  from(at: Instant, place: string | null): Promise<CareActivity[]>
  cancel(id: string, at: Instant): Promise<void>
  /** Signs up anew or changes the number of people. `waits`: for a place that becomes free. */
  signUp(activityId: string, signup: CareSignup & { waits: boolean }): Promise<void>
  leave(activityId: string, familyId: string, at: Instant): Promise<void>
  /** Those who come, as far as these eyes see their families. */
  signups(activityId: string): Promise<CareSignup[]>
  /** Those who wait for a place, longest first. Needs the eyes of the service. */
  waiting(activityId: string): Promise<CareSignup[]>
  /** Rows under lock that begin before then and of which nobody was reminded yet; those that another worker has are left to it. */
  toRemind(from: Instant, before: Instant): Promise<CareActivity[]>
  reminded(id: string, at: Instant): Promise<void>
  /** People who come in all, whoever sees them. Needs the eyes of the service. */
  taken(activityId: string): Promise<number>
}
