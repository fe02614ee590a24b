import { z } from 'zod'
import type { ShownMessage } from '../app/messages/messageDesk.ts'
import { channelNames, outboxStatuses } from '../app/ports.ts'
import { receiptResults } from '../app/sharedAccount.ts'
import { notSentReasons } from '../domain/message/decideMessage.ts'
import { messagePurposes } from '../domain/message/purpose.ts'
import { shanghaiTime } from '../domain/world.ts'

const line = z.strictObject({
  id: z.string(),
  purpose: z.enum(messagePurposes),
  /** When it was decided, and for when it was planned. */
  at: z.string(),
  plannedAt: z.string(),
  /** Null: it was queued. */
  reason: z.enum(notSentReasons).nullable(),
  status: z.enum(outboxStatuses).nullable(),
  channel: z.enum(channelNames).nullable(),
  /** What the platform said afterwards. */
  receipt: z.enum(receiptResults).nullable(),
  /** Why it did not arrive, in a sentence. */
  why: z.string().nullable(),
})

/** What the platform's card or page may ask a resident for. */
export const formsSchema = z.strictObject({ card: z.array(z.string()), page: z.string().nullable() })

export const messagesSchema = z.strictObject({ items: z.array(line) })

export function messagesJson(lines: ShownMessage[]): z.infer<typeof messagesSchema> {
  return {
    items: lines.map(({ id, purpose, at, plannedAt, reason, status, channel, receipt, why }) => ({
      ...{ id, purpose, reason, status, channel, why },
      ...{ at: shanghaiTime(at), plannedAt: shanghaiTime(plannedAt) },
      receipt: receiptResults.find(result => result === receipt) ?? null,
    })),
  }
}
