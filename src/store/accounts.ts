import type pg from 'pg'
import type { AccountStore, OwnRecord } from '../app/officer/accountPort.ts'
import type { Actor } from '../domain/application.ts'
import type { Officer } from '../domain/officer.ts'
import { officerActor } from '../domain/taskState.ts'
import type { Instant } from '../domain/world.ts'
import { asSystem } from './asSystem.ts'
import type { FieldCipher } from './fieldCipher.ts'
import { endSessions, type DepartureWork } from './officerDeparture.ts'
import { officerColumns, officerOf, type OfficerRow } from './officers.ts'
import { moment } from './rows.ts'
import { auditIn } from './tx/audit.ts'

type Sources = Omit<DepartureWork, 'client'> & { pool: pg.Pool }

export function openAccounts({ pool, cipher, newId }: Sources): AccountStore {
  const asService = <T>(run: (work: DepartureWork) => Promise<T>): Promise<T> =>
    asSystem(pool, client => run({ client, cipher, newId }))
  return {
    record: officerId => readRecord(pool, cipher, officerId),
    keepPending: async (officerId, secret, until) => {
      await pool.query('update officer set totp_pending = $2, totp_pending_until = $3 where id = $1', [
        officerId,
        cipher.seal('officer|totp_pending', officerId, secret),
        moment(until),
      ])
    },
    switchOn: change => asService(work => switchOn(work, change)),
    switchOff: change => asService(work => switchOff(work, change)),
    takeRecoveryCode: (officer, code, at) =>
      asService(async work => {
        const { rowCount } = await work.client.query(
          'delete from officer_recovery_code where officer_id = $1 and code = $2',
          [officer.id, cipher.index('officer_recovery_code|code', code)],
        )
        if (rowCount !== 1) return false
        await note(work, { officer, by: officerActor(officer), action: 'officer.recoveryCode', at })
        return true
      }),
    changePassword: ({ officer, before, after, keep, at }) =>
      asService(async work => {
        const { rowCount } = await work.client.query(
          'update officer set password_hash = $3 where id = $1 and password_hash = $2 and not disabled',
          [officer.id, before, after],
        )
        if (rowCount !== 1) return false
        await work.client.query('delete from officer_session where officer_id = $1 and token_hash <> $2', [
          officer.id,
          Buffer.from(keep),
        ])
        await note(work, { officer, by: officerActor(officer), action: 'officer.ownPassword', at })
        return true
      }),
  }
}

interface RecordRow extends OfficerRow {
  password_hash: string
  totp_secret: Buffer | null
  totp_pending: Buffer | null
  totp_pending_until: Instant | null
  left: number
}

async function readRecord(pool: pg.Pool, cipher: FieldCipher, officerId: string): Promise<OwnRecord | null> {
  const { rows } = await pool.query<RecordRow>(
    `select ${officerColumns}, o.password_hash, o.totp_secret, o.totp_pending, o.totp_pending_until,
        (select count(*) from officer_recovery_code r where r.officer_id = o.id)::int as left
      from officer o where o.id = $1 and not o.disabled`,
    [officerId],
  )
  const [row] = rows
  if (!row) return null
  const { totp_secret: secret, totp_pending: pending, totp_pending_until: until } = row
  return {
    officer: officerOf(row),
    passwordHash: row.password_hash,
    totpSecret: secret && cipher.open('officer|totp_secret', row.id, secret).toString(),
    pending:
      pending && until !== null
        ? { secret: cipher.open('officer|totp_pending', row.id, pending).toString(), until }
        : null,
    recoveryCodesLeft: row.left,
  }
}

async function switchOn(
  work: DepartureWork,
  { officer, secret, step, codes, keep, at }: Parameters<AccountStore['switchOn']>[0],
): Promise<boolean> {
  const { client, cipher } = work
  const { rows } = await client.query<{ totp_pending: Buffer }>(
    `select totp_pending from officer
      where id = $1 and totp_secret is null and totp_pending is not null and totp_pending_until > $2
        and (totp_step is null or totp_step < $3) for update`,
    [officer.id, moment(at), step],
  )
  const shown = rows[0] && cipher.open('officer|totp_pending', officer.id, rows[0].totp_pending).toString()
  if (shown !== secret) return false
  await client.query(
    'update officer set totp_secret = $2, totp_step = $3, totp_pending = null, totp_pending_until = null where id = $1',
    [officer.id, cipher.seal('officer|totp_secret', officer.id, secret), step],
  )
  await client.query('delete from officer_recovery_code where officer_id = $1', [officer.id])
  await client.query('insert into officer_recovery_code (officer_id, code) select $1, unnest($2::bytea[])', [
    officer.id,
    codes.map(code => cipher.index('officer_recovery_code|code', code)),
  ])
  await client.query('delete from officer_session where officer_id = $1 and token_hash <> $2 and not by_platform', [
    officer.id,
    Buffer.from(keep),
  ])
  await note(work, { officer, by: officerActor(officer), action: 'officer.secondFactorOn', at })
  return true
}

async function switchOff(
  work: DepartureWork,
  { officer, by, reset, at }: Parameters<AccountStore['switchOff']>[0],
): Promise<void> {
  const { client } = work
  await client.query(
    'update officer set totp_secret = null, totp_pending = null, totp_pending_until = null where id = $1',
    [officer.id],
  )
  await client.query('delete from officer_recovery_code where officer_id = $1', [officer.id])
  if (reset) await endSessions(work, [officer.id])
  const action = reset ? 'officer.secondFactorReset' : 'officer.secondFactorOff'
  await note(work, { officer, by, action, at, ...(reset ? { reason: reset.reason } : {}) })
}

interface Note {
  officer: Officer
  by: Actor
  action: string
  at: Instant
  reason?: string
}

async function note(work: DepartureWork, { officer, by, action, at, reason }: Note): Promise<void> {
  await auditIn({ ...work, scope: () => ({ kind: 'system' }) }).add({
    ...{
      actor: by,
      action,
      objectKind: 'officer',
      objectId: officer.id,
      regionCode: officer.regionCode,
      detail: {},
      at,
    },
    ...(reason === undefined ? {} : { reason }),
  })
}
