import { Conflict, type Tx } from '../../app/ports.ts'
import { moment } from '../rows.ts'
import type { Work } from '../work.ts'

export function windowFilingsIn({ client }: Work): Tx['windowFilings'] {
  return {
    find: async (officerId, key) => {
      const { rows } = await client.query<{ application_id: string }>(
        'select application_id from window_filing where officer_id = $1 and key = $2',
        [officerId, key],
      )
      return rows[0]?.application_id ?? null
    },
    insert: async (officerId, key, { id, regionCode, residentId, receivedAt }) => {
      const { rowCount } = await client.query(
        `insert into window_filing (officer_id, key, application_id, region_code, resident_id, at)
          values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
        [officerId, key, id, regionCode, residentId, moment(receivedAt)],
      )
      if (rowCount === 0) throw new Conflict('The same window case is being filed')
    },
  }
}
