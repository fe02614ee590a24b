import type pg from 'pg'
import type { FunnelQuery, FunnelStep } from '../domain/funnel.ts'
import { moment } from './rows.ts'

/**
 * Stops counted per step from the traces, most entered first within a revision, which is about the order of the flow.
 * Reads the days asked for and no more: the table is in order of time and its index of ranges knows it.
 */
export async function readFunnels(client: pg.ClientBase, query: FunnelQuery): Promise<FunnelStep[]> {
  const { rows } = await client.query<FunnelStep>({
    name: 'funnels.read',
    text: `
      select s.stop ->> 0 as flow, (s.stop ->> 1)::int as revision, s.stop ->> 2 as step,
        count(*) filter (where s.stop ->> 3 = 'entered')::int as entered,
        count(*) filter (where s.stop ->> 3 = 'answered')::int as answered,
        count(*) filter (where s.stop ->> 3 = 'invalid')::int as invalid,
        count(*) filter (where s.stop ->> 3 = 'example')::int as example,
        count(*) filter (where s.stop ->> 3 = 'handedOff')::int as "handedOff",
        count(*) filter (where s.stop ->> 3 = 'cancelled')::int as "left"
      from trace t cross join lateral jsonb_array_elements(t.stops) as s (stop)
      where t.at >= $1 and t.at < $2 and s.stop ->> 3 <> 'told' and ($3::text is null or s.stop ->> 0 = $3)
      group by 1, 2, 3
      order by flow, revision desc, entered desc, step`,
    values: [moment(query.from), moment(query.until), query.flow],
  })
  return rows
}
