import { addWorkingMs, type OfficeTime } from '../../domain/officeHours.ts'
import { taskRulesOf, type TaskRules } from '../../domain/packs/tasks.ts'
import type { Instant } from '../../domain/world.ts'
import type { AppParts } from '../parts.ts'

/** How tasks run in a place, from its pack. */
export const rulesAt = (parts: Pick<AppParts, 'packFor'>, regionCode: string): TaskRules =>
  taskRulesOf(parts.packFor(regionCode).tasks)

/** Whether a reminder at this share of the time is no message of its own, but stands in the next morning's digest. */
export const isQuiet = (parts: Pick<AppParts, 'packFor'>, regionCode: string, share: number): boolean =>
  share < rulesAt(parts, regionCode).remindByMessageFrom

/** When its offices work. */
export function officeTimeAt(parts: Pick<AppParts, 'packFor' | 'calendars'>, regionCode: string): OfficeTime {
  return { calendars: parts.calendars, windows: rulesAt(parts, regionCode).windows }
}

/** The first moment from then on at which they do. */
export function nextOfficeMoment(
  parts: Pick<AppParts, 'packFor' | 'calendars'>,
  regionCode: string,
  at: Instant,
): Instant {
  return addWorkingMs(officeTimeAt(parts, regionCode), at, 0)
}
