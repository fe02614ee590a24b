import type pg from 'pg'
import type { PlatformPerson, Receipt, SharedAccount } from '../app/sharedAccount.ts'
import { channelNames } from '../app/ports.ts'
import type { FieldCipher } from './fieldCipher.ts'
import { openLane } from './lane.ts'
import { moment, oneOf } from './rows.ts'
import { senderIndex } from './turnRows.ts'

type Books = Pick<SharedAccount, 'pauses' | 'windows' | 'consents' | 'receipts'>

interface Deps {
  pool: pg.Pool
  cipher: FieldCipher
}

/** What is written down of a platform beside its token. */
export function platformBooks(deps: Deps): Books {
  return { pauses: pauses(deps), windows: windows(deps), consents: consents(deps), receipts: receipts(deps) }
}

const columnsOf = (cipher: FieldCipher, { channel, sender }: PlatformPerson) => {
  const name = oneOf(channelNames, channel)
  return [name, senderIndex(cipher, name, sender)]
}

function pauses({ pool }: Deps): Books['pauses'] {
  return {
    of: async (account, endpoint, at) => {
      const { rows } = await pool.query<{ until: number; failure: string }>({
        name: 'pause.of',
        text: 'select until, failure from platform_pause where account = $1 and endpoint = $2 and until > $3',
        values: [account, endpoint, moment(at)],
      })
      return rows[0] ?? null
    },
    pause: async (account, endpoint, { until, failure }) => {
      await pool.query(
        `insert into platform_pause as p (account, endpoint, until, failure) values ($1, $2, $3, $4)
          on conflict (account, endpoint) do update set until = excluded.until, failure = excluded.failure
            where p.until < excluded.until`,
        [account, endpoint, moment(until), failure],
      )
    },
  }
}

function windows({ pool, cipher }: Deps): Books['windows'] {
  return {
    lately: async (person, since) => {
      const values = [...columnsOf(cipher, person), moment(since)]
      const { rows: heard } = await pool.query<{ at: number; key: string }>({
        name: 'window.heard',
        text: 'select at, message_key as key from inbox where channel = $1 and sender_index = $2 and at >= $3',
        values,
      })
      const { rows: sent } = await pool.query<{ at: number; messages: number }>({
        name: 'window.sent',
        text: 'select at, sent as messages from service_message where channel = $1 and sender_index = $2 and at >= $3',
        values,
      })
      return { heard, sent }
    },
    noteSent: async (person, at, messages) => {
      await pool.query({
        name: 'window.noteSent',
        text: `with gone as (
            delete from service_message where channel = $1 and sender_index = $2 and at < $3::timestamptz - interval '7 days'
          )
          insert into service_message (channel, sender_index, at, sent) values ($1, $2, $3, $4)`,
        values: [...columnsOf(cipher, person), moment(at), messages],
      })
    },
  }
}

function consents({ pool, cipher }: Deps): Books['consents'] {
  return {
    allowed: async (person, templateIds) => {
      const { rows } = await pool.query<{ template_id: string }>({
        name: 'consent.allowed',
        text: `select template_id from platform_consent
          where channel = $1 and sender_index = $2 and template_id = any($3) and (lasting or left_over > 0)`,
        values: [...columnsOf(cipher, person), templateIds],
      })
      return rows.map(row => row.template_id)
    },
    spend: async (person, templateId, at) => {
      await pool.query(
        `update platform_consent set left_over = left_over - 1, changed_at = $4
          where channel = $1 and sender_index = $2 and template_id = $3 and not lasting and left_over > 0`,
        [...columnsOf(cipher, person), templateId, moment(at)],
      )
    },
    end: async (person, templateId, at) => {
      await pool.query(
        `update platform_consent set left_over = 0, lasting = false, changed_at = $4
          where channel = $1 and sender_index = $2 and template_id = $3`,
        [...columnsOf(cipher, person), templateId, moment(at)],
      )
    },
    note: async ({ person, templateId, change, key, at }) => {
      await pool.query(noteConsent, [...columnsOf(cipher, person), templateId, change, key, moment(at)])
    },
  }
}

/** An event that came before changes nothing; one that is older than the last change does not end what came after it. */
const noteConsent = `with gone as (delete from platform_event where at < $6::timestamptz - interval '7 days'),
  fresh as (
    insert into platform_event (channel, key, at) values ($1, $5, $6::timestamptz) on conflict do nothing returning key
  )
  insert into platform_consent as c (channel, sender_index, template_id, left_over, lasting, changed_at)
    select $1, $2, $3, case when $4::text = 'once' then 1 else 0 end, $4::text = 'lasting', $6::timestamptz from fresh
    on conflict (channel, sender_index, template_id) do update set
      left_over = case $4::text when 'once' then c.left_over + 1 when 'ended' then 0 else c.left_over end,
      lasting = case $4::text when 'lasting' then true when 'ended' then false else c.lasting end,
      changed_at = excluded.changed_at
    where $4::text <> 'ended' or c.changed_at <= excluded.changed_at`

/** Callbacks arrive one by one and by ten thousands: what comes while a statement is under way goes out with the next. */
function receipts({ pool }: Deps): Books['receipts'] {
  const lane = openLane<Receipt[], null>({ size: RECEIPT_BATCHES, lanes: 1, send: batches => noteAll(pool, batches) })
  return {
    note: async batch => {
      await lane.submit(batch)
    },
  }
}

/** Each mostly holds one. */
const RECEIPT_BATCHES = 500

async function noteAll(pool: pg.Pool, batches: Receipt[][]): Promise<null[]> {
  const rows = batches.flat().map(({ channel, providerId, result, at }) => ({
    ...{ channel, provider_id: providerId, result, at: moment(at) },
  }))
  await pool.query({
    name: 'receipt.note',
    text: `insert into message_receipt (channel, provider_id, result, at)
      select channel, provider_id, result, at from jsonb_to_recordset($1)
        as r (channel text, provider_id text, result text, at timestamptz)
      on conflict do nothing`,
    values: [JSON.stringify(rows)],
  })
  return batches.map(() => null)
}
