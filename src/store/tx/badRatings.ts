import type { BadRating, BadRatingHolding, BadRatingPort } from '../../app/ratings/ratingPort.ts'
import { Conflict } from '../../app/ports.ts'
import type { Actor } from '../../domain/application.ts'
import type { BadRatingAction, BadRatingEvent } from '../../domain/ratings/badRating.ts'
import { moment, parseOwn } from '../rows.ts'
import { withinScope } from '../scope.ts'
import type { Work } from '../work.ts'

interface RatingRow {
  id: string
  application_id: string
  region_code: string
  place_code: string
  level: number
  at: number
}

const columns = 'b.id, b.application_id, b.region_code, b.place_code, b.level, b.at'
const actionRow = (ratingId: string, seq: number) => `${ratingId}:${seq}`

export function badRatingsIn(work: Work): BadRatingPort {
  const { client } = work
  const some = async (condition: string, value: unknown, tail: string): Promise<BadRating[]> => {
    const { condition: seen, values } = withinScope(work.scope(), 'b', 2)
    const text = `select ${columns} from bad_rating b where ${condition} and ${seen} ${tail}`
    const { rows } = await client.query<RatingRow>(text, [value, ...values])
    return ratingsOf(work, rows)
  }
  return {
    insert: (rating, action, holding) => insert(work, rating, { action, holding }),
    byId: async id => (await some('b.id = $1', id, 'for update'))[0] ?? null,
    ofTask: async taskId => (await some('b.task_id = $1', taskId, 'for update'))[0] ?? null,
    append: async (rating, action, { state, taskId }) => {
      await append(work, action)
      const { rowCount } = await client.query(
        'update bad_rating set status = $2, appealed = $3, task_id = $4 where id = $1',
        [rating.id, state.status, isWaiting(state), taskId],
      )
      if (rowCount === 0) throw new Conflict('The rating is out of sight')
    },
    taskOf: async id => {
      const { rows } = await client.query<{ task_id: string | null }>('select task_id from bad_rating where id = $1', [
        id,
      ])
      return rows[0]?.task_id ?? null
    },
    list: ({ appealed, limit }) =>
      some('(b.appealed or not $1)', appealed, `order by b.at desc, b.id desc limit ${Math.trunc(limit)}`),
    about: (officerId, limit) =>
      some('$1 = any (b.hidden_from)', officerId, `order by b.at desc, b.id desc limit ${Math.trunc(limit)}`),
    counts: async (place, since) => {
      const { rows } = await client.query<{ place_code: string; ratings: number; bad: number; repaired: number }>(
        `select r.region_code as place_code, count(*)::int as ratings, count(*) filter (where r.level <= 2)::int as bad,
            count(*) filter (where b.status in ('repaired', 'calledBack'))::int as repaired
          from rating r left join bad_rating b on b.application_id = r.application_id
          where r.region_code >= $1 and r.region_code < $1 || '~' and r.at >= $2 and b.status is distinct from 'setAside'
          group by r.region_code order by r.region_code`,
        [place, moment(since)],
      )
      return rows.map(({ place_code: placeCode, ...counts }) => ({ placeCode, ...counts }))
    },
  }
}

const isWaiting = ({ appeal }: BadRatingHolding['state']): boolean => appeal !== null && !appeal.decided

async function insert(
  work: Work,
  rating: Omit<BadRating, 'actions'>,
  { action, holding }: { action: BadRatingAction; holding: BadRatingHolding },
): Promise<void> {
  const { id, applicationId, regionCode, placeCode, level, at } = rating
  const { state, taskId } = holding
  await work.client.query(
    `insert into bad_rating (id, application_id, region_code, place_code, resident_id, hidden_from, level, at, status, task_id)
      select $1, r.application_id, $3, $4, r.resident_id, $5, $6, $7, $8, $9 from rating r where r.application_id = $2`,
    [id, applicationId, regionCode, placeCode, state.ratedIds, level, moment(at), state.status, taskId],
  )
  await append(work, action)
}

async function append({ client, cipher }: Work, { ratingId, seq, at, actor, event }: BadRatingAction): Promise<void> {
  const { rowCount } = await client.query(
    `insert into bad_rating_action (rating_id, seq, region_code, resident_id, hidden_from, at, type, actor, event)
      select id, $2, region_code, resident_id, hidden_from, $3, $4, $5, $6 from bad_rating where id = $1
      on conflict do nothing`,
    [
      ratingId,
      seq,
      moment(at),
      event.type,
      JSON.stringify(actor),
      cipher.seal('bad_rating_action|event', actionRow(ratingId, seq), JSON.stringify(event)),
    ],
  )
  if (rowCount === 0) throw new Conflict(`Action ${seq} of this rating is taken, or the rating is out of sight`)
}

async function ratingsOf(work: Work, rows: RatingRow[]): Promise<BadRating[]> {
  const actions = await actionsOf(
    work,
    rows.map(({ id }) => id),
  )
  return rows.map(row => ({
    ...{ id: row.id, applicationId: row.application_id, regionCode: row.region_code, placeCode: row.place_code },
    level: row.level === 1 ? 1 : 2,
    at: row.at,
    actions: actions.get(row.id) ?? [],
  }))
}

async function actionsOf({ client, cipher }: Work, ids: string[]): Promise<Map<string, BadRatingAction[]>> {
  const { rows } = await client.query<{ rating_id: string; seq: number; at: number; actor: Actor; event: Buffer }>(
    'select rating_id, seq, at, actor, event from bad_rating_action where rating_id = any($1) order by rating_id, seq',
    [ids],
  )
  const all = new Map<string, BadRatingAction[]>(ids.map(id => [id, []]))
  for (const { rating_id: ratingId, seq, at, actor, event } of rows) {
    const opened = cipher.open('bad_rating_action|event', actionRow(ratingId, seq), event)
    all.get(ratingId)?.push({ ratingId, seq, at, actor, event: parseOwn<BadRatingEvent>(opened) })
  }
  return all
}
