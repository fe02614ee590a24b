import { notSentReasons } from '../../domain/message/decideMessage.ts'
import { messagePurposes } from '../../domain/message/purpose.ts'
import {
  householdProofs,
  muteReasons,
  type Circle,
  type HouseholdSpeaker,
  type MessagePort,
  type Mute,
  type Receiver,
} from '../../app/messages/messagePort.ts'
import { channelNames } from '../../app/ports.ts'
import { moment, oneOf, parseOwn } from '../rows.ts'
import { UnreadableField } from '../fieldCipher.ts'
import { identityRow, openConversation, openPayload } from '../turnRows.ts'
import { withinScope } from '../scope.ts'
import type { Work } from '../work.ts'
import { decidedMessages } from './decidedMessages.ts'
import { speakers } from './speakers.ts'

export function messagesIn(work: Work): MessagePort {
  return { ...households(work), ...mutes(work), ...optOuts(work), ...addresses(work), ...decidedMessages(work) }
}

type Households = Pick<
  MessagePort,
  'speakersOf' | 'householdsOf' | 'link' | 'confirmPhone' | 'placeOf' | 'household' | 'householdsOfPhone'
>

function households(work: Work): Households {
  const { client, cipher } = work
  return {
    speakersOf: ids => speakersOf(work, ids),
    householdsOf: async residentIds => {
      const { rows } = await client.query<{ household_id: string; resident_id: string }>({
        name: 'message.householdsOf',
        text: `select distinct s.household_id, s.resident_id from ${speakers} s where s.resident_id = any($1)
          order by s.household_id`,
        values: [residentIds],
      })
      return grouped(
        rows,
        row => row.resident_id,
        row => row.household_id,
      )
    },
    link: async ({ householdId, residentId, proof, by, at }) => {
      if (proof === 'phone') throw new Error('a phone proves itself: confirm it')
      const { rowCount } = await client.query(
        `insert into household_resident (household_id, resident_id, proof, linked_by, linked_at)
          values ($1, $2, $3, $4, $5)
          on conflict (household_id, resident_id) where ended_at is null do nothing`,
        [householdId, residentId, proof, by, moment(at)],
      )
      return rowCount === 1
    },
    confirmPhone: async (residentId, phone, at) => {
      await client.query(
        `insert into resident_phone as p (resident_id, phone_index, confirmed_at) values ($1, $2, $3)
          on conflict (resident_id, phone_index) do update set confirmed_at = greatest(p.confirmed_at, excluded.confirmed_at)`,
        [residentId, cipher.index('household|phone', phone), moment(at)],
      )
    },
    household: async householdId => {
      const { rows } = await client.query<{ region_code: string; content: Buffer }>(
        'select region_code, content from household where id = $1',
        [householdId],
      )
      const [row] = rows
      if (!row) return null
      const kept = orNull(() => cipher.open('household|content', householdId, row.content))
      const { number, headName } = kept ? parseOwn<{ number: string; headName: string }>(kept) : unreadable
      return { number, headName, regionCode: row.region_code }
    },
    householdsOfPhone: async (phone, place) => {
      const { rows } = await client.query<{ id: string }>(
        `select id from household where phone_index = $1 and region_code >= $2 and region_code < $2 || '~' order by id`,
        [cipher.index('household|phone', phone), place],
      )
      return rows.map(({ id }) => id)
    },
    placeOf: async householdId => {
      const { condition, values } = withinScope(work.scope(), 'h', 2)
      const { rows } = await client.query<{ region_code: string }>(
        `select h.region_code from household h where h.id = $1 and ${condition}`,
        [householdId, ...values],
      )
      return rows[0]?.region_code ?? null
    },
  }
}

async function speakersOf({ client }: Work, ids: string[]): Promise<Map<string, HouseholdSpeaker[]>> {
  const { rows } = await client.query<{
    household_id: string
    resident_id: string
    proof: string
    channels: string[]
  }>({
    name: 'message.speakersOf',
    text: `select s.household_id, s.resident_id, min(s.proof) as proof,
        coalesce((select array_agg(i.channel order by i.channel = c.last_channel desc nulls last, i.created_at desc)
          from resident_identity i where i.resident_id = s.resident_id), '{}') as channels
      from ${speakers} s left join conversation c on c.resident_id = s.resident_id
      where s.household_id = any($1) group by s.household_id, s.resident_id, c.last_channel, c.updated_at
      order by c.updated_at desc nulls last, s.resident_id`,
    values: [ids],
  })
  return grouped(
    rows,
    row => row.household_id,
    row => ({
      residentId: row.resident_id,
      proof: oneOf(householdProofs, row.proof),
      channels: [...new Set(row.channels.map(channel => oneOf(channelNames, channel)))],
    }),
  )
}

function grouped<T, V>(rows: T[], keyOf: (row: T) => string, valueOf: (row: T) => V): Map<string, V[]> {
  const groups = new Map<string, V[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(valueOf(row))
    else groups.set(keyOf(row), [valueOf(row)])
  }
  return groups
}

/** Column and value of a receiver. */
const columnOf = (to: Receiver): ['household_id' | 'resident_id', string] =>
  'householdId' in to ? ['household_id', to.householdId] : ['resident_id', to.residentId]

interface MuteRow {
  id: string
  household_id: string | null
  resident_id: string | null
  reason: string
  muted_by: string
  since: number
}

function mutes({ client }: Work): Pick<MessagePort, 'mute' | 'liftMute' | 'mutesOf'> {
  return {
    mute: async ({ id, to, reason, by, since }) => {
      const [column, value] = columnOf(to)
      const { rowCount } = await client.query(
        `insert into mute (id, ${column}, reason, muted_by, since) values ($1, $2, $3, $4, $5) on conflict do nothing`,
        [id, value, reason, by, moment(since)],
      )
      return rowCount === 1
    },
    liftMute: async (to, { by, at }) => {
      const [column, value] = columnOf(to)
      const { rowCount } = await client.query(
        `update mute set lifted_by = $2, lifted_at = $3 where ${column} = $1 and lifted_at is null`,
        [value, by, moment(at)],
      )
      return rowCount ?? 0
    },
    mutesOf: async ({ householdIds, residentIds }: Circle) => {
      const { rows } = await client.query<MuteRow>(
        `select id, household_id, resident_id, reason, muted_by, since from mute
          where lifted_at is null and (household_id = any($1) or resident_id = any($2)) order by since desc, id`,
        [householdIds, residentIds],
      )
      return rows.map(muteOf)
    },
  }
}

function muteOf({
  id,
  household_id: householdId,
  resident_id: residentId,
  reason,
  muted_by: by,
  since,
}: MuteRow): Mute {
  const to = householdId === null ? { residentId: residentId ?? '' } : { householdId }
  return { id, to, reason: oneOf(muteReasons, reason), by, since }
}

interface DroppedRow {
  id: string
  resident_id: string
  purpose: string
  payload: Buffer
  /** With the id behind it by now. */
  dedupe_key: string
}

function optOuts(work: Work): Pick<MessagePort, 'setOptOut' | 'optedOut' | 'dropWaiting'> {
  const { client } = work
  return {
    setOptOut: async (residentId, { purpose, isOut, by, at }) => {
      const { rowCount } = await client.query(
        `insert into message_opt_out as o (resident_id, purpose, is_out, changed_by, changed_at)
          select $1, $2, $3, $4, $5 where $3 or exists (
            select from message_opt_out where resident_id = $1 and purpose = $2)
          on conflict (resident_id, purpose) do update set is_out = excluded.is_out, changed_by = excluded.changed_by,
            changed_at = excluded.changed_at where o.is_out <> excluded.is_out`,
        [residentId, purpose, isOut, by, moment(at)],
      )
      return rowCount === 1
    },
    optedOut: async residentId => {
      const { rows } = await client.query<{ purpose: string }>(
        'select purpose from message_opt_out where resident_id = $1 and is_out',
        [residentId],
      )
      return rows.map(({ purpose }) => oneOf(messagePurposes, purpose))
    },
    dropWaiting: async (residentIds, { purposes, reason, at }) => {
      // The key is free again: what is asked for once more later is decided anew.
      // Whoever drops it knows of it: nobody has to be told afterwards.
      const { rows } = await client.query<DroppedRow>(
        `with dropped as (
            update outbox set status = 'failed', finished_at = $4, told_at = $4,
                failure = jsonb_build_object('name', $3::text), dedupe_key = dedupe_key || ' ' || id
              where resident_id = any($1) and status = 'created' and purpose = any($2)
              returning id, seq, resident_id, purpose, payload, dedupe_key
          ), noted as (update message m set reason = $3 from dropped d where m.id = d.id)
          select id, resident_id, purpose, payload, dedupe_key from dropped order by seq`,
        [residentIds, purposes, oneOf(notSentReasons, reason), moment(at)],
      )
      return rows.map(({ id, resident_id: residentId, purpose, payload, dedupe_key: key }) => ({
        ...{ id, residentId, purpose: oneOf(messagePurposes, purpose), dedupeKey: key.slice(0, -id.length - 1) },
        words: wordsOf(work, id, payload),
      }))
    },
  }
}

const unreadable = { number: '', headName: '' }

function wordsOf({ cipher }: Work, id: string, payload: Buffer): string | null {
  const said = orNull(() => openPayload(cipher, id, payload))
  return said && said.replies.map(({ text }) => text).join('\n')
}

/** A row that was spoilt keeps nobody from being left in peace, and no human from coming. */
function orNull<T>(open: () => T): T | null {
  try {
    return open()
  } catch (error) {
    if (error instanceof UnreadableField) return null
    throw error
  }
}

function addresses({ client, cipher }: Work): Pick<MessagePort, 'addressesOf'> {
  return {
    addressesOf: async residentIds => {
      const { rows } = await client.query<{
        resident_id: string
        channel: string
        sender_index: Buffer
        sender: Buffer
        state: Buffer | null
      }>({
        name: 'message.addressesOf',
        text: `select distinct on (i.resident_id) i.resident_id, i.channel, i.sender_index, i.sender, c.state
          from resident_identity i left join conversation c on c.resident_id = i.resident_id
          where i.resident_id = any($1)
          order by i.resident_id,
            (c.last_channel = i.channel and c.last_sender_index = i.sender_index) desc nulls last, i.created_at desc`,
        values: [residentIds],
      })
      return new Map(
        rows.map(({ resident_id: id, channel, sender_index: index, sender, state }) => [
          id,
          {
            channel: oneOf(channelNames, channel),
            sender: cipher.open('resident_identity|sender', identityRow(channel, index), sender).toString(),
            language: (state && openConversation(cipher, id, state).language) ?? 'zh-CN',
          },
        ]),
      )
    },
  }
}
