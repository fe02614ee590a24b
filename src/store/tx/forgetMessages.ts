import { moment } from '../rows.ts'
import type { Work } from '../work.ts'

/**
 * Links to households, choices, what was decided about messages, and what the platforms' books hold of the person; before the
 * addresses go, by which the books are found. A mute stays: whose silence it is outlives an account.
 */
export async function forgetMessages({ client }: Work, residentId: string): Promise<void> {
  for (const table of [
    'household_resident',
    'resident_phone',
    'phone_refusal',
    'message_opt_out',
    'message',
  ] as const) {
    await client.query(`delete from ${table} where resident_id = $1`, [residentId])
  }
  for (const table of ['platform_consent', 'service_message'] as const) {
    await client.query(
      `delete from ${table} b using resident_identity i
        where i.resident_id = $1 and b.channel = i.channel and b.sender_index = i.sender_index`,
      [residentId],
    )
  }
}

/** Decisions hold no words; the longest cool-down asks for those of a year. Answers how many went, at most `limit`. */
export async function forgetOldDecisions({ client }: Work, at: number, limit: number): Promise<number> {
  const { rowCount } = await client.query(
    `delete from message where id in (
      select id from message where at < $1::timestamptz - interval '367 days' limit $2)`,
    [moment(at), limit],
  )
  return rowCount ?? 0
}
