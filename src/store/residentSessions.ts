import type pg from 'pg'
import { channelNames, type AuthStore } from '../app/ports.ts'
import type { FieldCipher } from './fieldCipher.ts'
import { moment, oneOf } from './rows.ts'
import { identityRow, senderIndex } from './turnRows.ts'
import { makeResidents } from './turnStore.ts'

interface Parts {
  pool: pg.Pool
  cipher: FieldCipher
  newId(): string
}

type NewSession = Parameters<AuthStore['openResidentSession']>[0]

/**
 * Finds the resident by sender, else by union id (the same person in the mini-program and the Official Account), else makes
 * one; then opens the session.
 */
export async function openResidentSession(parts: Parts, session: NewSession): Promise<{ residentId: string }> {
  const { pool, cipher } = parts
  const index = senderIndex(cipher, session.channel, session.sender)
  const union = session.unionId === null ? null : cipher.index('resident_identity|union', session.unionId)
  const residentId = (await known(pool, session.channel, index)) ?? (await introduce(parts, session, index, union))
  if (union)
    await pool.query(
      'update resident_identity set union_index = $3 where channel = $1 and sender_index = $2 and union_index is null',
      [session.channel, index, union],
    )
  await pool.query(
    `insert into resident_session (token_hash, resident_id, channel, sender_index, created_at, expires_at)
      values ($1, $2, $3, $4, $5, $6)`,
    [Buffer.from(session.tokenHash), residentId, session.channel, index, moment(session.at), moment(session.expiresAt)],
  )
  return { residentId }
}

/** Who writes from there; made when he never did before. */
export async function residentBySender(
  parts: Parts,
  writing: Parameters<AuthStore['residentBySender']>[0],
): Promise<string> {
  const index = senderIndex(parts.cipher, writing.channel, writing.sender)
  return (await known(parts.pool, writing.channel, index)) ?? introduce(parts, writing, index, null)
}

async function known(pool: pg.Pool, channel: string, index: Buffer): Promise<string | null> {
  const { rows } = await pool.query<{ resident_id: string }>(
    'select resident_id from resident_identity where channel = $1 and sender_index = $2',
    [channel, index],
  )
  return rows[0]?.resident_id ?? null
}

async function introduce(
  { pool, cipher, newId }: Parts,
  { channel, sender, at }: Pick<NewSession, 'channel' | 'sender' | 'at'>,
  index: Buffer,
  union: Buffer | null,
): Promise<string> {
  if (union)
    await pool.query(
      `insert into resident_identity (channel, sender_index, resident_id, sender, union_index, created_at)
        select $1, $2, i.resident_id, $4, $3, $5 from resident_identity i where i.union_index = $3
        order by i.created_at limit 1
        on conflict do nothing`,
      [channel, index, union, cipher.seal('resident_identity|sender', identityRow(channel, index), sender), moment(at)],
    )
  const address = { channel, sender, messageKey: '' }
  const residentId = await known(pool, channel, index)
  if (residentId) return residentId
  await makeResidents(pool, cipher, newId, [{ address, senderIndex: index, at }])
  const made = await known(pool, channel, index)
  if (!made) throw new Error('A resident was made and is not there')
  return made
}

export async function residentSession(
  { pool, cipher }: Pick<Parts, 'pool' | 'cipher'>,
  tokenHash: Uint8Array,
  at: number,
): ReturnType<AuthStore['residentSession']> {
  const { rows } = await pool.query<{ resident_id: string; channel: string; sender_index: Buffer; sender: Buffer }>({
    name: 'residentSession.use',
    text: `select s.resident_id, s.channel, s.sender_index, i.sender from resident_session s
      join resident_identity i on i.channel = s.channel and i.sender_index = s.sender_index
      where s.token_hash = $1 and s.expires_at > $2`,
    values: [Buffer.from(tokenHash), moment(at)],
  })
  const row = rows[0]
  if (!row) return null
  const sender = cipher.open('resident_identity|sender', identityRow(row.channel, row.sender_index), row.sender)
  return { residentId: row.resident_id, channel: oneOf(channelNames, row.channel), sender: sender.toString() }
}
