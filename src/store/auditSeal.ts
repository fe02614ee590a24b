import type pg from 'pg'
import type { SealCheck } from '../domain/audit.ts'
import type { Instant } from '../domain/world.ts'
import { asSystem } from './asSystem.ts'
import type { FieldCipher } from './fieldCipher.ts'
import { moment } from './rows.ts'

/** The audit trail as a chain: each seal is a keyed hash over the rows since the former one and over the former one. */
export interface AuditTrail {
  /** Seals what is complete; answers how many rows. */
  seal(at: Instant): Promise<number>
  /** Number of the first seal that no longer fits its rows, null when all fit. */
  firstBroken(): Promise<number | null>
  /** The same with how far the seals reach. */
  check(): Promise<SealCheck>
}

interface Seal {
  seq: number
  upto_tx: string
  upto_seq: number
  entries: number
  hash: Buffer
}

const SEALED_AT_ONCE = 2_000
const start: Seal = { seq: 0, upto_tx: '0', upto_seq: 0, entries: 0, hash: Buffer.alloc(0) }
const columns = 'seq, tx::text as tx, region_code, resident_id, actor, action, object_kind, object_id, detail, at'

export function openAuditTrail(pool: pg.Pool, cipher: FieldCipher): AuditTrail {
  return {
    seal: at => asSystem(pool, client => sealNext(client, cipher, at)),
    firstBroken: () => asSystem(pool, client => firstBroken(client, cipher)),
    check: () => asSystem(pool, client => check(client, cipher)),
  }
}

/** Rows of running transactions may still appear before later ones; only what lies below the oldest of them is sealed. */
async function sealNext(client: pg.ClientBase, cipher: FieldCipher, at: Instant): Promise<number> {
  const lock = await client.query<{ got: boolean }>(`select pg_try_advisory_xact_lock(hashtext('audit_seal')) as got`)
  if (!lock.rows[0]?.got) return 0
  const seals = await client.query<Seal>('select * from audit_seal order by seq desc limit 1')
  const former = seals.rows[0] ?? start
  const { rows } = await client.query<{ seq: number; tx: string }>(
    `select ${columns} from audit
      where (tx, seq) > ($1::xid8, $2) and tx < pg_snapshot_xmin(pg_current_snapshot())
      order by audit.tx, seq limit ${SEALED_AT_ONCE}`,
    [former.upto_tx, former.upto_seq],
  )
  const last = rows.at(-1)
  if (!last) return 0
  await client.query(
    'insert into audit_seal (seq, upto_tx, upto_seq, entries, hash, at) values ($1, $2::xid8, $3, $4, $5, $6)',
    [former.seq + 1, last.tx, last.seq, rows.length, chained(cipher, former.hash, rows), moment(at)],
  )
  return rows.length
}

async function check(client: pg.ClientBase, cipher: FieldCipher): Promise<SealCheck> {
  const { rows } = await client.query<{ sealed_at: number | null; seals: number; entries: number }>(
    'select max(at) as sealed_at, count(*)::int as seals, coalesce(sum(entries), 0)::int as entries from audit_seal',
  )
  const { sealed_at: sealedAt = null, seals = 0, entries = 0 } = rows[0] ?? {}
  return { firstBroken: await firstBroken(client, cipher), sealedAt, seals, entries }
}

async function firstBroken(client: pg.ClientBase, cipher: FieldCipher): Promise<number | null> {
  const { rows: seals } = await client.query<Seal>(
    'select seq, upto_tx::text as upto_tx, upto_seq, entries, hash from audit_seal order by seq',
  )
  let former = start
  for (const seal of seals) {
    const { rows } = await client.query(
      `select ${columns} from audit where (tx, seq) > ($1::xid8, $2) and (tx, seq) <= ($3::xid8, $4)
        order by audit.tx, seq`,
      [former.upto_tx, former.upto_seq, seal.upto_tx, seal.upto_seq],
    )
    if (seal.seq !== former.seq + 1 || !chained(cipher, former.hash, rows).equals(seal.hash)) return seal.seq
    former = seal
  }
  return null
}

function chained(cipher: FieldCipher, former: Buffer, rows: unknown[]): Buffer {
  return cipher.index('audit_seal|hash', `${former.toString('hex')}|${JSON.stringify(rows)}`)
}
