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
      notice,
      notBefore,
      createdAt,
    }) => {
      const { rowCount } = await client.query({
        name: 'outbox.add',
        text: `insert into outbox (id, resident_id, channel, payload, dedupe_key, critical, repeat, not_before, created_at, purpose)
          values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (dedupe_key) do nothing`,
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
        ],
      })
      return rowCount === 1
    },
  }
}
