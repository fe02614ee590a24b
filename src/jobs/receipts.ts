import type { SendFailure } from '../app/ports.ts'
import type { ReceiptResult } from '../app/sharedAccount.ts'
import { aFewAtATime, type JobParts } from './parts.ts'

/** Messages that did not arrive, told at once. */
const BATCH = 200

/**
 * Closes the loop: what platforms said of messages after they took them comes to those messages, and of what did not arrive the
 * use cases are told. Told first and settled then: killed in between, it is told again, which changes nothing.
 */
export async function settleReceipts(parts: JobParts): Promise<void> {
  const { outbox, world, app, log } = parts
  const lost = await outbox.notReceived(BATCH)
  const told: string[] = []
  await aFewAtATime(lost, 4, async ({ message, result }) => {
    try {
      await app.outbox.undeliverable(message, failureOf(parts, result))
      told.push(message.id)
    } catch (error) {
      // It is told again; what came for others waits for nothing.
      log('receipts.tellFailed', { reason: error instanceof Error ? error.name : 'unknown' })
    }
  })
  const settled = await outbox.settleReceipts(told, world.now())
  if (told.length > 0) log('outbox.notReceived', { messages: told.length, settled })
}

function failureOf({ text }: JobParts, result: ReceiptResult): SendFailure {
  const isRefused = result === 'refused'
  return {
    name: isRefused ? 'refusedByReader' : 'lostByPlatform',
    retry: 'no',
    alert: false,
    tell: text(isRefused ? 'jobs.send.refused' : 'jobs.send.lost'),
    mayHaveArrived: false,
  }
}
