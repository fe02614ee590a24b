import { z } from 'zod'
import type { CrossRegionPort } from '../../app/crossRegion/crossRegionPort.ts'
import { findings, type CrossRegionContent, type CrossRegionRequest } from '../../domain/crossRegionRequest.ts'
import { cursorMoment, moment, oneOf, parseOwn, readCursor, writeCursor } from '../rows.ts'
import { withinScope } from '../scope.ts'
import type { Work } from '../work.ts'

interface RequestRow {
  id: string
  number: string
  region_code: string
  content: Buffer
  asked_at: number
  due: string
  answered_at: number | null
  answered_by: string | null
  finding: string | null
  note: Buffer | null
}

const columns = `q.id, q.number, q.region_code, q.content, q.asked_at, q.due, q.answered_at, q.answered_by, q.finding, q.note`
const cursor = z.tuple([cursorMoment, z.string()])

export function crossRegionIn(work: Work): CrossRegionPort {
  const { client, cipher } = work
  return {
    insert: async ({ id, number, regionCode, content, askedAt, due }) => {
      await client.query(
        `insert into cross_region_request (id, number, region_code, content, asked_at, due)
          values ($1, $2, $3, $4, $5, $6)`,
        [
          ...[id, number, regionCode, cipher.seal('cross_region_request|content', id, JSON.stringify(content))],
          ...[moment(askedAt), due],
        ],
      )
    },
    byId: async id => {
      const { condition, values } = withinScope(work.scope(), 'q', 2)
      const { rows } = await client.query<RequestRow>(
        `select ${columns} from cross_region_request q where q.id = $1 and ${condition} for update`,
        [id, ...values],
      )
      return rows[0] ? requestOf(work, rows[0]) : null
    },
    saveAnswer: async ({ id, answer }) => {
      if (!answer) throw new Error('there is no answer to write')
      const note = answer.note === null ? null : cipher.seal('cross_region_request|note', id, answer.note)
      await client.query(
        `update cross_region_request set answered_at = $2, answered_by = $3, finding = $4, note = $5
          where id = $1 and answered_at is null`,
        [id, moment(answer.at), answer.officerId, answer.finding, note],
      )
    },
    list: async ({ open, cursor: from, limit }) => {
      const [at, id] = readCursor(from, cursor) ?? [null, null]
      const { condition, values } = withinScope(work.scope(), 'q', 4)
      const { rows } = await client.query<RequestRow>(
        `select ${columns} from cross_region_request q
          where ${open ? 'q.answered_at is null' : 'true'}
            and ($1::timestamptz is null or (q.asked_at, q.id) < ($1, $2)) and ${condition}
          order by q.asked_at desc, q.id desc limit $3`,
        [at === null ? null : moment(at), id, limit + 1, ...values],
      )
      const items = rows.slice(0, limit).map(row => requestOf(work, row))
      const last = items.at(-1)
      return { items, next: rows.length > items.length && last ? writeCursor([last.askedAt, last.id]) : null }
    },
  }
}

function requestOf({ cipher }: Work, row: RequestRow): CrossRegionRequest {
  const { id, number, answered_at: at, answered_by: officerId, finding } = row
  const note = row.note && cipher.open('cross_region_request|note', id, row.note).toString()
  return {
    ...{ id, number, regionCode: row.region_code, askedAt: row.asked_at, due: row.due },
    content: parseOwn<CrossRegionContent>(cipher.open('cross_region_request|content', id, row.content)),
    answer: at === null || officerId === null ? null : { at, officerId, finding: oneOf(findings, finding ?? ''), note },
  }
}
