import type { DueTimer } from '../app/ports.ts'
import { aFewAtATime, type Job, type JobParts } from './parts.ts'

const BATCH = 50
const AT_ONCE = 4

/** Fires what is due. One job at a time is enough: it works until nothing is left. */
export const timersJob: Job = {
  concurrency: 1,
  run: parts => fireDue(parts),
}

export async function fireDue(parts: JobParts): Promise<void> {
  for (;;) {
    const due = await parts.timers.claimDue(parts.world.now(), BATCH)
    await aFewAtATime(due, AT_ONCE, timer => fire(parts, timer))
    if (due.length < BATCH) return
  }
}

/** A timer that fails stays claimed for a minute and then comes again; the others go on. */
async function fire(parts: JobParts, timer: DueTimer): Promise<void> {
  try {
    await parts.app.fireTimer(timer)
    await parts.timers.settle(timer, parts.world.now())
  } catch (error) {
    parts.log('timers.failed', { timer: timer.name, reason: error instanceof Error ? error.name : 'unknown' })
  }
}
