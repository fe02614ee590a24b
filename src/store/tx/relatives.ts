import type { RelativePort } from '../../app/care/relativePort.ts'
import { Conflict } from '../../app/ports.ts'
import type { RelativeAction, RelativeRequest } from '../../domain/care/relativeRequest.ts'
import { moment, parseOwn } from '../rows.ts'
import { withinScope } from '../scope.ts'
import type { Work } from '../work.ts'

interface RequestRow {
  id: string
  region_code: string
  resident_id: string
}

const actionRow = (requestId: string, seq: number) => `${requestId}:${seq}`

export function relativesIn(work: Work): RelativePort {
  const { client, cipher } = work
  const append = async ({ requestId, seq, at, actor, event }: RelativeAction) => {
    const { rowCount } = await client.query(
      `insert into relative_action (request_id, seq, at, type, actor, event) values ($1, $2, $3, $4, $5, $6)
        on conflict do nothing`,
      [
        ...[requestId, seq, moment(at), event.type, JSON.stringify(actor)],
        cipher.seal('relative_action|event', actionRow(requestId, seq), JSON.stringify(event)),
      ],
    )
    if (rowCount === 0) throw new Conflict(`Action ${seq} of this request is taken`)
  }
  return {
    insert: async ({ id, regionCode, residentId, actions }) => {
      await client.query(
        'insert into relative_request (id, region_code, resident_id, created_at) values ($1, $2, $3, $4)',
        [id, regionCode, residentId, moment(actions[0]?.at ?? 0)],
      )
      for (const action of actions) await append(action)
    },
    lock: async id => {
      const { condition, values } = withinScope(work.scope(), 'r', 2)
      const text = `select id, region_code, resident_id from relative_request r where r.id = $1 and ${condition} for update`
      const { rows } = await client.query<RequestRow>(text, [id, ...values])
      return (await requestsOf(work, rows))[0] ?? null
    },
    list: async limit => {
      const { condition, values } = withinScope(work.scope(), 'r', 2)
      const text = `select id, region_code, resident_id from relative_request r where ${condition}
        order by r.created_at desc, r.id desc limit $1`
      const { rows } = await client.query<RequestRow>(text, [limit, ...values])
      return requestsOf(work, rows)
    },
    append,
    residentOfCase: async number => {
      const { condition, values } = withinScope(work.scope(), 'a', 2)
      const text = `select a.resident_id from application a where a.number = $1 and ${condition}`
      return (await client.query<{ resident_id: string }>(text, [number, ...values])).rows[0]?.resident_id ?? null
    },
  }
}

async function requestsOf({ client, cipher }: Work, rows: RequestRow[]): Promise<RelativeRequest[]> {
  if (rows.length === 0) return []
  const found = await client.query<{
    request_id: string
    seq: number
    at: number
    actor: RelativeAction['actor']
    event: Buffer
  }>(
    'select request_id, seq, at, actor, event from relative_action where request_id = any($1) order by request_id, seq',
    [rows.map(({ id }) => id)],
  )
  const actions = found.rows.map(({ request_id: requestId, seq, at, actor, event }): RelativeAction => {
    const opened = cipher.open('relative_action|event', actionRow(requestId, seq), event)
    return { requestId, seq, at, actor, event: parseOwn<RelativeAction['event']>(opened) }
  })
  return rows.map(({ id, region_code, resident_id }) => ({
    ...{ id, regionCode: region_code, residentId: resident_id },
    actions: actions.filter(({ requestId }) => requestId === id),
  }))
}
