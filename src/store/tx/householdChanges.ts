import {
  changeKinds,
  changeVerdicts,
  type HouseholdChange,
  type HouseholdChangePort,
} from '../../app/households/householdPort.ts'
import { Conflict } from '../../app/ports.ts'
import { moment, oneOf } from '../rows.ts'
import type { Work } from '../work.ts'

interface ChangeRow {
  id: string
  household_id: string
  kind: string
  noted_by: string
  noted_at: number
  verdict: string | null
  reason: Buffer | null
}

const REASON = 'household_change|reason'

export function householdChangesIn(work: Work): HouseholdChangePort {
  const { client, cipher } = work
  return {
    note: async ({ id, householdId, kind, by, at }) => {
      await client.query(
        'insert into household_change (id, household_id, kind, noted_by, noted_at) values ($1, $2, $3, $4, $5)',
        [id, householdId, kind, by, moment(at)],
      )
    },
    of: async (householdId, limit) => {
      const { rows } = await client.query<ChangeRow>(
        `select id, household_id, kind, noted_by, noted_at, verdict, reason from household_change
          where household_id = $1 order by verdict is null desc, noted_at desc, id desc limit $2 for update`,
        [householdId, limit],
      )
      return rows.map(row => changeOf(work, row))
    },
    waitingIn: async (place, limit) => {
      const { rows } = await client.query<{ id: string }>(
        `select h.id from household_change c join household h on h.id = c.household_id
          where c.verdict is null and h.region_code >= $1 and h.region_code < $1 || '~'
          group by h.id order by min(c.noted_at), h.id limit $2`,
        [place, limit],
      )
      return rows.map(({ id }) => id)
    },
    settle: async (id, { verdict, by, at, reason }) => {
      const { rowCount } = await client.query(
        `update household_change set verdict = $2, settled_by = $3, settled_at = $4, reason = $5
          where id = $1 and verdict is null`,
        [id, verdict, by, moment(at), reason === null ? null : cipher.seal(REASON, id, reason)],
      )
      if (rowCount === 0) throw new Conflict('Somebody else looked at this change')
    },
    restoreLink: ended => restoreLink(work, ended),
  }
}

/**
 * Where he was bound anew meanwhile, that link stands already; who speaks for another household of the county is left to it. What
 * a phone had proved comes back only as long as that phone is confirmed.
 */
async function restoreLink(
  { client }: Work,
  { householdId, by, at }: Parameters<HouseholdChangePort['restoreLink']>[0],
): Promise<boolean> {
  const { rows } = await client.query<{ resident_id: string; live: string | null }>(
    `select r.resident_id, (select e.household_id from household_resident e join household k on k.id = e.household_id
          where e.resident_id = r.resident_id and e.ended_at is null
            and left(k.region_code, 6) = left(h.region_code, 6) limit 1) as live
      from household_resident r join household h on h.id = r.household_id
      where r.household_id = $1 and r.ended_by = $2 and r.ended_at = $3 and (r.proof <> 'phone' or exists (
        select from resident_phone p where p.resident_id = r.resident_id and p.phone_index = h.phone_index))`,
    [householdId, by, moment(at)],
  )
  const [ended] = rows
  if (!ended) return false
  if (ended.live !== null) return ended.live === householdId
  await client.query(
    `update household_resident set ended_by = null, ended_at = null
      where household_id = $1 and resident_id = $2 and ended_by = $3 and ended_at = $4`,
    [householdId, ended.resident_id, by, moment(at)],
  )
  return true
}

function changeOf({ cipher }: Work, row: ChangeRow): HouseholdChange {
  return {
    ...{ id: row.id, householdId: row.household_id, kind: oneOf(changeKinds, row.kind) },
    ...{ by: row.noted_by, at: row.noted_at },
    verdict: row.verdict === null ? null : oneOf(changeVerdicts, row.verdict),
    reason: row.reason === null ? null : cipher.open(REASON, row.id, row.reason).toString('utf8'),
  }
}
