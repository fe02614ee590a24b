import { createHash } from 'node:crypto'
import { Conflict, type Tx } from '../../app/ports.ts'
import { matters, type Actor } from '../../domain/application.ts'
import {
  noticeEventTypes,
  noticeKinds,
  type Notice,
  type NoticeContent,
  type NoticeEventType,
  type NoticeTimes,
} from '../../domain/notice/notice.ts'
import { moment, oneOf, parseOwn } from '../rows.ts'
import { withinScope } from '../scope.ts'
import type { Work } from '../work.ts'

interface NoticeRow {
  number: string
  kind: string
  matter: string
  edition: number
  application_id: string | null
  resident_id: string
  region_code: string
  issued_at: number
  content: Buffer
  hash: string
}

const columns = `n.number, n.kind, n.matter, n.edition, n.application_id, n.resident_id, n.region_code, n.issued_at, n.content,
  n.hash`

export function noticesIn(work: Work): Tx['notices'] {
  const { client, cipher } = work
  const find = async (text: string, wanted: unknown[]) => {
    const { condition, values } = withinScope(work.scope(), 'n', wanted.length + 1)
    const query = `select ${columns} from notice n where ${condition} and ${text}`
    return (await client.query<NoticeRow>(query, [...wanted, ...values])).rows.map(row => noticeOf(work, row))
  }
  return {
    insert: async (notice, by) => {
      await insert(work, notice)
      await note(work, { number: notice.number, type: 'issued', by, at: notice.issuedAt })
    },
    byNumber: async number => (await find('n.number = $1', [number]))[0] ?? null,
    ofApplication: applicationId => find('n.application_id = $1 order by n.edition', [applicationId]),
    lastAsked: async (residentId, matter) =>
      (
        await find(
          `n.resident_id = $1 and n.matter = $2 and n.kind = 'information' order by n.issued_at desc, n.number limit 1`,
          [residentId, matter],
        )
      )[0] ?? null,
    note: event => note(work, event),
    times: number => times(work, number),
    linkKey: (number, until) => cipher.index('notice|link', `${number}|${until}`).toString('base64url'),
  }
}

async function insert({ client, cipher }: Work, notice: Notice): Promise<void> {
  const { number, kind, matter, edition, applicationId, residentId, regionCode, issuedAt, content, hash } = notice
  const text = JSON.stringify(content)
  const { rowCount } = await client.query(
    `insert into notice (number, kind, matter, edition, application_id, resident_id, region_code, issued_at, content, hash)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
    [
      number,
      kind,
      matter,
      edition,
      applicationId,
      residentId,
      regionCode,
      moment(issuedAt),
      cipher.seal('notice|content', number, text),
      hash,
    ],
  )
  if (rowCount === 0) throw new Conflict('There is a notice of this number, or of this edition on this case')
}

interface NoticeEvent {
  number: string
  type: NoticeEventType
  by: Actor
  at: number
}

async function note(work: Work, { number, type, by, at }: NoticeEvent): Promise<boolean> {
  const { condition, values } = withinScope(work.scope(), 'n', 5)
  const { rowCount } = await work.client.query(
    `insert into notice_event (number, type, at, actor, region_code, resident_id)
      select n.number, $2, $3, $4, n.region_code, n.resident_id from notice n where n.number = $1 and ${condition}
      on conflict do nothing`,
    [number, type, moment(at), JSON.stringify(by), ...values],
  )
  return rowCount === 1
}

async function times(work: Work, number: string): Promise<NoticeTimes> {
  const { condition, values } = withinScope(work.scope(), 'e', 2)
  const { rows } = await work.client.query<{ type: string; at: number }>(
    `select e.type, e.at from notice_event e where e.number = $1 and ${condition}`,
    [number, ...values],
  )
  const known = new Map(rows.map(({ type, at }) => [oneOf(noticeEventTypes, type), at]))
  return {
    issued: known.get('issued') ?? null,
    read: known.get('read') ?? null,
    confirmed: known.get('confirmed') ?? null,
  }
}

/** @throws when the text is not the one that was issued: a notice is never shown altered. */
function noticeOf({ cipher }: Work, row: NoticeRow): Notice {
  const text = cipher.open('notice|content', row.number, row.content)
  if (createHash('sha256').update(text).digest('hex') !== row.hash) throw new Error(`notice ${row.number} was altered`)
  return {
    number: row.number,
    kind: oneOf(noticeKinds, row.kind),
    matter: oneOf(matters, row.matter),
    edition: row.edition,
    applicationId: row.application_id,
    residentId: row.resident_id,
    regionCode: row.region_code,
    issuedAt: row.issued_at,
    content: parseOwn<NoticeContent>(text),
    hash: row.hash,
  }
}
