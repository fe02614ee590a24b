import type { Tx } from '../../app/ports.ts'
import { moment } from '../rows.ts'
import type { Work } from '../work.ts'
import { sealPayload } from '../turnRows.ts'

export function outboxIn({ client, cipher }: Work): Tx['outbox'] {
  return {
    add: async ({
      id,
      residentId,
      channel,
      sender,
      replies,
      dedupeKey,
      critical,
      repeat,
      purpose,
      unasked,
      notice,
      notBefore,
      createdAt,
    }) => {
      const { rowCount } = await client.query({
        name: 'outbox.add',
        text: `insert into outbox (id, resident_id, channel, payload, dedupe_key, critical, repeat, not_before, created_at, purpose,
            unasked)
          values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (dedupe_key) do nothing`,
        values: [
          id,
          residentId,
          channel,
          sealPayload(cipher, id, { sender, replies, ...(notice ? { notice } : {}) }),
          dedupeKey,
          critical,
          repeat ?? false,
          moment(notBefore),
          moment(createdAt),
          purpose ?? null,
          unasked ?? false,
        ],
      })
      return rowCount === 1
    },
    written: async dedupeKeys => {
      if (dedupeKeys.length === 0) return new Set()
      const text = 'select dedupe_key from outbox where dedupe_key = any($1)'
      const { rows } = await client.query<{ dedupe_key: string }>(text, [dedupeKeys])
      return new Set(rows.map(row => row.dedupe_key))
    },
  }
}
