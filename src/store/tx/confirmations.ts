import type { ConfirmationRequest } from '../../app/lifePorts.ts'
import type { Tx } from '../../app/ports.ts'
import { moment, parseOwn } from '../rows.ts'
import { withinScope } from '../scope.ts'
import type { Work } from '../work.ts'

interface ConfirmationRow {
  id: string
  application_id: string
  region_code: string
  resident_id: string
  bureau: string
  question: Buffer
  asked_at: number
  expires_at: number
  answered_at: number | null
}

const columns =
  'q.id, q.application_id, q.region_code, q.resident_id, q.bureau, q.question, q.asked_at, q.expires_at, q.answered_at'

export function confirmationsIn(work: Work): Tx['confirmations'] {
  const { client, cipher } = work
  const requestOf = (row: ConfirmationRow): ConfirmationRequest => ({
    id: row.id,
    applicationId: row.application_id,
    regionCode: row.region_code,
    residentId: row.resident_id,
    bureau: row.bureau,
    question: parseOwn(cipher.open('confirmation|question', row.id, row.question)),
    askedAt: row.asked_at,
    expiresAt: row.expires_at,
  })
  return {
    insert: async request => {
      const { id, applicationId, regionCode, residentId, bureau, question, askedAt, expiresAt } = request
      await client.query(
        `insert into confirmation
            (id, application_id, region_code, resident_id, bureau, question, asked_at, expires_at, not_before)
          values ($1, $2, $3, $4, $5, $6, $7, $8, $7)`,
        [
          ...[id, applicationId, regionCode, residentId, bureau],
          cipher.seal('confirmation|question', id, JSON.stringify(question)),
          ...[moment(askedAt), moment(expiresAt)],
        ],
      )
    },
    byId: async id => {
      const { condition, values } = withinScope(work.scope(), 'q', 2)
      const text = `select ${columns} from confirmation q where q.id = $1 and ${condition} for update`
      const [row] = (await client.query<ConfirmationRow>(text, [id, ...values])).rows
      return row ? { ...requestOf(row), answeredAt: row.answered_at } : null
    },
    takeUnsent: async (at, again, limit) => {
      const { rows } = await client.query<ConfirmationRow>(
        `with due as (
            select id from confirmation where sent_at is null and answered_at is null and not_before <= $1
            order by not_before limit $3 for update skip locked
          )
          update confirmation q set not_before = $2, attempts = q.attempts + 1 from due where q.id = due.id returning ${columns}`,
        [moment(at), moment(again), limit],
      )
      return rows.map(requestOf)
    },
    sent: async (id, at) => {
      await client.query('update confirmation set sent_at = $2 where id = $1 and sent_at is null', [id, moment(at)])
    },
    answered: async (id, at) => {
      const { rowCount } = await client.query(
        'update confirmation set answered_at = $2 where id = $1 and answered_at is null',
        [id, moment(at)],
      )
      return rowCount === 1
    },
    token: (id, expiresAt) => cipher.index('confirmation|token', `${id}|${expiresAt}`).toString('base64url'),
  }
}
