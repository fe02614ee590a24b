import type { BirthListPort, BirthToCompare } from '../../app/figures/birthListPort.ts'
import type { Work } from '../work.ts'

interface EntryRow {
  list_id: string
  line: number
  region_code: string
  birth_date: string
  registered: boolean | null
  agrees: boolean | null
  timely: boolean | null
  application_ids: string[]
}

export function birthListsIn({ client }: Work): BirthListPort {
  return {
    toCompare: async (today, since, limit, after) => {
      const { rows } = await client.query<EntryRow>(
        `with taken as (
            select * from birth_list_entry where (compared_on is null or compared_on < $1) and birth_date >= $2
              and (list_id, line) > ($4, $5)
              order by list_id, line limit $3 for update skip locked)
          select t.list_id, t.line, t.region_code, t.birth_date, t.registered, t.agrees, t.timely,
            array(select s.application_id from application_subject s
              where s.matter = 'birthRegistration' and s.subject_index in (t.person_index, t.other_index)) as application_ids
          from taken t`,
        [today, since, limit, after?.listId ?? '', after?.line ?? 0],
      )
      return rows.map(birthOf)
    },
    saveCompared: async (compared, today) => {
      const column = <T>(of: (one: (typeof compared)[number]) => T) => compared.map(of)
      await client.query(
        `update birth_list_entry b set registered = c.registered, agrees = c.agrees, timely = c.timely, compared_on = $1
          from unnest($2::text[], $3::int[], $4::boolean[], $5::boolean[], $6::boolean[])
            as c (list_id, line, registered, agrees, timely)
          where b.list_id = c.list_id and b.line = c.line`,
        [
          ...[today, column(({ listId }) => listId), column(({ line }) => line)],
          ...[column(({ registered }) => registered), column(({ agrees }) => agrees), column(({ timely }) => timely)],
        ],
      )
    },
  }
}

function birthOf(row: EntryRow): BirthToCompare {
  const { list_id: listId, line, region_code: regionCode, birth_date: birthDate, registered, agrees, timely } = row
  const before = registered === null ? null : { line, regionCode, birthDate, registered, agrees, timely }
  return { listId, line, regionCode, birthDate, applicationIds: row.application_ids, before }
}
