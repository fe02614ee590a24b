import type pg from 'pg'
import type { AuthStore } from '../app/ports.ts'
import { asSystem } from './asSystem.ts'
import { openDoors } from './doors.ts'
import type { FieldCipher } from './fieldCipher.ts'
import { readHistory } from './history.ts'
import { lookUpCertificate } from './certificateLooks.ts'
import { officerBySender, officerColumns, officerOf, type OfficerRow } from './officers.ts'
import { officerWrites } from './officerWrites.ts'
import { openResidentSession, residentBySender, residentSession } from './residentSessions.ts'
import { moment } from './rows.ts'

export interface AuthStoreOptions {
  pool: pg.Pool
  cipher: FieldCipher
  newId(): string
}

/** GB/T 22239 level 3 asks for a limit on failed log-ins; five tries and a quarter of an hour are our choice. */
const FAILURES_ALLOWED = 5
const LOCK = '15 minutes'
/** A console left alone closes by itself (OWASP ASVS 5 7.3.1); the absolute end is the session's own. */
const IDLE = '15 minutes'
/** Use is noted at most this often, so that reading a page does not write a row for each request. */
const NOTE_USE_EVERY = '1 minute'

export function openAuthStore({ pool, cipher, newId }: AuthStoreOptions): AuthStore {
  return {
    ...officerLogins(pool, cipher),
    ...officerWrites(pool),
    ...openDoors(pool, cipher),
    officerBySender: (channel, sender) => officerBySender(pool, cipher, { channel, sender }),
    residentBySender: writing => residentBySender({ pool, cipher, newId }, writing),
    openResidentSession: session => openResidentSession({ pool, cipher, newId }, session),
    residentSession: (tokenHash, at) => residentSession({ pool, cipher }, tokenHash, at),
    history: (residentId, before, limit) => readHistory({ pool, cipher }, { residentId, before, limit }),
    saveUpload: async ({ id, residentId, mimeType, bytes, at }) => {
      await pool.query('insert into upload (id, resident_id, mime_type, bytes, at) values ($1, $2, $3, $4, $5)', [
        id,
        residentId,
        mimeType,
        cipher.seal('upload|bytes', id, bytes),
        moment(at),
      ])
    },
    upload: async id => {
      const { rows } = await pool.query<{ resident_id: string; mime_type: string; bytes: Buffer }>(
        'select resident_id, mime_type, bytes from upload where id = $1',
        [id],
      )
      const row = rows[0]
      if (!row) return null
      return { residentId: row.resident_id, mimeType: row.mime_type, bytes: cipher.open('upload|bytes', id, row.bytes) }
    },
    lookUpCertificate: (checkCode, at) => lookUpCertificate({ pool, cipher }, checkCode, at),
  }
}

type OfficerLogins = Pick<
  AuthStore,
  'officerByUsername' | 'noteLogin' | 'openOfficerSession' | 'officerSession' | 'endOfficerSession' | 'storeBindingCode'
>

function officerLogins(pool: pg.Pool, cipher: FieldCipher): OfficerLogins {
  return {
    officerByUsername: username => officerByUsername(pool, cipher, username),
    noteLogin: (officerId, ok, at) => noteLogin(pool, { officerId, ok, at }),
    openOfficerSession: async ({ tokenHash, officerId, csrfToken, at, expiresAt, byPlatform = false }) => {
      await pool.query(
        `insert into officer_session (token_hash, officer_id, csrf_token, created_at, used_at, expires_at, by_platform)
          values ($1, $2, $3, $4, $4, $5, $6)`,
        [Buffer.from(tokenHash), officerId, csrfToken, moment(at), moment(expiresAt), byPlatform],
      )
    },
    officerSession: (tokenHash, at) => officerSession(pool, tokenHash, at),
    endOfficerSession: async tokenHash => {
      await pool.query('delete from officer_session where token_hash = $1', [Buffer.from(tokenHash)])
    },
    storeBindingCode: async ({ codeHash, officerId, at, expiresAt }) => {
      // Six digits come round again: one that was used or is over makes room, one that is valid keeps its officer.
      const { rowCount } = await pool.query(
        `insert into officer_binding_code as known (code_hash, officer_id, expires_at) values ($1, $2, $3)
          on conflict (code_hash) do update
            set officer_id = excluded.officer_id, expires_at = excluded.expires_at, used_at = null
            where known.used_at is not null or known.expires_at <= $4`,
        [Buffer.from(codeHash), officerId, moment(expiresAt), moment(at)],
      )
      return rowCount === 1
    },
  }
}

/** Counts, locks, and writes it into the audit trail: who came in, and who stood at the door of whose account. */
function noteLogin(
  pool: pg.Pool,
  { officerId, ok, at }: { officerId: string; ok: boolean; at: number },
): Promise<void> {
  return asSystem(pool, async client => {
    await client.query(
      `with noted as (
          update officer set
            failures = case when $2 then 0 else failures + 1 end,
            locked_until = case when $2 then null
              when (failures + 1) % $4 = 0 then $3::timestamptz + interval '${LOCK}' else locked_until end
          where id = $1
          returning id, role, region_code
        )
        insert into audit (actor, action, object_kind, object_id, region_code, detail, at)
          select jsonb_build_object('kind', 'officer', 'id', id, 'role', role, 'regionCode', region_code),
            case when $2 then 'officer.login' else 'officer.loginRefused' end, 'officer', id, region_code, '{}', $3
          from noted`,
      [officerId, ok, moment(at), FAILURES_ALLOWED],
    )
  })
}

interface AccountRow extends OfficerRow {
  password_hash: string
  totp_secret: Buffer | null
  failures: number
  locked_until: number | null
}

async function officerByUsername(
  pool: pg.Pool,
  cipher: FieldCipher,
  username: string,
): ReturnType<AuthStore['officerByUsername']> {
  const { rows } = await pool.query<AccountRow>(
    `select ${officerColumns}, o.password_hash, o.totp_secret, o.failures, o.locked_until
      from officer o where o.username = $1`,
    [username],
  )
  const row = rows[0]
  if (!row) return null
  return {
    officer: officerOf(row),
    passwordHash: row.password_hash,
    totpSecret: row.totp_secret && cipher.open('officer|totp_secret', row.id, row.totp_secret).toString(),
    failures: row.failures,
    lockedUntil: row.locked_until,
  }
}

async function officerSession(
  pool: pg.Pool,
  tokenHash: Uint8Array,
  at: number,
): ReturnType<AuthStore['officerSession']> {
  const { rows } = await pool.query<OfficerRow & { csrf_token: string; two_factors: boolean }>({
    name: 'officerSession.use',
    text: `with s as (
        select token_hash, officer_id, csrf_token, used_at, by_platform from officer_session
        where token_hash = $1 and expires_at > $2 and used_at > $2::timestamptz - interval '${IDLE}'
      ), noted as (
        update officer_session n set used_at = $2 from s
        where n.token_hash = s.token_hash and s.used_at < $2::timestamptz - interval '${NOTE_USE_EVERY}'
      )
      select ${officerColumns}, s.csrf_token, s.by_platform or o.totp_secret is not null as two_factors
      from s join officer o on o.id = s.officer_id where not o.disabled`,
    values: [Buffer.from(tokenHash), moment(at)],
  })
  const row = rows[0]
  return row ? { officer: officerOf(row), csrfToken: row.csrf_token, twoFactors: row.two_factors } : null
}
