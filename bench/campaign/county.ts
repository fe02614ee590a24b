import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { FieldCipher } from '../../src/store/fieldCipher.ts'
import { identityRow, senderIndex } from '../../src/store/turnRows.ts'

/** A county of a province code that no place has; villages hold as many at every size, so that only their number grows. */
export const COUNTY = '999901'
const EACH_VILLAGE = 500
const AT_ONCE = 5000

const village = (n: number) =>
  `${COUNTY}${String(100 + (n % 20)).padStart(3, '0')}${String(100 + Math.floor(n / 20)).padStart(3, '0')}`

/** Fills an empty database with households, each with one resident who wrote before and speaks for it by an officer's word. */
export async function settle(client: pg.Client, cipher: FieldCipher, households: number): Promise<void> {
  const villages = Math.max(1, Math.round(households / EACH_VILLAGE))
  await client.query(
    `insert into officer (id, username, name, role, region_code, password_hash, created_at)
      values ('bench-county', 'bench-county', '县', 'county', $1, 'none', now())`,
    [COUNTY],
  )
  for (let from = 0; from < households; from += AT_ONCE) {
    const many = Math.min(AT_ONCE, households - from)
    await insert(
      client,
      Array.from({ length: many }, (_, n) => householdOf(cipher, from + n, villages)),
    )
  }
  await client.query('vacuum analyze')
}

function householdOf(cipher: FieldCipher, n: number, villages: number) {
  const sender = `bench-${n}`
  const index = senderIndex(cipher, 'web', sender)
  const sealed = cipher.seal('resident_identity|sender', identityRow('web', index), sender)
  return {
    ...{ id: randomBytes(16).toString('base64url'), resident: `resident-${n}`, village: village(n % villages) },
    ...{ index: index.toString('hex'), sender: sealed.toString('hex') },
  }
}

async function insert(client: pg.Client, rows: ReturnType<typeof householdOf>[]): Promise<void> {
  await client.query(
    `with n as materialized (
        select * from jsonb_to_recordset($1) as n (id text, resident text, village text, "index" text, sender text)
      ), residents as (insert into resident (id, created_at) select resident, now() from n),
      identities as (
        insert into resident_identity (channel, sender_index, resident_id, sender, created_at)
          select 'web', decode("index", 'hex'), resident, decode(sender, 'hex'), now() from n
      ), households as (
        insert into household (id, region_code, members, content, digest, imported_at) select id, village, 3, '', '', now() from n
      )
      insert into household_resident (household_id, resident_id, proof, linked_by, linked_at)
        select id, resident, 'officer', 'bench-county', now() from n`,
    [JSON.stringify(rows)],
  )
}
