import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { WorkCalendar } from '../domain/workingDays.ts'
import { asSystem } from './asSystem.ts'
import { moment } from './rows.ts'
import { isUndecidedIn } from './undecided.ts'

/**
 * After other calendars were loaded than before, brought by the county or shipped with a new version: has the service look at
 * every open case and task again, so that their days and steps follow the new days off. Closed cases keep what their decision
 * wrote down. Once for each change, whichever process starts first; answers how many cases.
 */
export function lookAfterCalendars(pool: pg.Pool, calendars: readonly WorkCalendar[], at: number): Promise<number> {
  return asSystem(pool, async client => {
    const { rowCount } = await client.query(
      `with fresh as (
          insert into loaded_calendars (fingerprint, looked_at) values ($2, $1)
            on conflict (one) do update set fingerprint = excluded.fingerprint, looked_at = excluded.looked_at
            where loaded_calendars.fingerprint <> excluded.fingerprint
            returning fingerprint
        ), tasks as (
          update task set look_at = $1
            where status in ('open', 'leased', 'paused') and due < 'infinity' and exists (select 1 from fresh)
        )
        update application set look_at = $1
          where ${isUndecidedIn('status')} and exists (select 1 from fresh)`,
      [moment(at), fingerprintOf(calendars)],
    )
    return rowCount ?? 0
  })
}

/** The same for the same days, in whatever order the years were read; where they come from does not matter. */
function fingerprintOf(calendars: readonly WorkCalendar[]): string {
  const years = calendars
    .map(({ year, daysOff, makeUpDays }) => JSON.stringify([year, daysOff.toSorted(), makeUpDays.toSorted()]))
    .toSorted()
  return createHash('sha256').update(years.join('\n')).digest('hex')
}
