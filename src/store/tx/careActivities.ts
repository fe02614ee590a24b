import type { CareActivityPort } from '../../app/care/carePort.ts'
import type { CareActivity } from '../../domain/care/careActivity.ts'
import { moment } from '../rows.ts'
import type { Work } from '../work.ts'

interface ActivityRow {
  id: string
  region_code: string
  title: string
  place: string
  starts_at: number
  capacity: number
  note: string | null
  cancelled_at: number | null
}

const columns = 'id, region_code, title, place, starts_at, capacity, note, cancelled_at'

export function careActivitiesIn({ client }: Work): CareActivityPort {
  const signups = async (activityId: string, waits: boolean) => {
    const { rows } = await client.query<{ family_id: string; people: number; at: number }>(
      `select family_id, people, at from care_signup where activity_id = $1 and left_at is null and waits = $2
        order by at, family_id`,
      [activityId, waits],
    )
    return rows.map(({ family_id, people, at }) => ({ familyId: family_id, people, at }))
  }
  return {
    insert: async ({ id, regionCode, title, place, startsAt, capacity, note }, { officerId, at }) => {
      await client.query(
        `insert into care_activity (id, region_code, title, place, starts_at, capacity, note, created_by, created_at)
          values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [id, regionCode, title, place, moment(startsAt), capacity, note, officerId, moment(at)],
      )
    },
    lock: async id => {
      const text = `select ${columns} from care_activity where id = $1 for update`
      const { rows } = await client.query<ActivityRow>(text, [id])
      return rows[0] ? activityOf(rows[0]) : null
    },
    from: async (at, place) => {
      const { rows } = await client.query<ActivityRow>(
        `select ${columns} from care_activity
          where starts_at >= $1 and ($2::text is null or $2 like region_code || '%' or region_code like $2 || '%')
          order by starts_at, id`,
        [moment(at), place],
      )
      return rows.map(activityOf)
    },
    cancel: async (id, at) => {
      await client.query('update care_activity set cancelled_at = $2 where id = $1 and cancelled_at is null', [
        id,
        moment(at),
      ])
    },
    signUp: async (activityId, { familyId, people, at, waits }) => {
      // Whoever waits keeps his turn when he only changes how many they are.
      await client.query(
        `insert into care_signup as s (activity_id, family_id, people, at, waits) values ($1, $2, $3, $4, $5)
          on conflict (activity_id, family_id) do update set people = $3, waits = $5, left_at = null,
            at = case when s.waits and $5 and s.left_at is null then s.at else $4 end`,
        [activityId, familyId, people, moment(at), waits],
      )
    },
    waiting: activityId => signups(activityId, true),
    toRemind: async (from, before) => {
      const { rows } = await client.query<ActivityRow>(
        `select ${columns} from care_activity
          where starts_at >= $1 and starts_at < $2 and cancelled_at is null and reminded_at is null
          order by starts_at, id for update skip locked`,
        [moment(from), moment(before)],
      )
      return rows.map(activityOf)
    },
    reminded: async (id, at) => {
      await client.query('update care_activity set reminded_at = $2 where id = $1', [id, moment(at)])
    },
    leave: async (activityId, familyId, at) => {
      await client.query(
        'update care_signup set left_at = $3 where activity_id = $1 and family_id = $2 and left_at is null',
        [activityId, familyId, moment(at)],
      )
    },
    signups: activityId => signups(activityId, false),
    taken: async activityId => {
      const text =
        'select coalesce(sum(people), 0)::int as n from care_signup where activity_id = $1 and left_at is null and not waits'
      return (await client.query<{ n: number }>(text, [activityId])).rows[0]?.n ?? 0
    },
  }
}

function activityOf({ region_code, starts_at, cancelled_at, ...row }: ActivityRow): CareActivity {
  return { ...row, regionCode: region_code, startsAt: starts_at, cancelledAt: cancelled_at }
}
