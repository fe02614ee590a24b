import type pg from 'pg'
import { endRemarks, type ListedEnds } from '../domain/import/listedEnds.ts'
import { oneOf } from './rows.ts'
import { phoneSpeaks } from './tx/speakers.ts'
import { isUndecidedIn } from './undecided.ts'

/** More lines than anybody looks at one by one; the rest is counted. */
const MOST_LINES = 200

/** Staged households that the list ends and that are there, or come by it. */
const ended = `select s.line, s.id, coalesce(h.region_code, s.region) as region
  from import_stage s left join household h using (id) where s.standing <> 'there' and h.gone is null`

/** By `speakers` this would ask of every confirmed phone of the county whether it speaks, not of those of the ended alone. */
const inUse = `with ended as materialized (${ended}), used as (
    select e.line, r.resident_id from ended e join household_resident r on r.household_id = e.id and r.ended_at is null
    union
    select e.line, p.resident_id from ended e join household h on h.id = e.id
      join resident_phone p on p.phone_index = h.phone_index where ${phoneSpeaks('h')}
  )
  select line, case when bool_or(exists (select from application a where a.resident_id = u.resident_id
      and ${isUndecidedIn('a.status')})) then 'openCase' else 'reached' end as why,
    count(*) over ()::int as n
    from used u group by line order by line limit ${MOST_LINES}`

/** New ones are counted in one go: asked village by village, each would read the whole list. */
const villages = `with lost as materialized (select region, count(*)::int as gone from (${ended}) e group by region),
    fresh as materialized (select s.region, count(*) as n from import_stage s left join household h using (id)
      where h.id is null group by s.region)
  select l.region as "regionCode", l.gone, (coalesce(f.n, 0)
      + (select count(*) from household h where h.region_code = l.region and h.gone is null))::int as households
    from lost l left join fresh f using (region) order by 1`

/** What the staged list of households ends. */
export async function readEnds(client: pg.ClientBase): Promise<ListedEnds> {
  const used = await client.query<{ line: number; why: string; n: number }>(inUse)
  const lost = await client.query<ListedEnds['villages'][number]>(villages)
  return {
    inUse: used.rows.map(({ line, why }) => ({ line, why: oneOf(endRemarks, why) })),
    inUseCount: used.rows[0]?.n ?? 0,
    villages: lost.rows,
  }
}
