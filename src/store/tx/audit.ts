import type { Tx } from '../../app/ports.ts'
import { moment } from '../rows.ts'
import type { Work } from '../work.ts'

export function auditIn({ client, cipher, scope }: Work): Tx['audit'] {
  return {
    add: async ({ actor, action, objectKind, objectId, regionCode, reason, detail, at }) => {
      const eyes = scope()
      const sealed = reason === undefined ? null : cipher.seal('audit|reason', `${objectId}:${at}`, reason)
      await client.query({
        name: 'audit.add',
        text: `insert into audit (actor, action, object_kind, object_id, region_code, resident_id, detail, at)
          values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        values: [
          JSON.stringify(actor),
          action,
          objectKind,
          objectId,
          regionCode,
          eyes.kind === 'resident' ? eyes.residentId : null,
          JSON.stringify(sealed ? { ...detail, reason: sealed.toString('base64') } : detail),
          moment(at),
        ],
      })
    },
    // A limit that follows the eyes could be slipped: an officer's own entries count wherever they lie.
    count: async ({ actorId, action, since }) => {
      const { rows } = await client.query<{ n: number }>('select count_audit($1, $2, $3)::int as n', [
        actorId,
        action,
        moment(since),
      ])
      return rows[0]?.n ?? 0
    },
  }
}
