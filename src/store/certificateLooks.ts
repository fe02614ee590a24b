import type pg from 'pg'
import type { AuthStore } from '../app/ports.ts'
import type { BirthRegistration } from '../domain/application.ts'
import { asSystem } from './asSystem.ts'
import type { FieldCipher } from './fieldCipher.ts'
import { moment, oneOf, parseOwn } from './rows.ts'
import { certificateStatuses } from './tx/certificates.ts'

interface LookRow {
  number: string
  title: string
  status: string
  issued_at: number
  region_code: string
  application_id: string
  content: Buffer
}

/** Anybody may hold a certificate against the register: the code decides, so the look-up sees all places. */
export async function lookUpCertificate(
  { pool, cipher }: { pool: pg.Pool; cipher: FieldCipher },
  checkCode: string,
  at: number,
): ReturnType<AuthStore['lookUpCertificate']> {
  const row = await countedLook(pool, cipher.index('certificate|check_code', checkCode), at)
  if (!row) return null
  const content = parseOwn<BirthRegistration>(cipher.open('application|content', row.application_id, row.content))
  return {
    number: row.number,
    title: row.title,
    status: oneOf(certificateStatuses, row.status),
    issuedAt: row.issued_at,
    // The first character, as on masked lists; a double surname shows its first half and tells no more.
    surname: Array.from(content.applicantName)[0] ?? '',
    regionCode: row.region_code,
  }
}

function countedLook(pool: pg.Pool, index: Buffer, at: number): Promise<LookRow | null> {
  return asSystem(pool, async client => {
    const { rows } = await client.query<LookRow>(
      `with looked as (
          update certificate set looks = looks + 1, last_look_at = $2 where check_code_index = $1
          returning number, title, status, issued_at, region_code, application_id
        )
        select l.*, a.content from looked l join application a on a.id = l.application_id`,
      [index, moment(at)],
    )
    return rows[0] ?? null
  })
}
