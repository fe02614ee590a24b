import { z } from 'zod'
import type { ComplaintHolding, ComplaintPort } from '../../app/complaints/complaintPort.ts'
import { Conflict } from '../../app/ports.ts'
import {
  complaintOffices,
  complaintTopics,
  type Complaint,
  type ComplaintAction,
  type ComplaintContent,
} from '../../domain/complaint/complaint.ts'
import { officerColumns, officerOf, type OfficerRow } from '../officers.ts'
import { cursorDay, cursorMoment, moment, oneOf, parseOwn, readCursor, writeCursor } from '../rows.ts'
import { withinScope } from '../scope.ts'
import type { Work } from '../work.ts'

interface ComplaintRow {
  id: string
  number: string
  resident_id: string | null
  hidden_from: string[]
  place_code: string
  topic: string
  serious: boolean
  office: string
  received_at: number
  content: Buffer
  due: string
}

const columns = `c.id, c.number, c.resident_id, c.hidden_from, c.place_code, c.topic, c.serious, c.office, c.received_at,
  c.content, c.due`
const openCursor = z.tuple([cursorDay, z.string()])
const allCursor = z.tuple([cursorMoment, z.string()])
const actionRow = (complaintId: string, seq: number) => `${complaintId}:${seq}`

export function complaintsIn(work: Work): ComplaintPort {
  const { client } = work
  const ids = async (text: string, values: unknown[]) => {
    const { rows } = await client.query<{ id: string }>(text, values)
    return rows.map(({ id }) => id)
  }
  const some = async (condition: string, value: string, tail = '') => {
    const { condition: seen, values } = withinScope(work.scope(), 'c', 2)
    const text = `select ${columns} from complaint c where ${condition} and ${seen} ${tail}`
    const { rows } = await client.query<ComplaintRow>(text, [value, ...values])
    return complaintsOf(work, rows)
  }
  return {
    insert: (complaint, holding) => insert(work, complaint, holding),
    byId: async id => (await some('c.id = $1', id, 'for update'))[0] ?? null,
    ofTask: async taskId => (await some('c.task_id = $1', taskId, 'for update'))[0] ?? null,
    taskOf: async id => {
      const { rows } = await client.query<{ task_id: string | null }>('select task_id from complaint where id = $1', [
        id,
      ])
      return rows[0]?.task_id ?? null
    },
    ofResident: residentId => some('c.resident_id = $1', residentId, 'order by c.received_at desc, c.id desc'),
    append: async (complaint, action, holding) => {
      await appendRow(work, complaint, action, holding)
      await update(work, complaint, holding)
    },
    list: filter => (filter.open ? listOpen(work, filter) : listAll(work, filter)),
    late: (today, limit) =>
      ids(
        `select id from complaint where status in ('received', 'assigned') and not lapsed and due < $1
          order by due, id limit $2`,
        [today, limit],
      ),
    silent: (before, limit) =>
      ids(`select id from complaint where status = 'answered' and answered_at < $1 order by answered_at, id limit $2`, [
        moment(before),
        limit,
      ]),
    officersOf: async countyCode => {
      const { rows } = await client.query<OfficerRow>(
        `select ${officerColumns} from officer o where o.region_code >= $1 and o.region_code < $1 || '~'
          order by o.username`,
        [countyCode],
      )
      return rows.map(officerOf)
    },
  }
}

async function insert(work: Work, complaint: Complaint, holding: ComplaintHolding): Promise<void> {
  const { id, number, residentId, hiddenFrom, placeCode, topic, serious, office, receivedAt, content } = complaint
  const { state, taskId } = holding
  await work.client.query(
    `insert into complaint (id, number, region_code, resident_id, hidden_from, place_code, topic, serious, office,
        received_at, content, status, due, lapsed, task_id)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      ...[id, number, state.regionCode, residentId, hiddenFrom, placeCode, topic, serious, office, moment(receivedAt)],
      ...[work.cipher.seal('complaint|content', id, JSON.stringify(content)), state.status, state.due, state.lapsed],
      taskId,
    ],
  )
  // Photos of a named complaint are part of its case; those of an anonymous one stay with the account alone.
  if (residentId !== null && content.photos.length > 0) {
    await work.client.query('update upload set kept = true where resident_id = $1 and id = any($2)', [
      residentId,
      content.photos,
    ])
  }
  for (const action of complaint.actions) await appendRow(work, complaint, action, holding)
}

async function appendRow(
  { client, cipher }: Work,
  { id, residentId, hiddenFrom }: Complaint,
  { seq, at, actor, event }: ComplaintAction,
  { state }: ComplaintHolding,
): Promise<void> {
  const { rowCount } = await client.query(
    `insert into complaint_action (complaint_id, seq, region_code, resident_id, hidden_from, at, type, actor, event)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
    [
      ...[id, seq, state.regionCode, residentId, hiddenFrom, moment(at), event.type, JSON.stringify(actor)],
      cipher.seal('complaint_action|event', actionRow(id, seq), JSON.stringify(event)),
    ],
  )
  if (rowCount === 0) throw new Conflict(`Action ${seq} of this complaint is taken`)
}

async function update({ client }: Work, { id, hiddenFrom }: Complaint, { state, taskId }: ComplaintHolding) {
  const answered = state.answers.at(-1)?.at ?? null
  await client.query(
    `update complaint set region_code = $2, hidden_from = $3, status = $4, due = $5, lapsed = $6, answered_at = $7,
        task_id = $8
      where id = $1`,
    [
      ...[id, state.regionCode, hiddenFrom, state.status, state.due, state.lapsed],
      ...[answered === null ? null : moment(answered), taskId],
    ],
  )
}

type Listing = Parameters<ComplaintPort['list']>[0]

async function listOpen(work: Work, { cursor, limit }: Listing) {
  const [due, id] = readCursor(cursor, openCursor) ?? [null, null]
  const { condition, values } = withinScope(work.scope(), 'c', 4)
  const { rows } = await work.client.query<ComplaintRow>(
    `select ${columns} from complaint c where c.status in ('received', 'assigned')
        and ($1::date is null or (c.due, c.id) > ($1, $2)) and ${condition}
      order by c.due, c.id limit $3`,
    [due, id, limit + 1, ...values],
  )
  return page(work, rows, limit, last => [last.due, last.id])
}

async function listAll(work: Work, { cursor, limit }: Listing) {
  const [at, id] = readCursor(cursor, allCursor) ?? [null, null]
  const { condition, values } = withinScope(work.scope(), 'c', 4)
  const { rows } = await work.client.query<ComplaintRow>(
    `select ${columns} from complaint c
      where ($1::timestamptz is null or (c.received_at, c.id) < ($1, $2)) and ${condition}
      order by c.received_at desc, c.id desc limit $3`,
    [at === null ? null : moment(at), id, limit + 1, ...values],
  )
  return page(work, rows, limit, last => [last.received_at, last.id])
}

async function page(work: Work, rows: ComplaintRow[], limit: number, key: (last: ComplaintRow) => (string | number)[]) {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const next = rows.length > shown.length && last ? writeCursor(key(last)) : null
  return { items: await complaintsOf(work, shown), next }
}

/** With their logs, in one query for all. */
async function complaintsOf({ client, cipher }: Work, rows: ComplaintRow[]): Promise<Complaint[]> {
  if (rows.length === 0) return []
  const found = await client.query<{
    complaint_id: string
    seq: number
    at: number
    actor: ComplaintAction['actor']
    event: Buffer
  }>(
    `select complaint_id, seq, at, actor, event from complaint_action where complaint_id = any($1)
      order by complaint_id, seq`,
    [rows.map(({ id }) => id)],
  )
  const actions = found.rows.map(({ complaint_id: complaintId, seq, at, actor, event }): ComplaintAction => {
    const opened = cipher.open('complaint_action|event', actionRow(complaintId, seq), event)
    return { complaintId, seq, at, actor, event: parseOwn<ComplaintAction['event']>(opened) }
  })
  return rows.map(row => ({
    ...{ id: row.id, number: row.number, residentId: row.resident_id, hiddenFrom: row.hidden_from },
    ...{ topic: oneOf(complaintTopics, row.topic), serious: row.serious, office: oneOf(complaintOffices, row.office) },
    ...{ placeCode: row.place_code, receivedAt: row.received_at },
    content: parseOwn<ComplaintContent>(cipher.open('complaint|content', row.id, row.content)),
    actions: actions.filter(({ complaintId }) => complaintId === row.id),
  }))
}
