import type pg from 'pg'
import type { CardPlan, CardStore, TakenCard } from '../app/officerCards/cardPort.ts'
import { asSystem } from './asSystem.ts'
import type { FieldCipher } from './fieldCipher.ts'
import { moment } from './rows.ts'
import { identityRow } from './turnRows.ts'

export interface CardStoreOptions {
  pool: pg.Pool
  cipher: FieldCipher
  newId(): string
}

/** Tasks that get a card in one go; what is more is the next sweep's. */
const MOST_PLANNED = 50
/** A sending without an end for so long has lost its worker. A platform call ends within 15 s. */
const LOST_AFTER = '1 minute'

export function openCardStore({ pool, cipher, newId }: CardStoreOptions): CardStore {
  const end = (card: TakenCard, status: string, failure: string | null, at: number): Promise<void> =>
    asSystem(pool, async client => {
      await client.query(
        `update officer_card set status = $3, failure = $4, finished_at = $5
          where id = $1 and attempts = $2 and status = 'sending'`,
        [card.id, card.attempts, status, failure, moment(at)],
      )
    })
  return {
    plan: (channel, plan) => asSystem(pool, client => planCards(client, newId, channel, plan)),
    take: (channel, at, limit) => asSystem(pool, client => takeCards(client, cipher, { channel, at, limit })),
    sent: (card, at) => end(card, 'sent', null, at),
    failed: (card, failure, at) => end(card, 'failed', failure, at),
    retry: (card, failure, notBefore) =>
      asSystem(pool, async client => {
        await client.query(
          `update officer_card set status = 'created', failure = $3, not_before = $4, sending_at = null
            where id = $1 and attempts = $2 and status = 'sending'`,
          [card.id, card.attempts, failure, moment(notBefore)],
        )
      }),
    again: (cardId, notBefore, at) =>
      asSystem(pool, client => again(client, [newId(), cardId, moment(notBefore), moment(at)])),
    ...presses(pool),
  }
}

/** The officer is found as for every notice of a task: nearest place, never one from whom the task is hidden. */
async function planCards(client: pg.ClientBase, newId: () => string, channel: string, plan: CardPlan): Promise<number> {
  const { rows } = await client.query<{ task_id: string; fence: number; officer_id: string; sender_index: Buffer }>({
    name: 'officerCard.plan',
    text: `select task_id, fence, officer_id, sender_index from (
        select t.id as task_id, t.fence, o.id as officer_id, i.sender_index, t.created_at,
          row_number() over (partition by o.id order by t.created_at) + (
            select count(*) from officer_card c where c.officer_id = o.id and c.created_at >= $4
          ) as place
        from task t
        cross join lateral (
          select o.id from officer o
            where o.region_code = any (array[left(t.region_code, 6), left(t.region_code, 9), left(t.region_code, 12)])
              and o.role <> 'auditor' and not o.disabled and not o.id = any (t.hidden_from)
              and (t.only_for is null or length(o.region_code) = 9 or o.id = any (t.only_for))
            order by length(o.region_code) desc, o.username limit 1
        ) o
        cross join lateral (
          select i.sender_index, i.bound_at from officer_identity i
            where i.officer_id = o.id and i.channel = $1 and i.sender is not null order by i.bound_at desc limit 1
        ) i
        where t.status = 'open' and t.created_at >= greatest($2, i.bound_at) and ($5::date is null or t.due <= $5::date)
          and not exists (select 1 from officer_card c where c.task_id = t.id and c.fence = t.fence and c.channel = $1)
      ) planned where place <= $3 order by created_at limit ${MOST_PLANNED}`,
    values: [channel, moment(plan.since), plan.cap, moment(plan.capSince), plan.dueBy],
  })
  for (const row of rows) {
    await client.query(
      `insert into officer_card (id, task_id, fence, round, officer_id, channel, sender_index, not_before, created_at)
        values ($1, $2, $3, 0, $4, $5, $6, $7, $7) on conflict (task_id, fence, channel, round) do nothing`,
      [newId(), row.task_id, row.fence, row.officer_id, channel, row.sender_index, moment(plan.at)],
    )
  }
  return rows.length
}

interface CardRow {
  id: string
  task_id: string
  fence: number
  attempts: number
  sender_index: Buffer
  sender: Buffer | null
  region_code: string
  summary: string
  due: string | null
  live: boolean
}

async function takeCards(
  client: pg.ClientBase,
  cipher: FieldCipher,
  { channel, at, limit }: { channel: string; at: number; limit: number },
): Promise<TakenCard[]> {
  const { rows } = await client.query<CardRow>({
    name: 'officerCard.take',
    text: `with ready as (
        select id from officer_card
          where channel = $1 and not_before <= $2
            and (status = 'created' or status = 'sending' and sending_at < $2::timestamptz - interval '${LOST_AFTER}')
          order by not_before limit $3 for update skip locked
      ), taken as (
        update officer_card c set status = 'sending', attempts = attempts + 1, sending_at = $2 from ready
          where c.id = ready.id returning c.*
      )
      select c.id, c.task_id, c.fence, c.attempts, c.sender_index, i.sender, t.region_code, t.summary,
          coalesce(t.promise_due, t.legal_due)::text as due,
          t.status = 'open' and t.fence = c.fence and not o.disabled and not o.id = any (t.hidden_from)
              and (t.only_for is null or length(o.region_code) = 9 or o.id = any (t.only_for))
            and i.officer_id = o.id as live
        from taken c join task t on t.id = c.task_id join officer o on o.id = c.officer_id
        left join officer_identity i on i.channel = c.channel and i.sender_index = c.sender_index`,
    values: [channel, moment(at), limit],
  })
  const cards: TakenCard[] = []
  const dropped: string[] = []
  for (const row of rows) {
    if (!row.live || !row.sender) dropped.push(row.id)
    else cards.push({ ...cardOf(row), sender: senderOf(cipher, channel, row.sender_index, row.sender) })
  }
  if (dropped.length > 0) {
    await client.query(`update officer_card set status = 'dropped', finished_at = $2 where id = any($1)`, [
      dropped,
      moment(at),
    ])
  }
  return cards
}

function cardOf({ id, task_id, fence, attempts, region_code, summary, due }: CardRow): Omit<TakenCard, 'sender'> {
  return { id, taskId: task_id, fence, attempts, regionCode: region_code, summary, due }
}

function senderOf(cipher: FieldCipher, channel: string, index: Buffer, sealed: Buffer): string {
  return cipher.open('officer_identity|sender', identityRow(channel, index), sealed).toString()
}

async function again(client: pg.ClientBase, values: [string, string, string, string]): Promise<void> {
  await client.query(
    `insert into officer_card (id, task_id, fence, round, officer_id, channel, sender_index, not_before, created_at)
      select $1, c.task_id, c.fence, c.round + 1, c.officer_id, c.channel, c.sender_index, $3, $4
        from officer_card c where c.id = $2
      on conflict (task_id, fence, channel, round) do nothing`,
    values,
  )
}

function presses(pool: pg.Pool): Pick<CardStore, 'press' | 'concluded' | 'mayChange'> {
  return {
    press: ({ codeHash, cardId, act, at }) =>
      asSystem(pool, async client => {
        await client.query(
          `insert into officer_card_press (code_hash, card_id, act, at)
            select $1, id, $3, $4 from officer_card where id = $2 on conflict do nothing`,
          [Buffer.from(codeHash), cardId, act, moment(at)],
        )
        const { rows } = await client.query<{ task_id: string; fence: number; outcome: string | null }>(
          `select c.task_id, c.fence, p.outcome from officer_card_press p join officer_card c on c.id = p.card_id
            where p.code_hash = $1 and p.card_id = $2`,
          [Buffer.from(codeHash), cardId],
        )
        const [row] = rows
        return row ? { card: { taskId: row.task_id, fence: row.fence }, outcome: row.outcome } : 'unknownCard'
      }),
    concluded: (codeHash, outcome) =>
      asSystem(pool, async client => {
        await client.query('update officer_card_press set outcome = $2 where code_hash = $1 and outcome is null', [
          Buffer.from(codeHash),
          outcome,
        ])
      }),
    mayChange: (codeHash, at) =>
      asSystem(pool, async client => {
        const { rowCount } = await client.query(
          'update officer_card_press set changed_at = $2 where code_hash = $1 and changed_at is null',
          [Buffer.from(codeHash), moment(at)],
        )
        return rowCount === 1
      }),
  }
}
