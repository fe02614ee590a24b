import type { FigurePort } from '../../app/figures/figurePort.ts'
import { needFlows } from '../../domain/figures/needs.ts'
import { addDays, startOfDay, type LocalDate } from '../../domain/world.ts'
import { moment } from '../rows.ts'
import type { Work } from '../work.ts'

interface NeedRow {
  region_code: string
  flow: string
  entry: string | null
  n: number
}

/** What residents came for, from the stops of the flows: each person once a day for each thing. Nobody stands in the answer. */
export function needsIn({ client }: Work): Pick<FigurePort, 'lastNeedDay' | 'endNeedDay' | 'needsOf'> {
  return {
    lastNeedDay: async () => {
      const { rows } = await client.query<{ day: LocalDate | null }>('select max(day) as day from need_day')
      return rows[0]?.day ?? null
    },
    endNeedDay: async (day, at) => {
      const text = 'insert into need_day (day, collected_at) values ($1, $2) on conflict do nothing'
      return (await client.query(text, [day, moment(at)])).rowCount === 1
    },
    needsOf: async (day, home) => {
      const { rows } = await client.query<NeedRow>(
        `with asked as (
            select distinct i.resident_id, s.stop ->> 0 as flow,
                case when s.stop ->> 3 = 'told' then s.stop ->> 2 end as entry
              from trace t join inbox i using (turn_id) cross join lateral jsonb_array_elements(t.stops) as s (stop)
              where t.at >= $1 and t.at < $2 and i.at >= $1 and i.at < $2
                and (s.stop ->> 3 = 'told' or s.stop ->> 3 = 'entered' and s.stop ->> 0 = any($3)))
          select coalesce(a.region_code, $4) as region_code, asked.flow, asked.entry, count(*)::int as n
            from asked left join lateral (select region_code from application
              where resident_id = asked.resident_id order by received_at desc limit 1) a on true
            group by 1, 2, 3 order by 1, 2, 3`,
        [moment(startOfDay(day)), moment(startOfDay(addDays(day, 1))), Object.keys(needFlows), home],
      )
      return rows.map(({ region_code: regionCode, flow, entry, n }) => ({
        ...{ regionCode, on: day, n },
        topic: entry === null ? { flow } : { entry },
      }))
    },
  }
}
