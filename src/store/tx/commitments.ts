import type { Tx } from '../../app/ports.ts'
import { commitmentStatuses, type Commitment } from '../../domain/commitment.ts'
import { moment, oneOf } from '../rows.ts'
import { withinScope } from '../scope.ts'
import type { Work } from '../work.ts'

interface CommitmentRow {
  id: string
  application_id: string
  region_code: string
  resident_id: string
  material: string
  text_version: number
  text_hash: string
  made_at: number
  status: string
  drawn: boolean | null
  task_id: string | null
  broken_on: string | null
  correct_by: string | null
  reminders: number
}

const columns = `c.id, c.application_id, c.region_code, c.resident_id, c.material, c.text_version, c.text_hash, c.made_at,
  c.status, c.drawn, c.task_id, c.broken_on, c.correct_by, c.reminders`

export function commitmentsIn(work: Work): Tx['commitments'] {
  const { client, cipher } = work
  const find = async (text: string, wanted: unknown[]) => {
    const { condition, values } = withinScope(work.scope(), 'c', wanted.length + 1)
    const query = `select ${columns} from commitment c where ${condition} and ${text}`
    return (await client.query<CommitmentRow>(query, [...wanted, ...values])).rows.map(commitmentOf)
  }
  return {
    insert: (commitment, idNumber) => insert(work, commitment, idNumber),
    save: commitment => save(work, commitment),
    ofApplication: applicationId => find('c.application_id = $1 order by c.made_at, c.id', [applicationId]),
    ofTask: async taskId => (await find('c.task_id = $1 for update', [taskId]))[0] ?? null,
    hasOpenBreach: async idNumber => {
      const { rows } = await client.query<{ found: boolean }>(
        `select exists (select from commitment where holder_index = $1 and status in ('broken', 'expired')) as found`,
        [cipher.index('commitment|holder', idNumber)],
      )
      return rows[0]?.found ?? false
    },
    // Another worker's rows are left to it.
    undrawn: limit =>
      find(
        `c.status = 'made' and c.drawn is null and exists (select from application a
          where a.id = c.application_id and a.status in ('granted', 'delivered', 'archived'))
          order by c.made_at limit $1 for update skip locked`,
        [limit],
      ),
    broken: (from, limit) =>
      find(`c.status = 'broken' and c.id > $1 order by c.id limit $2 for update skip locked`, [from, limit]),
  }
}

async function insert({ client, cipher }: Work, commitment: Commitment, idNumber: string): Promise<void> {
  await client.query(
    `insert into commitment (id, application_id, region_code, resident_id, holder_index, material, text_version, text_hash,
      made_at, status) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'made')`,
    [
      commitment.id,
      commitment.applicationId,
      commitment.regionCode,
      commitment.residentId,
      cipher.index('commitment|holder', idNumber),
      commitment.material,
      commitment.textVersion,
      commitment.textHash,
      moment(commitment.madeAt),
    ],
  )
}

async function save({ client }: Work, commitment: Commitment): Promise<void> {
  const { id, status, drawn, taskId, brokenOn, correctBy, reminders } = commitment
  await client.query(
    `update commitment set status = $2, drawn = $3, task_id = $4, broken_on = $5, correct_by = $6, reminders = $7
      where id = $1`,
    [id, status, drawn, taskId, brokenOn, correctBy, reminders],
  )
}

function commitmentOf(row: CommitmentRow): Commitment {
  return {
    id: row.id,
    applicationId: row.application_id,
    regionCode: row.region_code,
    residentId: row.resident_id,
    material: row.material,
    textVersion: row.text_version,
    textHash: row.text_hash,
    madeAt: row.made_at,
    status: oneOf(commitmentStatuses, row.status),
    drawn: row.drawn,
    taskId: row.task_id,
    brokenOn: row.broken_on,
    correctBy: row.correct_by,
    reminders: row.reminders,
  }
}
