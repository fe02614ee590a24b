import { channelNames, Conflict, type Tx } from '../../app/ports.ts'
import type { Effect, Trace } from '../../conversation/types.ts'
import { moment, oneOf } from '../rows.ts'
import type { Work } from '../work.ts'
import { effectRows, identityRow, openConversation, sealConversation, stopsJson } from '../turnRows.ts'
import { commitInTransaction } from '../turnStore.ts'

export function turnsIn(work: Work): Tx['turns'] {
  const { client, cipher, newId } = work
  return {
    commit: turn => commitInTransaction(client, cipher, turn, newId),
    lock: async residentId => {
      const { rows } = await client.query<{ version: number; state: Buffer | null }>({
        name: 'conversation.lock',
        text: 'select version, state from conversation where resident_id = $1 for update',
        values: [residentId],
      })
      const row = rows[0]
      return row
        ? { version: row.version, conversation: row.state && openConversation(cipher, residentId, row.state) }
        : null
    },
    save: async (residentId, version, conversation, at) => {
      const { rowCount } = await client.query({
        name: 'conversation.save',
        text: `update conversation set version = version + 1, state = $3, updated_at = $4
          where resident_id = $1 and version = $2`,
        values: [residentId, version, sealConversation(cipher, residentId, conversation), moment(at)],
      })
      if (rowCount === 0) throw new Conflict('The conversation moved')
    },
    applyEffects: (residentId, effects, trace, at) => applyEffects(work, { residentId, effects, trace, at }),
    addressOf: residentId => addressOf(work, residentId),
  }
}

interface Applied {
  residentId: string
  effects: Effect[]
  trace: Trace[]
  at: number
}

async function applyEffects({ client }: Work, { residentId, effects, trace, at }: Applied): Promise<void> {
  const rows = effectRows(effects)
  for (const { sessionId, except } of rows.cleared)
    await client.query('delete from timer where session_id = $1 and name <> all ($2)', [sessionId, except])
  for (const { sessionId, name, dueAt, turnId } of rows.timers)
    await client.query(
      `insert into timer (session_id, name, resident_id, turn_id, due_at) values ($1, $2, $3, $4, $5)
        on conflict (session_id, name) do update set turn_id = excluded.turn_id, due_at = excluded.due_at,
          resident_id = excluded.resident_id, claimed_at = null, fired_at = null`,
      [sessionId, name, residentId, turnId, moment(dueAt)],
    )
  for (const { sessionId, purpose, version, textHash, granted } of rows.consents)
    await client.query(
      `insert into consent (resident_id, session_id, purpose, version, text_hash, granted, at)
        values ($1, $2, $3, $4, $5, $6, $7)`,
      [residentId, sessionId, purpose, version, textHash, granted, moment(at)],
    )
  if (trace.length > 0)
    await client.query('insert into trace (at, stops) values ($1, $2)', [moment(at), stopsJson(trace)])
}

/** The address of the last turn; for a resident who only logged in so far, the newest known one. */
async function addressOf({ client, cipher }: Work, residentId: string): ReturnType<Tx['turns']['addressOf']> {
  const { rows } = await client.query<{ channel: string; sender_index: Buffer; sender: Buffer }>({
    name: 'resident.address',
    text: `select i.channel, i.sender_index, i.sender from resident_identity i
      left join conversation c on c.resident_id = i.resident_id
        and c.last_channel = i.channel and c.last_sender_index = i.sender_index
      where i.resident_id = $1
      order by c.resident_id is null, i.created_at desc limit 1`,
    values: [residentId],
  })
  const row = rows[0]
  if (!row) return null
  const sender = cipher.open('resident_identity|sender', identityRow(row.channel, row.sender_index), row.sender)
  return { channel: oneOf(channelNames, row.channel), sender: sender.toString() }
}
