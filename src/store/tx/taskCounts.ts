import type { TaskPort } from '../../app/tasks/taskPort.ts'
import { taskStatuses } from '../../domain/task.ts'
import { moment, oneOf } from '../rows.ts'
import { withinScope } from '../scope.ts'
import type { Work } from '../work.ts'

type Counts = Pick<
  TaskPort,
  'nextSeq' | 'matterOf' | 'sightOf' | 'hasTwin' | 'toLookAt' | 'lookAgain' | 'census' | 'desks'
>

const raisedLevels = ['town', 'county'] as const

/** What is asked about tasks without reading them. */
export function taskCountsIn(work: Work): Counts {
  const { client } = work
  return {
    nextSeq: async taskId => {
      const { rows } = await client.query<{ next: number }>({
        name: 'task.nextSeq',
        text: 'select coalesce(max(seq), 0) + 1 as next from task_action where task_id = $1',
        values: [taskId],
      })
      return rows[0]?.next ?? 1
    },
    matterOf: async taskId => {
      const { rows } = await client.query<{ matter: string | null }>('select matter from task where id = $1', [taskId])
      return rows[0]?.matter ?? null
    },
    sightOf: async taskId => {
      const { rows } = await client.query<{ hidden_from: string[]; only_for: string[] | null }>(
        'select hidden_from, only_for from task where id = $1',
        [taskId],
      )
      return { hiddenFrom: rows[0]?.hidden_from ?? [], onlyFor: rows[0]?.only_for ?? null }
    },
    hasTwin: async taskId => {
      const text = `select from task t join task twin on twin.cause = t.cause and twin.id <> t.id
        where t.id = $1 and twin.status in ('open', 'leased', 'paused')`
      return (await client.query(text, [taskId])).rowCount !== 0
    },
    toLookAt: async (at, limit) => {
      const { rows } = await client.query<{ id: string }>({
        name: 'task.toLookAt',
        text: 'select id from task where look_at <= $1 order by look_at limit $2',
        values: [moment(at), limit],
      })
      return rows.map(({ id }) => id)
    },
    lookAgain: async (id, at) => {
      await client.query({
        name: 'task.lookAgain',
        text: 'update task set look_at = $2 where id = $1',
        values: [id, at === null ? null : moment(at)],
      })
    },
    census: (today, place) => census(work, today, place ?? ''),
    desks: (officerIds, today, at) => desks(work, officerIds, today, at),
  }
}

async function census(work: Work, today: string, place: string): ReturnType<TaskPort['census']> {
  const { condition, values } = withinScope(work.scope(), 't', 3)
  const { rows } = await work.client.query<{
    region_code: string
    assignee_id: string | null
    status: string
    raised_to: string | null
    matter: string | null
    count: number
    today: number
    overdue: number
  }>(
    `select t.region_code, t.assignee_id, t.status, t.raised_to, t.matter, count(*)::int as count,
        (count(*) filter (where t.due = $1::date))::int as today, (count(*) filter (where t.due < $1::date))::int as overdue
      from task t where t.status in ('open', 'leased', 'paused')
        and t.region_code >= $2 and t.region_code < $2 || '~' and ${condition}
      group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`,
    [today, place, ...values],
  )
  return rows.map(row => ({
    regionCode: row.region_code,
    assigneeId: row.assignee_id,
    status: oneOf(taskStatuses, row.status),
    raisedTo: row.raised_to === null ? null : oneOf(raisedLevels, row.raised_to),
    matter: row.matter,
    count: row.count,
    dueToday: row.today,
    overdue: row.overdue,
  }))
}

async function desks(
  { client }: Work,
  officerIds: readonly string[],
  today: string,
  at: number,
): ReturnType<TaskPort['desks']> {
  const { rows } = await client.query<{
    id: string
    leased: number
    paused: number
    today: number
    overdue: number
    offered: number
  }>({
    name: 'task.desks',
    text: `select o.id, h.leased, h.paused, h.today, h.overdue, f.offered
      from unnest($1::text[]) as o (id)
      cross join lateral (
        select (count(*) filter (where t.status = 'leased'))::int as leased,
          (count(*) filter (where t.status = 'paused'))::int as paused,
          (count(*) filter (where t.due = $2::date))::int as today,
          (count(*) filter (where t.due < $2::date))::int as overdue
        from task t where t.assignee_id = o.id and t.status in ('leased', 'paused')
      ) h
      cross join lateral (
        select count(*)::int as offered from task t where t.offer_to = o.id and t.offer_until > $3
      ) f`,
    values: [officerIds, today, moment(at)],
  })
  return rows.map(({ id, today: dueToday, ...row }) => ({ officerId: id, dueToday, ...row }))
}
