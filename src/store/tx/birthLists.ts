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
    toCompare: async (today, since, limit) => {
      const { rows } = await client.query<EntryRow>(
        `with taken as (
            select * from birth_list_entry where (compared_on is null or compared_on < $1) and birth_date >= $2
              order by list_id, line limit $3 for update skip locked)
          select t.list_id, t.line, t.region_code, t.birth_date, t.registered, t.agrees, t.timely,
            array(select s.application_id from application_subject s
              where s.matter = 'birthRegistration' and s.subject_index in (t.person_index, t.other_index)) as application_ids
          from taken t`,
        [today, since, limit],
      )
      return rows.map(birthOf)
    },
    saveCompared: async (listId, { line, registered, agrees, timely }, today) => {
      await client.query(
        `update birth_list_entry set registered = $3, agrees = $4, timely = $5, compared_on = $6
          where list_id = $1 and line = $2`,
        [listId, line, registered, agrees, timely, today],
      )
    },
  }
}

function birthOf(row: EntryRow): BirthToCompare {
  const { list_id: listId, line, region_code: regionCode, birth_date: birthDate, registered, agrees, timely } = row
  const before = registered === null ? null : { line, regionCode, birthDate, registered, agrees, timely }
  return { listId, line, regionCode, birthDate, applicationIds: row.application_ids, before }
}
