import type { Tx } from '../../app/ports.ts'
import type { Certificate } from '../../domain/certificate.ts'
import { moment, oneOf } from '../rows.ts'
import { withinScope } from '../scope.ts'
import type { Work } from '../work.ts'

interface CertificateRow {
  id: string
  number: string
  application_id: string
  region_code: string
  resident_id: string
  issued_at: number
  status: string
  title: string
  check_code: Buffer
}

export const certificateStatuses = ['valid', 'revoked', 'superseded'] as const satisfies Certificate['status'][]
const columns =
  'c.id, c.number, c.application_id, c.region_code, c.resident_id, c.issued_at, c.status, c.title, c.check_code'

export function certificatesIn(work: Work): Tx['certificates'] {
  const { client, cipher } = work
  const find = async (column: 'number' | 'application_id', wanted: string[]) => {
    const { condition, values } = withinScope(work.scope(), 'c', 2)
    const text = `select ${columns} from certificate c where c.${column} = any($1) and ${condition} order by c.issued_at`
    return (await client.query<CertificateRow>(text, [wanted, ...values])).rows
  }
  const withCode = (row: CertificateRow) => ({
    certificate: certificateOf(row),
    checkCode: cipher.open('certificate|check_code', row.id, row.check_code).toString(),
  })
  return {
    insert: async (certificate, checkCode) => {
      const { id, number, applicationId, regionCode, residentId, issuedAt, status, title } = certificate
      await client.query(
        `insert into certificate (id, number, application_id, region_code, resident_id, issued_at, status, title,
          check_code_index, check_code) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          id,
          number,
          applicationId,
          regionCode,
          residentId,
          moment(issuedAt),
          status,
          title,
          cipher.index('certificate|check_code', checkCode),
          cipher.seal('certificate|check_code', id, checkCode),
        ],
      )
    },
    byNumber: async number => {
      const [row] = await find('number', [number])
      return row ? certificateOf(row) : null
    },
    setStatus: async (number, status) => {
      await client.query('update certificate set status = $2 where number = $1', [number, status])
    },
    linkKey: (number, until) => cipher.index('certificate|link', `${number}|${until}`).toString('base64url'),
    ofApplication: async applicationId => {
      const row = (await find('application_id', [applicationId])).at(-1)
      return row ? withCode(row) : null
    },
    ofApplications: async applicationIds => (await find('application_id', applicationIds)).map(withCode),
  }
}

function certificateOf(row: CertificateRow): Certificate {
  return {
    id: row.id,
    number: row.number,
    applicationId: row.application_id,
    regionCode: row.region_code,
    residentId: row.resident_id,
    issuedAt: row.issued_at,
    status: oneOf(certificateStatuses, row.status),
    title: row.title,
  }
}
