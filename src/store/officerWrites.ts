import type pg from 'pg'
import type { AuthStore } from '../app/ports.ts'
import { moment } from './rows.ts'

/** Far longer than a write takes: one that is begun and not ended by then broke off. */
const BROKEN_OFF = '1 minute'
/** A phone that was without network for longer sends under keys that nobody knows; then the fencing number decides. */
const KEPT = '7 days'

interface WriteRow {
  address: string
  status: number | null
  fence: number | null
}

/** Writes of officers by the key of their client: what `AuthStore` promises. */
export function officerWrites(pool: pg.Pool): Pick<AuthStore, 'beginWrite' | 'endWrite'> {
  return {
    beginWrite: async ({ officerId, key, address, at }) => {
      const begun = await pool.query(
        `with old as (delete from officer_write where officer_id = $1 and begun_at < $4::timestamptz - interval '${KEPT}')
          insert into officer_write as known (officer_id, key, address, begun_at) values ($1, $2, $3, $4)
          on conflict (officer_id, key) do update set begun_at = excluded.begun_at
            where known.status is null and known.address = excluded.address
              and known.begun_at < excluded.begun_at - interval '${BROKEN_OFF}'`,
        [officerId, key, address, moment(at)],
      )
      if (begun.rowCount === 1) return 'new'
      const { rows } = await pool.query<WriteRow>(
        'select address, status, fence from officer_write where officer_id = $1 and key = $2',
        [officerId, key],
      )
      const known = rows[0]
      if (!known) return 'underway' // Refused just now by the other request: it may be sent once more.
      if (known.address !== address) return 'otherAddress'
      return known.status === null ? 'underway' : { status: known.status, fence: known.fence }
    },
    endWrite: async ({ officerId, key, done }) => {
      await pool.query(
        done
          ? 'update officer_write set status = $3, fence = $4 where officer_id = $1 and key = $2'
          : 'delete from officer_write where officer_id = $1 and key = $2 and status is null',
        done ? [officerId, key, done.status, done.fence] : [officerId, key],
      )
    },
  }
}
