import type { FigurePort } from '../../app/figures/figurePort.ts'
import { moment } from '../rows.ts'
import type { Work } from '../work.ts'
import { columns, countOfRow, figureOfRow, type BucketRow, type FigureRow } from './figureRows.ts'

type Night =
  'alone' | 'lastNight' | 'missing' | 'runOut' | 'addUp' | 'forget' | 'endNight' | 'sample' | 'buckets' | 'ofRegion'

/** What the nightly job needs of the figures, each step safe to run twice and beside another worker. */
export function nightIn({ client }: Work): Pick<FigurePort, Night> {
  return {
    alone: async () => {
      const { rows } = await client.query<{ got: boolean }>(
        `select pg_try_advisory_xact_lock(hashtext('figures.night')) as got`,
      )
      return rows[0]?.got ?? false
    },
    lastNight: async () => {
      const { rows } = await client.query<{ day: string | null }>('select max(day) as day from figure_night')
      return rows[0]?.day ?? null
    },
    missing: async limit => {
      const { rows } = await client.query<{ id: string }>(
        `select a.id from application a where not exists (select from case_figure f where f.application_id = a.id)
          order by a.id limit $1`,
        [limit],
      )
      return rows.map(({ id }) => id)
    },
    runOut: async (today, limit) => {
      const { rows } = await client.query<FigureRow>(
        `select ${columns} from case_figure where application_id in (
            (select application_id from case_figure where legal_due < $1 and legal_on is null limit $2)
            union
            (select application_id from case_figure where promise_due < $1 and promise_on is null limit $2))
          order by application_id limit $2 for update skip locked`,
        [today, limit],
      )
      return rows.map(figureOfRow)
    },
    addUp: async (at, limit) => {
      const { rows } = await client.query<{ n: number }>(
        `with taken as (
            update figure_change set counted_at = $1 where seq in (
              select seq from figure_change where counted_at is null order by seq limit $2 for update skip locked)
            returning region_code, day, measure, matter, way, detail, n),
          added as (
            insert into figure_day (region_code, day, measure, matter, way, detail, n)
              select region_code, day, measure, matter, way, detail, sum(n) from taken group by 1, 2, 3, 4, 5, 6
                order by 1, 2, 3, 4, 5, 6
              on conflict (region_code, day, measure, matter, way, detail) do update set n = figure_day.n + excluded.n),
          added_months as (
            insert into figure_month (region_code, month, measure, matter, way, detail, n)
              select region_code, date_trunc('month', day)::date, measure, matter, way, detail, sum(n) from taken
                group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
              on conflict (region_code, month, measure, matter, way, detail) do update set n = figure_month.n + excluded.n)
          select count(*)::int as n from taken`,
        [moment(at), limit],
      )
      return rows[0]?.n ?? 0
    },
    forget: async (before, limit) => {
      const { rowCount } = await client.query(
        `delete from figure_change where seq in (
          select seq from figure_change where counted_at < $1 order by counted_at limit $2 for update skip locked)`,
        [moment(before), limit],
      )
      return rowCount ?? 0
    },
    endNight: async (day, at, done) => {
      const { rowCount } = await client.query(
        `insert into figure_night (day, ended_at, settled, counted, deleted, checked, differences)
          values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
        [day, moment(at), done.settled, done.counted, done.deleted, done.checked, done.differences],
      )
      return rowCount === 1
    },
    sample: async (few, turn) => {
      // From one place to the next along the index: as many steps as there are places, however many cases they have.
      const { rows } = await client.query<{ place: string }>(
        `with recursive places as (
            (select region_code from case_figure order by region_code limit 1)
            union all
            select (select region_code from case_figure where region_code > p.region_code order by region_code limit 1)
              from places p where p.region_code is not null),
          numbered as (
            select region_code, row_number() over (order by region_code) - 1 as i, count(*) over () as places
              from places where region_code is not null)
          select region_code as place from numbered where (i - $1::bigint * $2 % places + places) % places < $2`,
        [turn, few],
      )
      return rows.map(({ place }) => place)
    },
    buckets: async regionCode => {
      const { rows } = await client.query<BucketRow>(
        `select region_code, day, measure, matter, way, detail, sum(n)::bigint as n from (
            select region_code, day, measure, matter, way, detail, n from figure_day where region_code = $1
            union all
            select region_code, day, measure, matter, way, detail, n from figure_change
              where region_code = $1 and counted_at is null) u
          group by 1, 2, 3, 4, 5, 6 having sum(n) <> 0`,
        [regionCode],
      )
      return rows.map(countOfRow)
    },
    ofRegion: async (regionCode, limit) => {
      const { rows } = await client.query<{ id: string }>(
        'select application_id as id from case_figure where region_code = $1 order by application_id limit $2',
        [regionCode, limit],
      )
      return rows.map(({ id }) => id)
    },
  }
}
