import type { StaffPort } from '../../app/tasks/staffPort.ts'
import { officerRoles } from '../../domain/officer.ts'
import type { Absence, StaffMember } from '../../domain/staff.ts'
import { officerColumns, officerOf, type OfficerRow } from '../officers.ts'
import { moment } from '../rows.ts'
import type { Work } from '../work.ts'

interface StaffRow extends OfficerRow {
  matters: string[] | null
  absent: boolean
  substitute: OfficerRow | null
}

const rank = (officer: string) => `array_position(array['${officerRoles.join(`', '`)}'], ${officer}.role)`

/**
 * `mayStandIn`, asked anew at every look: who was chosen as a substitute and has since been given a lower role or another county,
 * or whose colleague has been given a higher one, does not work with a rank that is not his.
 */
const fits = (substitute: string, who: string) =>
  `${rank(substitute)} >= ${rank(who)} and left(${substitute}.region_code, 6) = left(${who}.region_code, 6)`

/** `$2`: the day. A substitute who is away himself, or gone, or of too low a rank, is none. */
const standing = `select ${officerColumns}, m.matters, a.absent, to_jsonb(s) as substitute
  from officer o
  left join lateral (select array_agg(matter order by matter) as matters from officer_matter where officer_id = o.id) m on true
  left join lateral (
    select true as absent, substitute_id from officer_absence
      where officer_id = o.id and ended_at is null and $2::date between from_day and to_day
      order by created_at desc, id limit 1
  ) a on true
  left join lateral (
    select ${officerColumns} from officer o
      where o.id = a.substitute_id and not o.disabled and o.role <> 'auditor' and not exists (
        select from officer_absence b
          where b.officer_id = o.id and b.ended_at is null and $2::date between b.from_day and b.to_day)
  ) s on ${fits('s', 'o')}
  where not o.disabled and o.role <> 'auditor'`

export function staffIn({ client }: Work): StaffPort {
  const members = async (name: string, condition: string, values: unknown[]): Promise<StaffMember[]> => {
    const text = `${standing} and ${condition} order by o.username`
    const { rows } = await client.query<StaffRow>({ name, text, values })
    return rows.map(memberOf)
  }
  return {
    around: (regionCodes, day) => members('staff.around', 'o.region_code = any ($1)', [above(regionCodes), day]),
    within: (regionCode, day) =>
      members('staff.within', `o.region_code >= $1 and o.region_code < $1 || '~'`, [regionCode, day]),
    ...absencesIn(client),
    setMatters: async (officerId, matters) => {
      await client.query('delete from officer_matter where officer_id = $1', [officerId])
      await client.query('insert into officer_matter (officer_id, matter) select $1, unnest($2::text[])', [
        officerId,
        matters,
      ])
    },
    ...messagesIn(client),
  }
}

/** The places themselves with the town and the county above them. */
function above(regionCodes: readonly string[]): string[] {
  return [...new Set(regionCodes.flatMap(code => [code.slice(0, 6), code.slice(0, 9), code]))]
}

function memberOf(row: StaffRow): StaffMember {
  return {
    officer: officerOf(row),
    matters: row.matters ?? [],
    absent: row.absent ? { substitute: row.substitute && officerOf(row.substitute) } : null,
  }
}

interface AbsenceRow {
  id: string
  officer_id: string
  from_day: string
  to_day: string
  substitute_id: string | null
}

function absencesIn(
  client: Work['client'],
): Pick<StaffPort, 'insertAbsence' | 'absences' | 'endAbsence' | 'standsInFor'> {
  return {
    insertAbsence: async ({ id, officerId, from, to, substituteId, by, at }) => {
      await client.query(
        `insert into officer_absence (id, officer_id, from_day, to_day, substitute_id, created_by, created_at)
          values ($1, $2, $3, $4, $5, $6, $7)`,
        [id, officerId, from, to, substituteId, by, moment(at)],
      )
    },
    absences: async (regionCode, day) => {
      const { rows } = await client.query<AbsenceRow>({
        name: 'staff.absences',
        text: `select a.id, a.officer_id, a.from_day, a.to_day, a.substitute_id
          from officer_absence a join officer o on o.id = a.officer_id
          where a.ended_at is null and a.to_day >= $2 and o.region_code >= $1 and o.region_code < $1 || '~'
          order by a.from_day, a.id`,
        values: [regionCode, day],
      })
      return rows.map(absenceOf)
    },
    endAbsence: async (id, at) => {
      const text = 'update officer_absence set ended_at = $2 where id = $1 and ended_at is null'
      return (await client.query(text, [id, moment(at)])).rowCount === 1
    },
    standsInFor: async (officerId, day) => {
      const { rows } = await client.query<OfficerRow>({
        name: 'staff.standsInFor',
        text: `select distinct ${officerColumns} from officer_absence a join officer o on o.id = a.officer_id
            join officer s on s.id = a.substitute_id and not s.disabled and s.role <> 'auditor' and ${fits('s', 'o')}
          where a.substitute_id = $1 and a.ended_at is null and $2::date between a.from_day and a.to_day
            and not o.disabled and o.role <> 'auditor'
          order by o.username`,
        values: [officerId, day],
      })
      return rows.map(officerOf)
    },
  }
}

function absenceOf({ id, officer_id, from_day, to_day, substitute_id }: AbsenceRow): Absence {
  return { id, officerId: officer_id, from: from_day, to: to_day, substituteId: substitute_id }
}

function messagesIn(
  client: Work['client'],
): Pick<StaffPort, 'countMessage' | 'withoutDigest' | 'claimDigest' | 'lastDigest' | 'forgetBefore'> {
  return {
    countMessage: async (officerId, day, cap) => {
      const { rowCount } = await client.query({
        name: 'staff.countMessage',
        text: `insert into officer_message_count (officer_id, day, sent) values ($1, $2, 1)
          on conflict (officer_id, day) do update set sent = officer_message_count.sent + 1
          where officer_message_count.sent < $3`,
        values: [officerId, day, cap],
      })
      return rowCount === 1
    },
    withoutDigest: async (day, limit) => {
      const { rows } = await client.query<OfficerRow>({
        name: 'staff.withoutDigest',
        text: `select ${officerColumns} from officer o
          where not o.disabled and o.role <> 'auditor'
            and not exists (select from officer_digest d where d.officer_id = o.id and d.day = $1)
          order by o.id limit $2`,
        values: [day, limit],
      })
      return rows.map(officerOf)
    },
    claimDigest: async (officerId, day, at) => {
      const text = 'insert into officer_digest (officer_id, day, at) values ($1, $2, $3) on conflict do nothing'
      return (await client.query(text, [officerId, day, moment(at)])).rowCount === 1
    },
    lastDigest: async (officerId, before) => {
      const { rows } = await client.query<{ at: number }>({
        name: 'staff.lastDigest',
        text: `select d.at from officer_digest d
          where d.officer_id = $1 and d.day < $2 and not exists (
            select from officer_absence a
              where a.officer_id = $1 and a.ended_at is null and d.day between a.from_day and a.to_day)
          order by d.day desc limit 1`,
        values: [officerId, before],
      })
      return rows[0]?.at ?? 0
    },
    forgetBefore: async day => {
      const digests = await client.query('delete from officer_digest where day < $1', [day])
      const counts = await client.query('delete from officer_message_count where day < $1', [day])
      return (digests.rowCount ?? 0) + (counts.rowCount ?? 0)
    },
  }
}
