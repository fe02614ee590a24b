import type { Instant } from '../world.ts'

/** An afternoon of a 暖心家园. */
export interface CareActivity {
  id: string
  regionCode: string
  title: string
  place: string
  startsAt: Instant
  /** People, not families. */
  capacity: number
  note: string | null
  cancelledAt: Instant | null
}

export interface CareSignup {
  familyId: string
  people: number
  at: Instant
}

/** `waiting`: it is full, and they get the next place that becomes free. */
export type SignUpAnswer = 'ok' | 'waiting' | 'full' | 'cancelled' | 'over' | 'tooMany'

/** More than come of one family. */
export const MOST_PEOPLE = 5

/** Whether so many more people may come. `others`: people who come already, without this family. */
export function maySignUp(activity: CareActivity, others: number, people: number, now: Instant): SignUpAnswer {
  if (activity.cancelledAt !== null) return 'cancelled'
  if (activity.startsAt <= now) return 'over'
  if (people < 1 || people > MOST_PEOPLE) return 'tooMany'
  return others + people > activity.capacity ? 'full' : 'ok'
}
