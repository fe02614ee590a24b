import type pg from 'pg'
import { asSystem } from './asSystem.ts'
import { moment } from './rows.ts'

/**
 * After a calendar was brought: has the service look at every open case again, so that its task and its five days follow the
 * new days off. Closed cases keep what their decision wrote down. Once for each import, whichever process starts first;
 * answers how many cases.
 */
export function lookAfterCalendars(pool: pg.Pool, at: number): Promise<number> {
  return asSystem(pool, async client => {
    const { rowCount } = await client.query(
      `with fresh as (
          update work_calendar set looked_at = $1 where looked_at is null or looked_at < imported_at returning year
        )
        update application set look_at = $1
          where status in ('submitted', 'accepted', 'inReview', 'waiting') and exists (select 1 from fresh)`,
      [moment(at)],
    )
    return rowCount ?? 0
  })
}
