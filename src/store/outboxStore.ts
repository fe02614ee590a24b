import type pg from 'pg'
import {
  channelNames,
  outboxStatuses,
  type ChannelName,
  type OutboxStore,
  type SendFailure,
  type TakenMessage,
} from '../app/ports.ts'
import { receiptResults } from '../app/sharedAccount.ts'
import { messagePurposes } from '../domain/message/purpose.ts'
import { UnreadableField, type FieldCipher } from './fieldCipher.ts'
import { moment, oneOf } from './rows.ts'
import { identityRow, openPayload, sealPayload } from './turnRows.ts'

interface OutboxRow {
  id: string
  resident_id: string
  channel: string
  payload: Buffer
  dedupe_key: string
  critical: boolean
  status: string
  attempts: number
  repeat: boolean
  tried: string[]
  not_before: number
  created_at: number
  purpose: string | null
  unasked: boolean
  expires_at: number | null
}

const columns = `o.id, o.resident_id, o.channel, o.payload, o.dedupe_key, o.critical, o.status, o.attempts, o.repeat, o.tried,
  o.not_before, o.created_at, o.purpose, o.unasked, o.expires_at`
/**
 * A resident's messages keep their order: nothing overtakes one that is not finished. But a message with a purpose that waits
 * for its hour holds nobody up, word about a case that nobody asked for holds up all but answers, and distress waits for none.
 * `at` is a parameter of the query.
 */
const firstOfResident = (at: string) => `(o.purpose = 'distress' or not exists (select from outbox p
  where p.resident_id = o.resident_id and p.seq < o.seq and (p.status = 'sending'
    or p.status = 'created' and (p.not_before <= ${at} or p.purpose is null and (
      not p.unasked or o.unasked or coalesce(o.purpose, 'answer') <> 'answer')))))`
/** As `hasToBeTold` has it; the index `outbox_untold` is over the same words. */
const endIsTold = `(o.critical or o.purpose in ('case', 'care') or o.purpose = 'survey' and o.status <> 'sent')`
/** Only the holder of the newest attempt may say how it went, and only while the row is still his. */
const stillOurs = `id = $1 and status = 'sending' and attempts = $2`

export function openOutboxStore({ pool, cipher }: { pool: pg.Pool; cipher: FieldCipher }): OutboxStore {
  const run = async (text: string, values: unknown[]) => (await pool.query(text, values)).rowCount === 1
  const ids = async (text: string, values: unknown[]) =>
    (await pool.query<{ id: string }>(text, values)).rows.map(({ id }) => id)
  return {
    ready: (at, limit, channels = channelNames) =>
      ids(
        `select o.id from outbox o where o.status = 'created' and o.not_before <= $1 and o.channel = any($3)
            and ${firstOfResident('$1')}
          order by o.not_before, o.seq limit $2`,
        [moment(at), limit, channels],
      ),
    channelOf: async id => {
      const { rows } = await pool.query<{ channel: string }>({
        name: 'outbox.channelOf',
        text: `select channel from outbox where id = $1 and status = 'created'`,
        values: [id],
      })
      return rows[0] ? oneOf(channelNames, rows[0].channel) : null
    },
    take: async (id, at) => {
      const { rows } = await pool.query<OutboxRow>({
        name: 'outbox.take',
        text: `update outbox o set status = 'sending', sending_at = $2, attempts = attempts + 1
          where o.id = $1 and o.status = 'created' and o.not_before <= $2 and ${firstOfResident('$2')} returning ${columns}`,
        values: [id, moment(at)],
      })
      return rows[0] ? takenOf(cipher, rows[0]) : null
    },
    nextOf: async (residentId, at) => {
      const [id] = await ids(
        `select o.id from outbox o where o.resident_id = $1 and o.status = 'created' and o.not_before <= $2
          and ${firstOfResident('$2')} limit 1`,
        [residentId, moment(at)],
      )
      return id ?? null
    },
    sent: async ({ id, attempts }, providerId, at) => {
      await run(
        `update outbox set status = 'sent', provider_id = $3, finished_at = $4, failure = null where ${stillOurs}`,
        [id, attempts, providerId, moment(at)],
      )
    },
    finish: async ({ id, attempts }, status, failure, at) => {
      await run(`update outbox set status = $3, failure = $4, finished_at = $5 where ${stillOurs}`, [
        id,
        attempts,
        status,
        JSON.stringify(failure),
        moment(at),
      ])
    },
    retry: async ({ id, attempts }, { notBefore, failure, repeat }) => {
      await run(
        `update outbox set status = 'created', not_before = $3, failure = $4, repeat = repeat or $5, sending_at = null
          where ${stillOurs}`,
        [id, attempts, moment(notBefore), JSON.stringify(failure), repeat],
      )
    },
    otherWay: (taken, channels, at) => otherWay({ pool, cipher }, { taken, channels, at }),
    timeOut: (before, at, failure) => timeOut(pool, { before, at, failure }),
    untold: async (before, limit) => {
      const { rows } = await pool.query<OutboxRow & { failure: SendFailure | null }>(
        `select ${columns}, o.failure from outbox o
          where ${endIsTold} and o.told_at is null and o.status in ('sent', 'failed', 'undeliverable') and o.finished_at < $1
          order by o.finished_at limit $2`,
        [moment(before), limit],
      )
      return rows.map(row => ({ message: takenOf(cipher, row), failure: row.failure }))
    },
    told: async (id, at) => {
      await run('update outbox set told_at = $2 where id = $1 and told_at is null', [id, moment(at)])
    },
    notReceived: async limit => {
      const { rows } = await pool.query<OutboxRow & { result: string }>(
        `select ${columns}, r.result from message_receipt r
          join outbox o on o.provider_id = r.provider_id and o.channel = r.channel and o.receipt is null
          where r.result <> 'received' order by r.at limit $1`,
        [limit],
      )
      return rows.map(row => ({ message: takenOf(cipher, row), result: oneOf(receiptResults, row.result) }))
    },
    settleReceipts: (notReceived, at) => settleReceipts(pool, notReceived, at),
  }
}

function takenOf(cipher: FieldCipher, row: OutboxRow): TakenMessage {
  return {
    id: row.id,
    residentId: row.resident_id,
    channel: oneOf(channelNames, row.channel),
    ...payloadOf(cipher, row),
    dedupeKey: row.dedupe_key,
    critical: row.critical,
    status: oneOf(outboxStatuses, row.status),
    attempts: row.attempts,
    repeat: row.repeat,
    notBefore: row.not_before,
    createdAt: row.created_at,
    tried: row.tried.map(channel => oneOf(channelNames, channel)),
    ...(row.purpose === null ? {} : { purpose: oneOf(messagePurposes, row.purpose) }),
    ...(row.unasked ? { unasked: true } : {}),
    expiresAt: row.expires_at,
  }
}

/** One row that was spoilt must not hold up the others: it is named, and its end is the caller's. */
function payloadOf(
  cipher: FieldCipher,
  { id, payload }: OutboxRow,
): Pick<TakenMessage, 'sender' | 'replies' | 'notice' | 'unreadable'> {
  try {
    return openPayload(cipher, id, payload)
  } catch (error) {
    if (!(error instanceof UnreadableField)) throw error
    return { sender: '', replies: [], unreadable: true }
  }
}

/** Gives the message to another address of the same resident, on a channel that was not tried. */
async function otherWay(
  { pool, cipher }: { pool: pg.Pool; cipher: FieldCipher },
  { taken, channels, at }: { taken: TakenMessage; channels: ChannelName[]; at: number },
): Promise<boolean> {
  const tried = [...taken.tried, taken.channel]
  const { rows } = await pool.query<{ channel: string; sender_index: Buffer; sender: Buffer }>(
    `select channel, sender_index, sender from resident_identity
      where resident_id = $1 and channel = any($2) and channel <> all($3)
      order by array_position($2, channel), created_at desc limit 1`,
    [taken.residentId, channels, tried],
  )
  const way = rows[0]
  if (!way) return false
  const sender = cipher.open('resident_identity|sender', identityRow(way.channel, way.sender_index), way.sender)
  const payload = sealPayload(cipher, taken.id, { ...taken, sender: sender.toString() })
  const { rowCount } = await pool.query(
    `update outbox set status = 'created', channel = $3, payload = $4, tried = $5, not_before = $6, sending_at = null
      where ${stillOurs}`,
    [taken.id, taken.attempts, way.channel, payload, tried, moment(at)],
  )
  return rowCount === 1
}

/** Receipts brought to their messages in one go; as many again in the next sweep. */
const SETTLED_AT_ONCE = 5_000

/** What came first stays. A receipt may be faster than our own note that the message was taken: it waits a week for that. */
async function settleReceipts(pool: pg.Pool, notReceived: string[], at: number): Promise<number> {
  const { rowCount } = await pool.query(
    `update outbox o set receipt = d.result, receipt_at = d.at from (
        select o.id, r.result, r.at from message_receipt r
          join outbox o on o.provider_id = r.provider_id and o.channel = r.channel and o.receipt is null
          where r.result = 'received' or o.id = any($1) limit ${SETTLED_AT_ONCE}
      ) d where o.id = d.id and o.receipt is null`,
    [notReceived],
  )
  await pool.query(
    `delete from message_receipt r where r.at < $1::timestamptz - interval '7 days' or exists (
        select from outbox o where o.provider_id = r.provider_id and o.channel = r.channel and o.receipt is not null)`,
    [moment(at)],
  )
  return rowCount ?? 0
}

/** A message that took three workers with it takes a fourth one too; two may have met two deployments. */
const MOST_LOST = 3

/**
 * A sending whose end nobody reported. As many rows as a worker had in flight when it was killed. How often in a row stands
 * beside the failure, which any other end replaces.
 */
async function timeOut(
  pool: pg.Pool,
  { before, at, failure }: { before: number; at: number; failure: SendFailure },
): Promise<{ again: number; failed: number; undeliverable: number }> {
  const { rows } = await pool.query<{ status: string }>(
    `with lost as (
        select id, case when not critical then 'failed' when times >= ${MOST_LOST} then 'undeliverable' else 'created' end as next,
          times
        from (select id, critical, coalesce((failure ->> 'lost')::int, 0) + 1 as times from outbox
          where status = 'sending' and sending_at < $1 for update) as counted
      )
      update outbox o set
        status = lost.next,
        repeat = o.repeat or o.critical,
        failure = $3::jsonb || jsonb_build_object('lost', lost.times),
        not_before = case when lost.next = 'created' then $2 else o.not_before end,
        finished_at = case when lost.next = 'created' then null else $2::timestamptz end
      from lost where o.id = lost.id returning o.status`,
    [moment(before), moment(at), JSON.stringify(failure)],
  )
  const count = (status: string) => rows.filter(row => row.status === status).length
  return { again: count('created'), failed: count('failed'), undeliverable: count('undeliverable') }
}
