import type pg from 'pg'
import type { AuthStore } from '../app/ports.ts'
import type { FieldCipher } from './fieldCipher.ts'
import { moment } from './rows.ts'

/** Rows of spans that are over go with each call, a few at a time: the table stays as small as the traffic. */
const FORGOTTEN_AT_ONCE = 20

/** What all processes remember together at the doors: how often somebody called, and which one-time codes were used. */
export function openDoors(pool: pg.Pool, cipher: FieldCipher): Pick<AuthStore, 'takeCall' | 'takeTotpStep'> {
  return {
    // A sliding window over two spans: the former one counts by the share of it that is still within reach.
    takeCall: async ({ name, key, calls, windowMs }, at) => {
      const span = Math.floor(at / windowMs)
      const { rowCount } = await pool.query({
        name: 'door.call',
        text: `with over as (
            delete from door_count where ctid in
              (select ctid from door_count where ends_at < $6 limit ${FORGOTTEN_AT_ONCE} for update skip locked)
          ), former as (select coalesce(max(n), 0) * $3::float8 as n from door_count where id = $1 and span = $2 - 1)
          insert into door_count as c (id, span, n, ends_at) select $1, $2, 1, $5 from former where former.n < $4
          on conflict (id, span) do update set n = c.n + 1 where c.n + (select n from former) < $4`,
        values: [
          ...[cipher.index('door_count|id', `${name}|${key}`), span, 1 - (at % windowMs) / windowMs, calls],
          ...[moment((span + 2) * windowMs), moment(at)],
        ],
      })
      return rowCount === 1
    },
    takeTotpStep: async (officerId, step) => {
      const text = 'update officer set totp_step = $2 where id = $1 and (totp_step is null or totp_step < $2)'
      return (await pool.query(text, [officerId, step])).rowCount === 1
    },
  }
}
