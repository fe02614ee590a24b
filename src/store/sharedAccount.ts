import type pg from 'pg'
import type { SharedAccount } from '../app/sharedAccount.ts'
import { channelNames } from '../app/ports.ts'
import { exclusively } from './exclusively.ts'
import type { FieldCipher } from './fieldCipher.ts'
import { platformBooks } from './platformBooks.ts'
import { moment, oneOf } from './rows.ts'
import { senderIndex } from './turnRows.ts'

export function openSharedAccount({ pool, cipher }: { pool: pg.Pool; cipher: FieldCipher }): SharedAccount {
  return {
    tokens: {
      get: async account => {
        const { rows } = await pool.query<{ token: Buffer; refresh_at: number }>(
          'select token, refresh_at from platform_token where account = $1',
          [account],
        )
        const [row] = rows
        if (!row) return null
        const value = cipher.open('platform_token|token', account, row.token).toString()
        return { value, refreshAt: row.refresh_at }
      },
      put: async (account, { value, refreshAt }) => {
        await pool.query(
          `insert into platform_token (account, token, digest, refresh_at) values ($1, $2, $3, $4)
            on conflict (account) do update
              set token = excluded.token, digest = excluded.digest, refresh_at = excluded.refresh_at`,
          [account, cipher.seal('platform_token|token', account, value), digestOf(cipher, value), moment(refreshAt)],
        )
      },
      drop: async (account, value) => {
        await pool.query('delete from platform_token where account = $1 and digest = $2', [
          account,
          digestOf(cipher, value),
        ])
      },
      lock: (account, run) => exclusively(pool, `token of ${account}`, run),
    },
    mayMessage: async ({ channel, sender }, at, { perMinute, perHour }) => {
      const { rowCount } = await pool.query({
        name: 'pace.take',
        // Counted by whole minutes: this one and the one before hold every message of the last sixty seconds.
        text: `with now as (select date_trunc('minute', $3::timestamptz) as minute),
          gone as (delete from message_pace p using now where p.minute < now.minute - interval '1 hour'),
          sent as (
            select coalesce(sum(p.sent), 0) as hourly,
              coalesce(sum(p.sent) filter (where p.minute >= now.minute - interval '1 minute'), 0) as lately
            from message_pace p, now
            where p.channel = $1 and p.sender_index = $2 and p.minute >= now.minute - interval '1 hour'
          )
          insert into message_pace (channel, sender_index, minute, sent)
            select $1, $2, now.minute, 1 from now, sent where sent.lately < $4 and sent.hourly < $5
            on conflict (channel, sender_index, minute) do update set sent = message_pace.sent + 1`,
        values: [channel, senderIndex(cipher, oneOf(channelNames, channel), sender), moment(at), perMinute, perHour],
      })
      return rowCount === 1
    },
    ...platformBooks({ pool, cipher }),
  }
}

/** By which a token is told without opening it. */
const digestOf = (cipher: FieldCipher, value: string): Buffer => cipher.index('platform_token|digest', value)
