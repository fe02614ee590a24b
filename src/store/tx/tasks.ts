import { z } from 'zod'
import { Conflict, type Page, type Scope } from '../../app/ports.ts'
import type { TaskFilter, TaskPort } from '../../app/tasks/taskPort.ts'
import type { Actor } from '../../domain/application.ts'
import { taskSources, taskStatuses, type Task, type TaskAction, type TaskDetail } from '../../domain/task.ts'
import { isClosed } from '../../domain/taskState.ts'
import { cursorDay, cursorMoment, moment, oneOf, parseOwn, readCursor, writeCursor } from '../rows.ts'
import { withinScope } from '../scope.ts'
import type { Work } from '../work.ts'
import { taskCountsIn } from './taskCounts.ts'

interface TaskRow {
  id: string
  source: string
  region_code: string
  application_id: string | null
  summary: string
  detail: Buffer | null
  status: string
  fence: number
  assignee_id: string | null
  lease_until: number | null
  first_receiver_id: string | null
  promise_due: string | null
  legal_due: string | null
  due: string
  due_provisional: boolean
  created_at: number
  closed_at: number | null
  offer_to: string | null
  offer_from: string | null
  offer_until: number | null
  raised_to: string | null
  clock_stage: number
  clock_from: number
  urged_total: number
  urged_on: string | null
  urged_that_day: number
  reopenings: number
}

const columns = `t.id, t.source, t.region_code, t.application_id, t.summary, t.detail, t.status, t.fence, t.assignee_id,
  t.lease_until, t.first_receiver_id, t.promise_due, t.legal_due, t.due, t.due_provisional, t.created_at, t.closed_at,
  t.offer_to, t.offer_from, t.offer_until, t.raised_to, t.clock_stage, coalesce(t.clock_from, t.created_at) as clock_from, t.urged_total, t.urged_on,
  t.urged_that_day, t.reopenings`
const cursor = z.tuple([cursorDay, cursorMoment, z.string()])
const actionRow = (taskId: string, seq: number) => `${taskId}:${seq}`
const momentOrNull = (at: number | null) => (at === null ? null : moment(at))
const raisedLevels = ['town', 'county'] as const

export function tasksIn(work: Work): TaskPort {
  const one = async (id: string, lock: '' | 'for update' | 'for update skip locked') => {
    const { condition, values } = withinScope(work.scope(), 't', 2)
    const text = `select ${columns} from task t where t.id = $1 and ${condition} ${lock}`
    const { rows } = await work.client.query<TaskRow>(text, [id, ...values])
    return rows[0] ? taskOf(work, rows[0]) : null
  }
  return {
    insert: async (task, action) => {
      await insertRow(work, task, null)
      await append(work, action)
    },
    insertUnlessWaiting: async (cause, task, action) => {
      if (!(await insertRow(work, task, cause))) return false
      await append(work, action)
      return true
    },
    waiting: async cause => {
      const { condition, values } = withinScope(work.scope(), 't', 2)
      const text = `select ${columns} from task t where t.cause = $1 and ${LIVE} and ${condition}`
      const { rows } = await work.client.query<TaskRow>(text, [cause, ...values])
      return rows[0] ? taskOf(work, rows[0]) : null
    },
    byId: id => one(id, ''),
    byIds: ids => byIds(work, ids),
    lock: id => one(id, 'for update'),
    lockFree: id => one(id, 'for update skip locked'),
    ofApplication: applicationId => ofApplications(work, [applicationId]),
    ofApplications: applicationIds => ofApplications(work, applicationIds),
    ofSameFamily: (taskId, sources, limit) => ofSameFamily(work, taskId, sources, limit),
    list: filter => list(work, filter),
    remindedSince: (since, place, limit) => remindedSince(work, since, place, limit),
    save: async (task, action) => {
      await update(work, task, action.at)
      await append(work, action)
    },
    saveDetail: (id, detail) => saveDetail(work, id, detail),
    actions: taskId => actions(work, taskId),
    ...taskCountsIn(work),
  }
}

async function byIds(work: Work, ids: string[]): Promise<Task[]> {
  const { condition, values } = withinScope(work.scope(), 't', 2)
  const text = `select ${columns} from task t where t.id = any($1) and ${condition}`
  const { rows } = await work.client.query<TaskRow>(text, [ids, ...values])
  return rows.map(row => taskOf(work, row))
}

async function ofApplications(work: Work, applicationIds: string[]): Promise<Task[]> {
  const { condition, values } = withinScope(work.scope(), 't', 2)
  const text = `select ${columns} from task t where t.application_id = any($1) and ${condition} order by t.created_at, t.id`
  const { rows } = await work.client.query<TaskRow>(text, [applicationIds, ...values])
  return rows.map(row => taskOf(work, row))
}

async function ofSameFamily(work: Work, taskId: string, sources: readonly string[], limit: number): Promise<Task[]> {
  const { condition, values } = withinScope(work.scope(), 't', 4)
  const text = `select ${columns} from task t
    where t.resident_id = (select resident_id from task where id = $1) and t.id <> $1 and t.source = any($2) and ${condition}
    order by t.created_at desc, t.id limit $3`
  const { rows } = await work.client.query<TaskRow>(text, [taskId, sources, limit, ...values])
  return rows.map(row => taskOf(work, row))
}

async function remindedSince(
  work: Work,
  since: number,
  place: string,
  limit: number,
): ReturnType<TaskPort['remindedSince']> {
  const { condition, values } = withinScope(work.scope(), 't', 4)
  const text = `select ${columns}, t.matter from task t
    where ${LIVE} and t.clock_stage > 0 and t.region_code >= $2 and t.region_code < $2 || '~' and ${condition}
      and exists (select from task_action a where a.task_id = t.id and a.type = 'reminded' and a.at > $1)
    order by t.due, t.created_at, t.id limit $3`
  const found = await work.client.query<TaskRow & { matter: string | null }>(text, [
    moment(since),
    place,
    limit,
    ...values,
  ])
  return found.rows.map(row => ({ task: taskOf(work, row), matter: row.matter }))
}

/** Tasks that wait, of causes that begin so; nearest due day first. */
export async function openOfCause(work: Work, beginning: string): Promise<Task[]> {
  const { condition, values } = withinScope(work.scope(), 't', 2)
  const text = `select ${columns} from task t where t.cause >= $1 and t.cause < $1 || '~' and ${LIVE} and ${condition}
    order by t.due, t.created_at, t.id`
  const { rows } = await work.client.query<TaskRow>(text, [beginning, ...values])
  return rows.map(row => taskOf(work, row))
}

/** False when a task of the same cause waits already. */
async function insertRow({ client, cipher }: Work, task: Task, cause: string | null): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'task.insert',
    text: `insert into task (id, source, region_code, application_id, summary, detail, status, fence, assignee_id, lease_until,
        first_receiver_id, promise_due, legal_due, due_provisional, created_at, closed_at, resident_id, cause, hidden_from,
        clock_from, look_at, only_for, matter)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
        coalesce($17, (select resident_id from application where id = $4), nullif(current_setting('app.resident', true), '')),
        $18, $19, $20, $20, $21, (select matter from application where id = $4))
      on conflict (cause) where cause is not null and status in ('open', 'leased', 'paused') do nothing`,
    values: [
      task.id,
      task.source,
      task.regionCode,
      task.applicationId,
      task.summary,
      task.detail && cipher.seal('task|detail', task.id, JSON.stringify(task.detail)),
      task.status,
      task.fence,
      task.assigneeId,
      momentOrNull(task.leaseUntil),
      task.firstReceiverId,
      task.promiseDue,
      task.legalDue,
      task.dueProvisional,
      moment(task.createdAt),
      momentOrNull(task.closedAt),
      task.detail?.residentId ?? null,
      cause,
      task.hiddenFrom ?? [],
      moment(task.clockFrom),
      task.onlyFor ?? null,
    ],
  })
  return rowCount === 1
}

async function update({ client }: Work, task: Task, at: number): Promise<void> {
  const { offer, urges } = task
  const { rowCount } = await client.query({
    name: 'task.save',
    text: `update task set status = $2, fence = $3, assignee_id = $4, lease_until = $5,
        first_receiver_id = coalesce(first_receiver_id, $6), promise_due = $7, legal_due = $8, due_provisional = $9,
        closed_at = $10, summary = $11, offer_to = $12, offer_from = $13, offer_until = $14, raised_to = $15,
        clock_stage = $16, clock_from = $17, urged_total = $18, urged_on = $19, urged_that_day = $20, reopenings = $21,
        look_at = $22, region_code = $23
      where id = $1 and fence <= $3`,
    values: [
      task.id,
      task.status,
      task.fence,
      task.assigneeId,
      momentOrNull(task.leaseUntil),
      task.firstReceiverId,
      task.promiseDue,
      task.legalDue,
      task.dueProvisional,
      momentOrNull(task.closedAt),
      task.summary,
      ...(offer ? [offer.to, offer.from, moment(offer.until)] : [null, null, null]),
      task.raisedTo,
      task.clockStage,
      moment(task.clockFrom),
      ...[urges.total, urges.on, urges.thatDay],
      task.reopenings,
      isClosed(task) ? null : moment(at),
      task.regionCode,
    ],
  })
  if (rowCount === 0) throw new Conflict('The task has a newer lease, or is out of sight')
}

/** Whose it is stands beside it, so that his own erasure finds it. */
async function saveDetail({ client, cipher }: Work, id: string, detail: TaskDetail): Promise<void> {
  const sealed = cipher.seal('task|detail', id, JSON.stringify(detail))
  const text = 'update task set detail = $2, resident_id = coalesce(resident_id, $3) where id = $1'
  await client.query(text, [id, sealed, detail.residentId])
}

async function append({ client, cipher }: Work, { taskId, seq, at, actor, fence, event }: TaskAction): Promise<void> {
  const { rowCount } = await client.query({
    name: 'task.append',
    text: `insert into task_action (task_id, seq, at, actor, fence, type, event, region_code, resident_id,
        hidden_from, only_for)
      select id, $2, $3, $4, $5, $6, $7, region_code, resident_id, hidden_from, only_for from task where id = $1
      on conflict do nothing`,
    values: [
      taskId,
      seq,
      moment(at),
      JSON.stringify(actor),
      fence,
      event.type,
      cipher.seal('task_action|event', actionRow(taskId, seq), JSON.stringify(event)),
    ],
  })
  if (rowCount === 0) throw new Conflict(`Action ${seq} of this task is taken, or the task is out of sight`)
}

async function list(work: Work, filter: TaskFilter): Promise<Page<Task>> {
  const { text, values } = taskListStatement(work.scope(), filter)
  const { rows } = await work.client.query<TaskRow>(text, values)
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)
  const next = rows.length > page.length && last ? writeCursor([last.due, last.created_at, last.id]) : null
  return { items: page.map(row => taskOf(work, row)), next }
}

/** The statement of a list, of which the bench shows the plan. */
export function taskListStatement(scope: Scope, filter: TaskFilter): { text: string; values: unknown[] } {
  const after = readCursor(filter.cursor, cursor)
  const { conditions, values } = conditionsOf(scope, filter)
  const bind = (value: unknown) => `$${values.push(value)}`
  if (after) {
    const [due, createdAt, id] = after
    conditions.push(`(t.due, t.created_at, t.id) > (${bind(due)}, ${bind(moment(createdAt))}, ${bind(id)})`)
  }
  const text = `select ${columns} from task t where ${conditions.join(' and ')}
    order by t.due, t.created_at, t.id limit ${bind(filter.limit + 1)}`
  return { text, values }
}

const live: readonly string[] = ['open', 'leased', 'paused']
const LIVE = `t.status in ('open', 'leased', 'paused')`

/**
 * Only the conditions that are asked for, and words of ours in the text itself: the planner has to see that a partial index
 * holds all that is wanted.
 */
function conditionsOf(scope: Scope, filter: TaskFilter): { conditions: string[]; values: unknown[] } {
  const sight = withinScope(scope, 't', 1)
  const values: unknown[] = [...sight.values]
  const bind = (value: unknown) => `$${values.push(value)}`
  const conditions = [sight.condition]
  const { status, assigneeId, offeredTo, offered, overdueOn, raised, place } = filter
  if (overdueOn || raised || offered || offeredTo || status?.every(one => live.includes(one))) conditions.push(LIVE)
  if (status) conditions.push(`t.status = any(${bind(status)})`)
  if (assigneeId) conditions.push(`t.assignee_id = ${bind(assigneeId)}`)
  if (offeredTo)
    conditions.push(`t.offer_to = ${bind(offeredTo.officerId)}`, `t.offer_until > ${bind(moment(offeredTo.at))}`)
  if (offered) conditions.push('t.offer_to is not null')
  if (overdueOn) conditions.push(`t.due < ${bind(overdueOn)}::date`)
  if (raised) conditions.push('t.raised_to is not null')
  if (place) conditions.push(placed(place, bind(place)))
  return { conditions, values }
}

/** A village is one code, so that an index gives its tasks in their order. */
const placed = (place: string, bound: string) =>
  place.length === 12 ? `t.region_code = ${bound}` : `t.region_code >= ${bound} and t.region_code < ${bound} || '~'`

async function actions({ client, cipher }: Work, taskId: string): Promise<TaskAction[]> {
  const { rows } = await client.query<{ seq: number; at: number; actor: Actor; fence: number; event: Buffer }>({
    name: 'task.actions',
    text: 'select seq, at, actor, fence, event from task_action where task_id = $1 order by seq',
    values: [taskId],
  })
  return rows.map(({ seq, at, actor, fence, event }) => {
    const opened = cipher.open('task_action|event', actionRow(taskId, seq), event)
    return { taskId, seq, at, actor, fence, event: parseOwn<TaskAction['event']>(opened) }
  })
}

function taskOf({ cipher }: Work, row: TaskRow): Task {
  return {
    id: row.id,
    source: oneOf(taskSources, row.source),
    regionCode: row.region_code,
    applicationId: row.application_id,
    summary: row.summary,
    detail: row.detail && parseOwn<TaskDetail>(cipher.open('task|detail', row.id, row.detail)),
    status: oneOf(taskStatuses, row.status),
    fence: row.fence,
    assigneeId: row.assignee_id,
    leaseUntil: row.lease_until,
    firstReceiverId: row.first_receiver_id,
    promiseDue: row.promise_due,
    legalDue: row.legal_due,
    dueProvisional: row.due_provisional,
    createdAt: row.created_at,
    closedAt: row.closed_at,
    offer: offerOf(row),
    raisedTo: row.raised_to === null ? null : oneOf(raisedLevels, row.raised_to),
    clockStage: row.clock_stage,
    clockFrom: row.clock_from,
    urges: { total: row.urged_total, on: row.urged_on, thatDay: row.urged_that_day },
    reopenings: row.reopenings,
  }
}

function offerOf({ offer_to, offer_from, offer_until }: TaskRow): Task['offer'] {
  if (offer_to === null || offer_from === null || offer_until === null) return null
  return { to: offer_to, from: offer_from, until: offer_until }
}
