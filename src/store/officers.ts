import type { ChannelName } from '../app/ports.ts'
import { officerRoles, type Officer } from '../domain/officer.ts'
import type { Instant } from '../domain/world.ts'
import type { FieldCipher } from './fieldCipher.ts'
import { endSessions, leaveOffice } from './officerDeparture.ts'
import { moment, oneOf } from './rows.ts'
import { identityRow, senderIndex } from './turnRows.ts'
import type { Queryable } from './turnStore.ts'
import type { Work } from './work.ts'

export interface OfficerRow {
  id: string
  username: string
  name: string
  role: string
  region_code: string
  office_phone: string | null
  disabled: boolean
}

export const officerColumns = 'o.id, o.username, o.name, o.role, o.region_code, o.office_phone, o.disabled'

export function officerOf(row: OfficerRow): Officer {
  return {
    id: row.id,
    username: row.username,
    name: row.name,
    role: oneOf(officerRoles, row.role),
    regionCode: row.region_code,
    officePhone: row.office_phone,
    disabled: row.disabled,
  }
}

export interface OfficerAccount {
  officer: Officer
  passwordHash: string
  totpSecret: string | null
  at: Instant
}

/**
 * Makes the account or brings it up to date, found by user name. Answers the id it has. A new password ends the sessions of
 * the old one; who is disabled leaves his tasks as well. Needs a transaction with the eyes of the service.
 */
export async function upsertOfficer(
  work: Pick<Work, 'client' | 'cipher' | 'newId'>,
  { officer, passwordHash, totpSecret, at }: OfficerAccount,
): Promise<string> {
  const { client, cipher } = work
  const { id, username, name, role, regionCode, officePhone, disabled } = officer
  const { rows: before } = await client.query<{ password_hash: string }>(
    'select password_hash from officer where username = $1 for update',
    [username],
  )
  const { rows } = await client.query<{ id: string }>(
    `insert into officer (id, username, name, role, region_code, office_phone, disabled, password_hash, created_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      on conflict (username) do update set name = excluded.name, role = excluded.role, region_code = excluded.region_code,
        office_phone = excluded.office_phone, disabled = excluded.disabled, password_hash = excluded.password_hash
      returning id`,
    [id, username, name, role, regionCode, officePhone, disabled, passwordHash, moment(at)],
  )
  const kept = rows[0]?.id ?? id
  const sealed = totpSecret === null ? null : cipher.seal('officer|totp_secret', kept, totpSecret)
  await client.query('update officer set totp_secret = $2 where id = $1', [kept, sealed])
  if (before[0]?.password_hash !== passwordHash) await endSessions(work, [kept])
  if (disabled) await leaveOffice(work, [kept], at)
  return kept
}

/** From now on this chat sender speaks as the officer. A sender has one officer, an officer may have several senders. */
export async function bindOfficerIdentity(
  db: Queryable,
  cipher: FieldCipher,
  binding: { channel: ChannelName; sender: string; officerId: string; at: Instant },
): Promise<void> {
  const { channel, sender, officerId, at } = binding
  const index = senderIndex(cipher, channel, sender)
  const sealed = cipher.seal('officer_identity|sender', identityRow(channel, index), sender)
  await db.query(
    `insert into officer_identity (channel, sender_index, officer_id, bound_at, sender) values ($1, $2, $3, $4, $5)
      on conflict (channel, sender_index) do update
        set officer_id = excluded.officer_id, bound_at = excluded.bound_at, sender = excluded.sender`,
    [channel, index, officerId, moment(at), sealed],
  )
}

/** Whom this chat sender speaks as, disabled or not; null when he is bound to nobody. */
export async function officerBySender(
  db: Queryable,
  cipher: FieldCipher,
  { channel, sender }: { channel: ChannelName; sender: string },
): Promise<Officer | null> {
  const { rows } = await db.query<OfficerRow>(
    `select ${officerColumns} from officer_identity i join officer o on o.id = i.officer_id
      where i.channel = $1 and i.sender_index = $2`,
    [channel, senderIndex(cipher, channel, sender)],
  )
  return rows[0] ? officerOf(rows[0]) : null
}

/** Uses up a binding code and binds the sender. Null when the code is unknown, used, too old, or the officer disabled. */
export async function redeemBindingCode(
  db: Queryable,
  cipher: FieldCipher,
  code: { codeHash: Uint8Array; channel: ChannelName; sender: string; at: Instant },
): Promise<Officer | null> {
  const { rows } = await db.query<OfficerRow>(
    `with code as (
      update officer_binding_code set used_at = $2 where code_hash = $1 and used_at is null and expires_at > $2
      returning officer_id
    )
    select ${officerColumns} from officer o join code on code.officer_id = o.id
      where not o.disabled and o.role <> 'auditor'`,
    [Buffer.from(code.codeHash), moment(code.at)],
  )
  if (!rows[0]) return null
  const officer = officerOf(rows[0])
  await bindOfficerIdentity(db, cipher, {
    channel: code.channel,
    sender: code.sender,
    officerId: officer.id,
    at: code.at,
  })
  return officer
}
