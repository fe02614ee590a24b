import type pg from 'pg'
import type { HistoryEntry } from '../app/ports.ts'
import type { FieldCipher } from './fieldCipher.ts'
import { moment } from './rows.ts'
import { openBody, openPayload } from './turnRows.ts'

interface HistoryQuery {
  residentId: string
  /** Entries earlier than this; null = from now. */
  before: number | null
  /** Rows read, and more where several stand at one moment: pages meet between moments. A turn is a row, up to two entries. */
  limit: number
}

interface HistoryRow {
  id: string
  kind: 'turn' | 'message'
  sealed: Buffer
  at: number
}

/** The last turns of a resident and what the service sent by itself, oldest first. */
export async function readHistory(
  { pool, cipher }: { pool: pg.Pool; cipher: FieldCipher },
  { residentId, before, limit }: HistoryQuery,
): Promise<HistoryEntry[]> {
  // An answer that left by the outbox stands in the inbox as well and is shown once, from there.
  const { rows } = await pool.query<HistoryRow>({
    name: 'history.read',
    text: `select id, kind, sealed, at from (
        (select turn_id as id, 'turn' as kind, body as sealed, at, 0 as seq from inbox
          where resident_id = $1 and ($2::timestamptz is null or at < $2)
          order by at desc fetch first $3 rows with ties)
        union all
        (select id, 'message', payload, created_at, seq from outbox
          where resident_id = $1 and ($2::timestamptz is null or created_at < $2) and dedupe_key not like 'turn:%'
          order by created_at desc fetch first $3 rows with ties)
        order by at desc fetch first $3 rows with ties
      ) h order by at desc, kind, seq desc`,
    values: [residentId, before === null ? null : moment(before), limit],
  })
  return rows.reverse().flatMap(row => (row.kind === 'turn' ? ofTurn(cipher, row) : ofMessage(cipher, row)))
}

function ofTurn(cipher: FieldCipher, { id, sealed, at }: HistoryRow): HistoryEntry[] {
  const { said, replies } = openBody(cipher, id, sealed)
  const entries: HistoryEntry[] = []
  if (said !== '') entries.push({ id, from: 'resident', at, text: said, replies: [] })
  if (replies.length > 0) entries.push({ id: `${id}:answer`, from: 'service', at, text: null, replies })
  return entries
}

function ofMessage(cipher: FieldCipher, { id, sealed, at }: HistoryRow): HistoryEntry[] {
  return [{ id, from: 'service', at, text: null, replies: openPayload(cipher, id, sealed).replies }]
}
