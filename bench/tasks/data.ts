import type pg from 'pg'
import type { Officer } from '../../src/domain/officer.ts'

/** Ten counties of a province code that no place has, their towns and villages. */
const COUNTIES = 10
const TOWNS = 450
const VILLAGES = 9_540
/** What a village officer has on his desk, and what is done: alike at every size, so that only the whole grows. */
const LIVE = 30
const DONE = 70

/** One officer for each place: 10 + 450 + 9,540 = 10,000. */
export const OFFICERS = COUNTIES + TOWNS + VILLAGES

const county = (n: number) => `99${String(10 + n).padStart(2, '0')}01`
const town = (n: number) => county(n % COUNTIES) + String(100 + Math.floor(n / COUNTIES))
const village = (n: number) => town(n % TOWNS) + String(200 + Math.floor(n / TOWNS))

/** Places by level, those with tasks first: `villagesOf` are those that have any at this size. */
export const places = {
  county: Array.from({ length: COUNTIES }, (_, n) => county(n)),
  town: Array.from({ length: TOWNS }, (_, n) => town(n)),
  village: Array.from({ length: VILLAGES }, (_, n) => village(n)),
}

export function officerOf(role: 'village' | 'town' | 'county', n: number): Officer {
  const regionCode = places[role][n % places[role].length] ?? ''
  return { id: regionCode, username: regionCode, name: '专干', role, regionCode, officePhone: null, disabled: false }
}

/** Villages over which this many tasks are dealt out. */
export const villagesWith = (tasks: number): number => Math.min(VILLAGES, Math.round(tasks / (LIVE + DONE)))

/** Fills an empty database. Every hundredth name of a task is of the same village; due days lie over two months. */
export async function fill(client: pg.Client, tasks: number): Promise<void> {
  const officers = (['county', 'town', 'village'] as const).flatMap(role => places[role].map(code => ({ role, code })))
  await client.query(
    `insert into officer (id, username, name, role, region_code, password_hash, created_at)
      select code, code, '专干', role, code, 'none', now() from jsonb_to_recordset($1) as o (role text, code text)`,
    [JSON.stringify(officers)],
  )
  await client.query(
    `insert into task (id, source, region_code, summary, status, fence, assignee_id, lease_until, promise_due,
        due_provisional, created_at, closed_at, clock_from, look_at)
      select md5(n::text), 'halfFilledCase', p.village, '群众要求人工服务，请联系', s.status, (s.status <> 'open')::int,
        case when s.status in ('leased', 'done') then p.village end, case when s.status = 'leased' then now() + '8 hours' end,
        (now() + (n * 7 % 60 - 20) * interval '1 day')::date, false, c.at, case when s.status = 'done' then now() end, c.at,
        case when s.status <> 'done' then now() + '1 day' end
      from generate_series(0, $1::int - 1) as n
      cross join lateral (select ($2::text[])[1 + n % cardinality($2::text[])] as village) p
      cross join lateral (select n / cardinality($2::text[]) as nth) d
      cross join lateral (select case when nth < 20 then 'open' when nth < $3 then 'leased' else 'done' end as status) s
      cross join lateral (select now() - (n % 86400) * interval '1 second' as at) c`,
    [tasks, places.village.slice(0, villagesWith(tasks)), LIVE],
  )
  await client.query(
    `insert into task_action (task_id, seq, region_code, at, type, fence, actor, event)
      select id, 1, region_code, created_at, 'created', 0, '{"kind":"system"}', decode(repeat('00', 80), 'hex') from task`,
  )
  await client.query('vacuum analyze')
}
