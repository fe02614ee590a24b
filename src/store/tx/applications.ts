import { z } from 'zod'
import { Conflict, type Page, type SubjectKey, type Tx } from '../../app/ports.ts'
import {
  matters,
  type Actor,
  type Application,
  type ApplicationAction,
  type ApplicationStatus,
} from '../../domain/application.ts'
import { foldApplication } from '../../domain/applicationState.ts'
import { cursorMoment, moment, oneOf, parseOwn, readCursor, writeCursor } from '../rows.ts'
import { withinScope } from '../scope.ts'
import type { Work } from '../work.ts'

interface ApplicationRow {
  id: string
  number: string
  matter: string
  region_code: string
  resident_id: string
  received_at: number
  content: Buffer
  corrected_seq: number | null
  corrected: Buffer | null
}

interface ActionRow {
  application_id: string
  seq: number
  at: number
  actor: Actor
  event: Buffer
}

const columns = `a.id, a.number, a.matter, a.region_code, a.resident_id, a.received_at, a.content,
  k.seq as corrected_seq, k.content as corrected`
/** An application with what was corrected last. */
const source = `application a left join lateral (
  select c.seq, c.content from application_content c where c.application_id = a.id order by c.seq desc limit 1) k on true`
const cursor = z.tuple([cursorMoment, z.string()])
/** In these the service itself may have something to do some day: the look finds out when. */
const lookedAfter = ['submitted', 'waiting', 'granted', 'delivered', 'refused', 'withdrawn']
const actionRow = (applicationId: string, seq: number) => `${applicationId}:${seq}`

export function applicationsIn(work: Work): Tx['applications'] {
  const { client, cipher } = work
  const subjectKey = ({ matter, subject, period }: SubjectKey) => [
    matter,
    cipher.index('application_subject|subject', `${matter}|${subject}`),
    period,
  ]
  return {
    insert: async application => {
      await insertRow(work, application)
      const { status } = foldApplication(application.actions)
      for (const action of application.actions) await append(work, action, status)
    },
    byId: async id => {
      const { condition, values } = withinScope(work.scope(), 'a', 2)
      const text = `select ${columns} from ${source} where a.id = $1 and ${condition}`
      return (await read(work, text, [id, ...values]))[0] ?? null
    },
    byIds: async ids => {
      const { condition, values } = withinScope(work.scope(), 'a', 2)
      const text = `select ${columns} from ${source} where a.id = any($1) and ${condition}`
      const found = new Map((await read(work, text, [ids, ...values])).map(one => [one.id, one]))
      return ids.flatMap(id => found.get(id) ?? [])
    },
    ofResident: residentId => {
      const { condition, values } = withinScope(work.scope(), 'a', 2)
      const text = `select ${columns} from ${source} where a.resident_id = $1 and ${condition} order by a.received_at desc, a.id`
      return read(work, text, [residentId, ...values])
    },
    append: (action, status) => append(work, action, status),
    subjectHolder: async subject => {
      const { rows } = await client.query<{ holder: string | null }>({
        name: 'subject.holder',
        text: 'select subject_holder($1, $2, $3) as holder',
        values: subjectKey(subject),
      })
      return rows[0]?.holder ?? null
    },
    claimSubject: async (subject, applicationId) => {
      const { rows } = await client.query<{ ours: boolean }>({
        name: 'subject.claim',
        text: 'select claim_subject($1, $2, $3, $4) as ours',
        values: [...subjectKey(subject), applicationId],
      })
      if (!rows[0]?.ours) throw new Conflict('The subject is taken')
    },
    releaseSubject: async applicationId => {
      await client.query('delete from application_subject where application_id = $1', [applicationId])
    },
    list: filter => list(work, filter),
    ...looksIn(work),
    ...contentIn(work),
  }
}

/** The rows at which the service itself has to look again, and when. */
function looksIn({ client }: Work): Pick<Tx['applications'], 'lock' | 'toLookAt' | 'lookAgain'> {
  return {
    lock: async id => {
      const { rowCount } = await client.query('select 1 from application where id = $1 for update skip locked', [id])
      return rowCount === 1
    },
    toLookAt: async (at, limit) => {
      const { rows } = await client.query<{ id: string }>({
        name: 'application.toLookAt',
        text: 'select id from application where look_at <= $1 order by look_at limit $2',
        values: [moment(at), limit],
      })
      return rows.map(({ id }) => id)
    },
    lookAgain: async (id, at) => {
      await client.query('update application set look_at = $2 where id = $1', [id, at === null ? null : moment(at)])
    },
  }
}

function contentIn({ client, cipher }: Work): Pick<Tx['applications'], 'correct' | 'move' | 'setMarks' | 'similar'> {
  return {
    move: async (id, { from, to }) => {
      const { rows } = await client.query<{ moved: boolean }>('select move_application($1, $2, $3) as moved', [
        id,
        from,
        to,
      ])
      return rows[0]?.moved ?? false
    },
    correct: async ({ id, regionCode, residentId }, { seq, content, at }) => {
      await client.query(
        `insert into application_content (application_id, seq, region_code, resident_id, at, content)
          values ($1, $2, $3, $4, $5, $6)`,
        [
          ...[id, seq, regionCode, residentId, moment(at)],
          cipher.seal('application_content|content', actionRow(id, seq), JSON.stringify(content)),
        ],
      )
    },
    setMarks: async ({ id, matter, regionCode, residentId }, marks) => {
      await client.query('delete from application_mark where application_id = $1', [id])
      await client.query(
        `insert into application_mark (application_id, region_code, resident_id, kind, mark)
          select $1, $2, $3, m.kind, m.mark from unnest($4::text[], $5::bytea[]) as m (kind, mark)`,
        [
          ...[id, regionCode, residentId, marks.map(({ kind }) => kind)],
          marks.map(({ kind, value }) => cipher.index('application_mark|mark', `${matter}|${kind}|${value}`)),
        ],
      )
    },
    similar: async ids => {
      const { rows } = await client.query<SimilarRow>('select * from similar_applications($1)', [ids])
      return rows.map(row => ({
        applicationId: row.application_id,
        otherId: row.other_id,
        kind: row.kind,
        otherRegion: row.other_region,
      }))
    },
  }
}

interface SimilarRow {
  application_id: string
  other_id: string
  kind: string
  other_region: string
}

async function insertRow({ client, cipher }: Work, application: Application): Promise<void> {
  const { id, number, matter, regionCode, residentId, receivedAt, content, actions } = application
  await client.query({
    name: 'application.insert',
    text: `insert into application (id, number, matter, region_code, resident_id, received_at, content, status, look_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $6)`,
    values: [
      id,
      number,
      matter,
      regionCode,
      residentId,
      moment(receivedAt),
      cipher.seal('application|content', id, JSON.stringify(content)),
      foldApplication(actions).status,
    ],
  })
}

async function append(
  { client, cipher }: Work,
  { applicationId, seq, at, actor, event }: ApplicationAction,
  status: ApplicationStatus,
): Promise<void> {
  const { rowCount } = await client.query({
    name: 'application.append',
    text: `with seen as (
        update application set status = $6, look_at = case when $6 = any($8::text[]) then $3::timestamptz end
          where id = $1 returning id, region_code, resident_id
      )
      insert into application_action (application_id, seq, at, actor, type, event, region_code, resident_id)
      select id, $2, $3, $4, $5, $7, region_code, resident_id from seen
      on conflict do nothing`,
    values: [
      applicationId,
      seq,
      moment(at),
      JSON.stringify(actor),
      event.type,
      status,
      cipher.seal('application_action|event', actionRow(applicationId, seq), JSON.stringify(event)),
      lookedAfter,
    ],
  })
  // Thrown inside the transaction, so the changed status goes with it.
  if (rowCount === 0)
    throw new Conflict(`Action ${seq} of this application is taken, or the application is out of sight`)
  if (event.type === 'supplemented') await keepPhotos(client, applicationId, event.materials)
}

/** Photos that became part of a case stay as long as the case. Materials name them by their ids, alone or among words. */
async function keepPhotos(client: Work['client'], applicationId: string, materials: string[]): Promise<void> {
  await client.query(
    `update upload u set kept = true from application a
      where a.id = $1 and u.resident_id = a.resident_id and not u.kept
        and exists (select from unnest($2::text[]) as m (said) where position(u.id in m.said) > 0)`,
    [applicationId, materials],
  )
}

async function list(work: Work, filter: Parameters<Tx['applications']['list']>[0]): Promise<Page<Application>> {
  const [at, id] = readCursor(filter.cursor, cursor) ?? [null, null]
  const { condition, values } = withinScope(work.scope(), 'a', 5)
  const text = `select ${columns} from ${source}
    where ($1::text is null or a.status = $1)
      and ($2::timestamptz is null or (a.received_at, a.id) < ($2, $3))
      and ${condition}
    order by a.received_at desc, a.id desc limit $4`
  const found = await read(work, text, [
    filter.status ?? null,
    at === null ? null : moment(at),
    id,
    filter.limit + 1,
    ...values,
  ])
  const items = found.slice(0, filter.limit)
  const last = items.at(-1)
  return { items, next: found.length > items.length && last ? writeCursor([last.receivedAt, last.id]) : null }
}

async function read({ client, cipher }: Work, text: string, values: unknown[]): Promise<Application[]> {
  const { rows } = await client.query<ApplicationRow>(text, values)
  if (rows.length === 0) return []
  const actions = await readActions(
    { client, cipher },
    rows.map(({ id }) => id),
  )
  return rows.map(row => {
    return applicationOf(row, parseOwn(openContent(cipher, row)), actions.get(row.id) ?? [])
  })
}

function openContent(cipher: Work['cipher'], { id, content, corrected_seq: seq, corrected }: ApplicationRow): Buffer {
  return seq === null || corrected === null
    ? cipher.open('application|content', id, content)
    : cipher.open('application_content|content', actionRow(id, seq), corrected)
}

/** The matter of a row says which content was sealed in it. */
function applicationOf(row: ApplicationRow, content: Application['content'], actions: ApplicationAction[]) {
  return {
    id: row.id,
    number: row.number,
    matter: oneOf(matters, row.matter),
    regionCode: row.region_code,
    residentId: row.resident_id,
    receivedAt: row.received_at,
    content,
    actions,
  } as Application
}

async function readActions(
  { client, cipher }: Pick<Work, 'client' | 'cipher'>,
  ids: string[],
): Promise<Map<string, ApplicationAction[]>> {
  const { rows } = await client.query<ActionRow>({
    name: 'application.actions',
    text: `select application_id, seq, at, actor, event from application_action
      where application_id = any($1) order by application_id, seq`,
    values: [ids],
  })
  const byApplication = new Map<string, ApplicationAction[]>()
  for (const { application_id: applicationId, seq, at, actor, event } of rows) {
    const opened = cipher.open('application_action|event', actionRow(applicationId, seq), event)
    const action = { applicationId, seq, at, actor, event: parseOwn<ApplicationAction['event']>(opened) }
    byApplication.set(applicationId, [...(byApplication.get(applicationId) ?? []), action])
  }
  return byApplication
}
