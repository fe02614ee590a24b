import type { ShortCode } from '../../app/lifePorts.ts'
import type { Tx } from '../../app/ports.ts'
import { moment, parseOwn } from '../rows.ts'
import type { Work } from '../work.ts'

interface ShortCodeRow {
  region_code: string | null
  resident_id: string | null
  officer_id: string | null
  content: Buffer | null
  at: number
  expires_at: number
}

const rowOf = (codeHash: Uint8Array) => Buffer.from(codeHash).toString('hex')

export function shortCodesIn({ client, cipher }: Work): Tx['shortCodes'] {
  return {
    insert: async code => {
      const { codeHash, purpose, regionCode, residentId, officerId, content, at, expiresAt } = code
      // Who asks anew holds one code; what is over is nobody's any more.
      await client.query(
        `delete from short_code where expires_at < $1
          or purpose = $2 and used_at is null and resident_id is not distinct from $3 and officer_id is not distinct from $4
            and purpose = 'assist'`,
        [moment(at), purpose, residentId, officerId],
      )
      const { rowCount } = await client.query(
        `insert into short_code (code_hash, purpose, region_code, resident_id, officer_id, content, at, expires_at)
          values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
        [
          ...[Buffer.from(codeHash), purpose, regionCode, residentId, officerId],
          content && cipher.seal('short_code|content', rowOf(codeHash), JSON.stringify(content)),
          ...[moment(at), moment(expiresAt)],
        ],
      )
      return rowCount === 1
    },
    redeem: async (codeHash, purpose, at) => {
      const { rows } = await client.query<ShortCodeRow>(
        `update short_code set used_at = $3 where code_hash = $1 and purpose = $2 and used_at is null and expires_at > $3
          returning region_code, resident_id, officer_id, content, at, expires_at`,
        [Buffer.from(codeHash), purpose, moment(at)],
      )
      const [row] = rows
      if (!row) return null
      const content = row.content && cipher.open('short_code|content', rowOf(codeHash), row.content)
      return {
        ...{ codeHash, purpose, regionCode: row.region_code, residentId: row.resident_id, officerId: row.officer_id },
        ...{ at: row.at, expiresAt: row.expires_at },
        content: content && parseOwn<NonNullable<ShortCode['content']>>(content),
      }
    },
  }
}
