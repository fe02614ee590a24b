import { aFewAtATime, type Job, type JobParts } from './parts.ts'
import { workOnCases } from './cases.ts'
import { lanes } from './lanes.ts'
import { openLaneNames, tell } from './outbox.ts'
import { settleReceipts } from './receipts.ts'
import { workOnTasks } from './tasks.ts'

/** A sending that nobody ended within this time has lost its worker: the sending deadline of 15 s and some room. */
const SENDING_LOST_AFTER_MS = 20_000
/** The worker that ended a message tells the use cases at once; later than this it was killed before. */
const UNTOLD_AFTER_MS = 10_000
const BATCH = 200
/** Each of these residents is held until the batch is written, and a cry for help, which mutes, waits for that. */
const CALENDARS_AT_ONCE = 25
/** Gos of one sweep, so that the first plan of many families does not keep the outbox waiting. */
const MOST_BATCHES = 5

/**
 * Finds in the tables what the queue may have lost: ready messages, due timers, sendings without an end, ends that nobody
 * was told, cases and tasks in which something is due. Whatever happened to the queue, this is what makes the promise hold.
 */
export const sweepJob: Job = {
  concurrency: 1,
  run: parts => sweep(parts),
}

export async function sweep(parts: JobParts): Promise<void> {
  const { outbox, wake, world, log } = parts
  const now = world.now()
  const lost = await outbox.timeOut(now - SENDING_LOST_AFTER_MS, now, {
    name: 'unknown',
    retry: 'no',
    alert: true,
    tell: parts.text('jobs.send.unknown'),
    mayHaveArrived: true,
  })
  if (lost.again + lost.failed + lost.undeliverable > 0) log('outbox.sendingLost', lost)
  for (const lane of openLaneNames(parts)) {
    const ready = await outbox.ready(now, BATCH, lanes[lane].channels)
    if (ready.length > 0) wake.outbox(ready)
  }
  wake.timers()
  const untold = await outbox.untold(now - UNTOLD_AFTER_MS, BATCH)
  await parts.audit?.seal(now)
  await aFewAtATime(untold, 4, ({ message, failure }) => tell(parts, message, failure))
  await tryTo('receipts.failed', () => settleReceipts(parts), log)
  if (parts.cases) await workOnCases(parts.cases, log)
  if (parts.tasks) await workOnTasks(parts.tasks, log)
  const { cards, photos, care, calendars } = parts
  if (care) await tryTo('careReminders.failed', () => care.remind(), log)
  if (care) await tryTo('carePlan.failed', () => untilPlanned(care), log)
  if (calendars) await tryTo('calendars.failed', () => untilSent(calendars), log)
  if (cards) await tryTo('cards.failed', () => cards.send(), log)
  if (photos) await tryTo('photos.failed', () => photos.fetch(), log)
}

async function untilSent(calendars: NonNullable<JobParts['calendars']>): Promise<void> {
  for (let batches = 0; batches < MOST_BATCHES; batches++)
    if ((await calendars.send(CALENDARS_AT_ONCE)) < CALENDARS_AT_ONCE) return
}

async function untilPlanned(care: NonNullable<JobParts['care']>): Promise<void> {
  for (let batches = 0; batches < MOST_BATCHES; batches++) if ((await care.plan(BATCH)) < BATCH) return
}

/** What a platform cannot do now is no reason to leave the rest of the sweep undone. */
async function tryTo(failed: string, work: () => Promise<unknown>, log: JobParts['log']): Promise<void> {
  try {
    await work()
  } catch (error) {
    log(failed, { reason: error instanceof Error ? error.name : 'unknown' })
  }
}
