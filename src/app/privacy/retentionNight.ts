import { cutOff, retainedKinds } from '../../domain/privacy/retention.ts'
import { shanghaiDate, startOfDay } from '../../domain/world.ts'
import { complaintNight } from '../complaints/complaintNight.ts'
import { lapseLinks } from '../households/links.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'

/** After the figures, which are made of what is still there. */
const BEGINS_HOURS = 2
const HOUR_MS = 3_600_000
/** Rows of one transaction: well within the three seconds a statement may take. */
const AT_ONCE = 500

/** Decisions about messages hold no words and are small. */
const DECISIONS_AT_ONCE = 5000
/** A county writes some two million a year; what one night leaves the next one takes. */
const MOST_DECISION_BATCHES = 400

/** Rows deleted by kind, and what else the night settled. */
export type RetentionDone = Record<string, number>

/**
 * The nightly round: deletes what is older than its days, ends closed accounts, and settles complaints. Null before two
 * o'clock and when this process did it today. Any number of processes may do it at once: each row goes once.
 */
export function makeRetentionNight(parts: AppParts): () => Promise<RetentionDone | null> {
  let doneOn: string | null = null
  return async () => {
    const now = parts.world.now()
    const today = shanghaiDate(now)
    if (doneOn === today || now < startOfDay(today) + BEGINS_HOURS * HOUR_MS) return null
    const done = await retentionNight(parts)
    doneOn = today
    return done
  }
}

/** The round itself, at any hour. */
export async function retentionNight(parts: AppParts): Promise<RetentionDone> {
  const now = parts.world.now()
  const today = shanghaiDate(now)
  const done: RetentionDone = { complaints: await complaintNight(parts) }
  for (const kind of retainedKinds) {
    const before = cutOff(today, parts.settings.retention[kind])
    done[kind] = await untilNone(parts, tx =>
      kind === 'phones'
        ? lapseLinks(tx, { before, at: now, limit: AT_ONCE })
        : tx.privacy.deleteOld(kind, before, now, AT_ONCE),
    )
  }
  done['decision'] = await forgetDecisions(parts, now)
  done['account'] = await untilNone(parts, tx => endAccounts(tx, now))
  return done
}

async function endAccounts(tx: Tx, now: number): Promise<number> {
  const closed = await tx.privacy.closedAccounts(now - HOUR_MS, AT_ONCE)
  for (const residentId of closed) {
    await tx.privacy.erase(residentId, 'account', now)
    await tx.privacy.purge(residentId, 'account', now)
  }
  return closed.length
}

async function forgetDecisions(parts: AppParts, now: number): Promise<number> {
  let sum = 0
  for (let batch = 0; batch < MOST_DECISION_BATCHES; batch++) {
    const gone = await parts.store.transaction({ kind: 'system' }, tx =>
      tx.privacy.forgetDecisions(now, DECISIONS_AT_ONCE),
    )
    sum += gone
    if (gone < DECISIONS_AT_ONCE) break
  }
  return sum
}

async function untilNone(parts: AppParts, step: (tx: Tx) => Promise<number>): Promise<number> {
  for (let sum = 0; ;) {
    const done = await parts.store.transaction({ kind: 'system' }, step)
    sum += done
    if (done < AT_ONCE) return sum
  }
}
