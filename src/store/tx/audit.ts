import { z } from 'zod'
import type { Page, Tx } from '../../app/ports.ts'
import type { AuditQuery, AuditRecord } from '../../domain/audit.ts'
import { moment, readCursor, writeCursor } from '../rows.ts'
import type { Work } from '../work.ts'

const cursor = z.tuple([z.int().min(0)])

export function auditIn(work: Work): Tx['audit'] {
  const { client, cipher, scope } = work
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
    list: query => list(work, query),
  }
}

interface AuditRow {
  seq: number
  at: number
  actor: AuditRecord['actor']
  action: string
  object_kind: string
  object_id: string
  region_code: string | null
  detail: AuditRecord['detail']
}

/** In the order of writing, which is that of the seals. The sealed reason does not leave the table. */
async function list({ client }: Work, query: AuditQuery): Promise<Page<AuditRecord>> {
  const [before] = readCursor(query.cursor, cursor) ?? [null]
  const momentOrNull = (value: number | null) => (value === null ? null : moment(value))
  const { rows } = await client.query<AuditRow>({
    name: 'audit.list',
    text: `select seq, at, actor, action, object_kind, object_id, region_code, detail - 'reason' as detail from audit
      where ((region_code >= nullif($1, '') and region_code < nullif($1, '') || '~') or ($2 and region_code is null))
        and ($3::timestamptz is null or at >= $3) and ($4::timestamptz is null or at < $4)
        and ($5::bigint is null or seq < $5)
      order by seq desc limit $6`,
    values: [
      query.regionCode,
      query.withoutRegion,
      momentOrNull(query.from),
      momentOrNull(query.until),
      before,
      query.limit + 1,
    ],
  })
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  const next = rows.length > page.length && last ? writeCursor([last.seq]) : null
  return { items: page.map(recordOf), next }
}

function recordOf(row: AuditRow): AuditRecord {
  const { seq, at, actor, action, object_kind: objectKind, object_id: objectId, region_code: regionCode, detail } = row
  return { id: String(seq), at, actor, action, objectKind, objectId, regionCode, detail }
}
