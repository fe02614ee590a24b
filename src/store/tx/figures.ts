import { z } from 'zod'
import type { FigurePort, SumQuery } from '../../app/figures/figurePort.ts'
import type { CaseQuery } from '../../app/figures/figureQuery.ts'
import type { Page } from '../../app/ports.ts'
import { filingWays, matters } from '../../domain/application.ts'
import { addDays, type LocalDate } from '../../domain/world.ts'
import { measures, sumCounts, type Count } from '../../domain/figures/counts.ts'
import type { Sum } from '../../domain/figures/measured.ts'
import { cursorDay, oneOf, readCursor, writeCursor } from '../rows.ts'
import { withinScope } from '../scope.ts'
import type { Work } from '../work.ts'
import { needsIn } from './figureNeeds.ts'
import { nightIn } from './figureNight.ts'
import { columns, figureOfRow, rowOf, type FigureRow } from './figureRows.ts'

/** What may change after the first action. */
const changing = columns.split(/,\s*/).slice(5)
const numbered = (names: readonly string[]) => names.map((_, n) => `$${n + 1}`).join(', ')
/** Both directions of one wide row hold the same columns, so they are listed once. */
const upsert = `insert into case_figure (${columns}) values (${numbered(columns.split(/,\s*/))})
  on conflict (application_id) do update set ${changing.map(name => `${name} = excluded.${name}`).join(', ')}`

export function figuresIn(work: Work): FigurePort {
  const { client } = work
  return {
    ofCase: async applicationId => {
      // One row by its key: no second layer is needed, which would miss a case that counts elsewhere.
      const { rows } = await client.query<FigureRow>(
        `select ${columns} from case_figure where application_id = $1 for update`,
        [applicationId],
      )
      return rows[0] ? figureOfRow(rows[0]) : null
    },
    saveCase: async (figure, changes) => {
      await client.query({ name: 'figure.save', text: upsert, values: rowOf(figure) })
      await addChanges(work, changes)
    },
    count: counts => addChanges(work, sumCounts(counts)),
    sums: query => readSums(work, query),
    cases: query => readCases(work, query),
    ...nightIn(work),
    ...needsIn(work),
  }
}

async function addChanges({ client }: Work, changes: readonly Count[]): Promise<void> {
  if (changes.length === 0) return
  const column = <K extends keyof Count>(key: K) => changes.map(change => change[key])
  await client.query({
    name: 'figure.change',
    text: `insert into figure_change (region_code, day, measure, matter, way, detail, n)
      select * from unnest($1::text[], $2::date[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[])`,
    values: [
      ...[column('regionCode'), column('day'), column('measure'), column('matter'), column('way'), column('detail')],
      column('n'),
    ],
  })
}

interface SumRow {
  measure: string
  matter: string
  way: string
  detail: string
  month: string
  place: string
  n: number
}

/**
 * Whole months and the days beside them, already added up, and what is still open: all in one snapshot, so that a night in
 * between moves rows and no number.
 */
async function readSums(work: Work, query: SumQuery): Promise<Sum[]> {
  const { regionCode, from, to, byMonth, placeLength, measures: wanted } = query
  const { condition, values } = withinScope(work.scope(), 'c', 9)
  const months = wholeMonths(from, to)
  const part = (table: string, day: string, which: string) =>
    `select region_code, ${day} as day, measure, matter, way, detail, n from ${table} c
      where region_code >= $1 and region_code < $1 || '~' and ($6::text[] is null or measure = any($6)) and ${which}
        and ${condition}`
  const parts = [
    part('figure_month', 'month', 'month >= $7 and month < $8'),
    part('figure_day', 'day', '(day >= $2 and day < $7 or day >= $8 and day <= $3)'),
    part('figure_change', 'day', 'day between $2 and $3 and counted_at is null'),
  ]
  const { rows } = await work.client.query<SumRow>(
    `select measure, matter, way, detail, coalesce(to_char(month, 'YYYY-MM'), '') as month, place, n from (
        select measure, matter, way, detail, case when $4 then date_trunc('month', day)::date end as month,
            left(region_code, $5) as place, sum(n)::bigint as n
          from (${parts.join(' union all ')}) u
          group by 1, 2, 3, 4, 5, 6 having sum(n) <> 0) s
      order by 1, 2, 3, 4, 5, 6`,
    [regionCode, from, to, byMonth, placeLength, wanted, months.from, months.until, ...values],
  )
  return rows.map(({ measure, matter, way, ...rest }) => ({
    ...rest,
    measure: oneOf(measures, measure),
    matter: matter === '' ? '' : oneOf(matters, matter),
    way: way === '' ? '' : oneOf(filingWays, way),
  }))
}

/** The whole months of a period, as the first day and the day after; where there is none both are the first of its days. */
function wholeMonths(from: LocalDate, to: LocalDate): { from: LocalDate; until: LocalDate } {
  const first = (day: LocalDate) => `${day.slice(0, 7)}-01`
  // 32 days after the first of a month lie in the next one, whatever the month.
  const begin = from === first(from) ? from : first(addDays(first(from), 32))
  const until = first(addDays(to, 1))
  return begin < until ? { from: begin, until } : { from, until: from }
}

/** For each kind of cases the day by which they are counted, and which they are; the indexes of the table know both. */
const kinds: Record<CaseQuery['cases'], { day: string; which: string }> = {
  received: { day: 'received_on', which: 'true' },
  accepted: { day: 'accepted_on', which: 'accepted_on is not null' },
  window: { day: 'accepted_on', which: `accepted_on is not null and way = 'window'` },
  noticedAgain: { day: 'noticed_on', which: 'notices > 1' },
  legalLate: { day: 'legal_on', which: 'not legal_met' },
  promiseLate: { day: 'promise_on', which: 'not promise_met' },
}
const caseCursor = z.tuple([cursorDay, z.string()])

async function readCases(work: Work, query: CaseQuery & { regionCode: string }): Promise<Page<string>> {
  const { day, which } = kinds[query.cases]
  const [lastDay, lastId] = readCursor(query.cursor, caseCursor) ?? [null, null]
  const { condition, values } = withinScope(work.scope(), 'f', 9)
  const { rows } = await work.client.query<{ id: string; day: string }>(
    `select application_id as id, ${day} as day from case_figure f
      where region_code >= $1 and region_code < $1 || '~' and ${which} and ${day} between $2 and $3
        and ($4::text is null or matter = $4) and ($5::text is null or way = $5)
        and ($6::date is null or (${day}, application_id) < ($6, $7)) and ${condition}
      order by ${day} desc, application_id desc limit $8`,
    [
      ...[query.regionCode, query.from, query.to, query.matter ?? null, query.way ?? null, lastDay, lastId],
      ...[query.limit + 1, ...values],
    ],
  )
  const items = rows.slice(0, query.limit)
  const last = items.at(-1)
  return {
    items: items.map(({ id }) => id),
    next: rows.length > items.length && last ? writeCursor([last.day, last.id]) : null,
  }
}
