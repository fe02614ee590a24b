import type {
  Circle,
  CircleStanding,
  DecidedMessage,
  MessageLine,
  MessagePort,
} from '../../app/messages/messagePort.ts'
import { channelNames, outboxStatuses } from '../../app/ports.ts'
import { notSentReasons } from '../../domain/message/decideMessage.ts'
import { messagePurposes } from '../../domain/message/purpose.ts'
import { moment, oneOf } from '../rows.ts'
import { sealPayload } from '../turnRows.ts'
import { isWaiting } from '../waiting.ts'
import type { Work } from '../work.ts'

type Decided = Pick<
  MessagePort,
  'hold' | 'standing' | 'places' | 'isTalking' | 'queued' | 'record' | 'enqueue' | 'history'
>

/** Namespace of the advisory locks under which messages to one circle are decided; any number that nothing else uses. */
const HOLD = 7301

export function decidedMessages(work: Work): Decided {
  const { client } = work
  return {
    hold: async circles => {
      const keys = circles.flatMap(({ householdIds, residentIds }) => [
        ...householdIds.map(id => `household ${id}`),
        ...residentIds.map(id => `resident ${id}`),
      ])
      // In one order for all, so that two batches wait for each other and never both at once.
      await client.query({
        name: 'message.hold',
        text: `select pg_advisory_xact_lock(${HOLD}, k.n)
          from (select distinct hashtext(key) as n from unnest($1::text[]) key order by n) k`,
        values: [keys],
      })
    },
    standing: (circles, since) => standing(work, circles, since),
    places: circles => places(work, circles),
    isTalking: async (residentId, { since, morning }) => {
      const { rowCount } = await client.query({
        name: 'message.isTalking',
        text: `select where exists (select from inbox where resident_id = $1 and at > $2)
          and not exists (select from outbox o
            where o.resident_id = $1 and ${isWaiting('o')} and o.unasked and o.not_before >= $3)`,
        values: [residentId, moment(since), moment(morning)],
      })
      return rowCount === 1
    },
    queued: async dedupeKeys => {
      const { rows } = await client.query<{ dedupe_key: string; id: string }>({
        name: 'message.queued',
        text: 'select dedupe_key, id from message where dedupe_key = any($1) and reason is null',
        values: [dedupeKeys],
      })
      return new Map(rows.map(row => [row.dedupe_key, row.id]))
    },
    record: async messages => {
      if (messages.length === 0) return
      await client.query({ name: 'message.record', text: recordText, values: [JSON.stringify(messages.map(asRow))] })
    },
    enqueue: messages => enqueue(work, messages),
    history: (circle, limit) => history(work, circle, limit),
  }
}

const recordText = `insert into message as m (id, household_id, resident_id, purpose, key, dedupe_key, reason, planned_at, at)
  select n.id, n.household_id, n.resident_id, n.purpose, n.key, n.dedupe_key, n.reason, n.planned_at, n.at
  from jsonb_to_recordset($1) as n (id text, household_id text, resident_id text, purpose text, key text, dedupe_key text,
    reason text, planned_at timestamptz, at timestamptz)
  on conflict (dedupe_key) do update set id = excluded.id, reason = excluded.reason, planned_at = excluded.planned_at,
    at = excluded.at, resident_id = excluded.resident_id where m.reason is not null`

const asRow = (message: DecidedMessage) => ({
  ...{ id: message.id, household_id: message.householdId, resident_id: message.residentId, purpose: message.purpose },
  ...{ key: message.key, dedupe_key: message.dedupeKey, reason: message.reason },
  ...{ planned_at: moment(message.plannedAt), at: moment(message.at) },
})

/** The members of each circle, as parameters that can be joined: the circle's number and the member's id. */
function members(circles: Circle[]) {
  const households = circles.flatMap(({ householdIds }, n) => householdIds.map(id => ({ n, id })))
  const residents = circles.flatMap(({ residentIds }, n) => residentIds.map(id => ({ n, id })))
  const columns = (rows: { n: number; id: string }[]) => [rows.map(({ n }) => n), rows.map(({ id }) => id)]
  return [...columns(households), ...columns(residents)]
}

const circleParameters = `h as (select * from unnest($1::int[], $2::text[]) as h (n, id)),
  r as (select * from unnest($3::int[], $4::text[]) as r (n, id))`

async function standing({ client }: Work, circles: Circle[], since: number): Promise<CircleStanding[]> {
  const values = members(circles)
  const { rows: plans } = await client.query<{ n: number; purpose: string; at: number }>({
    name: 'message.plans',
    // `offset 0` keeps the look-ups by index: joined freely, a table that grew since it was last analysed is read whole.
    text: `with ${circleParameters}
      select n, purpose, planned_at as at from (
        select h.n, m.id, m.purpose, m.planned_at from h, lateral (select * from message where household_id = h.id
          and reason is null and planned_at >= $5 offset 0) m
        union
        select r.n, m.id, m.purpose, m.planned_at from r, lateral (select * from message where resident_id = r.id
          and reason is null and planned_at >= $5 offset 0) m
      ) as plan where purpose in ('survey', 'calendar', 'care')`,
    values: [...values, moment(since)],
  })
  const { rows: words } = await client.query<{ n: number; id: string; purpose: string | null }>({
    name: 'message.words',
    text: `with ${circleParameters}
      select h.n, h.id, null as purpose from h join mute m on m.household_id = h.id and m.lifted_at is null
      union all select r.n, r.id, null from r join mute m on m.resident_id = r.id and m.lifted_at is null
      union all select r.n, r.id, o.purpose from r join message_opt_out o on o.resident_id = r.id and o.is_out`,
    values,
  })
  const standings = circles.map((): CircleStanding => ({ muted: false, optedOut: [], planned: [] }))
  for (const { n, purpose, at } of plans) standings[n]?.planned.push({ purpose: oneOf(messagePurposes, purpose), at })
  for (const { n, id: residentId, purpose } of words) {
    const one = standings[n]
    if (one && purpose === null) one.muted = true
    else if (one && purpose !== null) one.optedOut.push({ residentId, purpose: oneOf(messagePurposes, purpose) })
  }
  return standings
}

async function places({ client }: Work, circles: Circle[]): Promise<(string | null)[]> {
  const { rows } = await client.query<{ n: number; place: string }>({
    name: 'message.places',
    text: `with ${circleParameters}
      select distinct on (n) n, place from (
        select h.n, home.region_code as place, true as is_home, null::timestamptz as received_at
          from h join household home on home.id = h.id
        union all
        select r.n, newest.region_code, false, newest.received_at from r, lateral (select region_code, received_at
          from application where resident_id = r.id order by received_at desc limit 1) newest
      ) as known order by n, is_home desc, received_at desc`,
    values: members(circles),
  })
  const known = new Map(rows.map(({ n, place }) => [n, place]))
  return circles.map((_, n) => known.get(n) ?? null)
}

async function enqueue({ client, cipher }: Work, messages: Parameters<MessagePort['enqueue']>[0]): Promise<string[]> {
  const rows = messages.map(({ notBefore, createdAt, expiresAt, ...message }) => ({
    ...{ id: message.id, resident_id: message.residentId, channel: message.channel, dedupe_key: message.dedupeKey },
    ...{ critical: message.critical, repeat: message.repeat ?? false, purpose: message.purpose ?? null },
    ...{ not_before: moment(notBefore), created_at: moment(createdAt) },
    expires_at: expiresAt === null || expiresAt === undefined ? null : moment(expiresAt),
    payload: sealPayload(cipher, message.id, message).toString('hex'),
  }))
  const { rows: added } = await client.query<{ id: string }>({
    name: 'message.enqueue',
    text: `insert into outbox (id, resident_id, channel, payload, dedupe_key, critical, repeat, purpose, not_before,
        created_at, expires_at)
      select n.id, n.resident_id, n.channel, decode(n.payload, 'hex'), n.dedupe_key, n.critical, n.repeat, n.purpose,
        n.not_before, n.created_at, n.expires_at
      from jsonb_to_recordset($1) as n (id text, resident_id text, channel text, payload text, dedupe_key text,
        critical boolean, repeat boolean, purpose text, not_before timestamptz, created_at timestamptz,
        expires_at timestamptz)
      on conflict (dedupe_key) do nothing returning id`,
    values: [JSON.stringify(rows)],
  })
  return added.map(({ id }) => id)
}

interface LineRow {
  id: string
  household_id: string | null
  resident_id: string | null
  purpose: string
  key: string
  reason: string | null
  planned_at: number
  at: number
  status: string | null
  channel: string | null
  tell: string | null
  receipt: string | null
}

async function history({ client }: Work, circle: Circle, limit: number): Promise<MessageLine[]> {
  const { rows } = await client.query<LineRow>(
    `select m.id, m.household_id, m.resident_id, m.purpose, m.key, m.reason, m.planned_at, m.at, o.status, o.channel,
        o.failure ->> 'tell' as tell, o.receipt
      from message m left join outbox o on o.id = m.id
      where m.household_id = any($1) or m.resident_id = any($2) order by m.at desc, m.id limit $3`,
    [circle.householdIds, circle.residentIds, limit],
  )
  return rows.map(row => ({
    ...{ id: row.id, householdId: row.household_id, residentId: row.resident_id, key: row.key },
    ...{ plannedAt: row.planned_at, at: row.at, failure: row.tell, receipt: row.receipt },
    purpose: oneOf(messagePurposes, row.purpose),
    reason: row.reason === null ? null : oneOf(notSentReasons, row.reason),
    status: row.status === null ? null : oneOf(outboxStatuses, row.status),
    channel: row.channel === null ? null : oneOf(channelNames, row.channel),
  }))
}
