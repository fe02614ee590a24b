import type { TaskDesk } from '../app/tasks/taskDesk.ts'
import type { Log } from './queues.ts'

/** Tasks or officers looked at in one go; what is left is the next sweep's. */
const BATCH = 100
/** Gos of one sweep, so that a backlog does not keep the outbox waiting. */
const MOST_BATCHES = 10

/**
 * The clock of tasks and the morning digests. Driven by what the tables say is due, so any number of workers may run it at
 * once and none needs to; a failure is written down and comes again with the next sweep.
 */
export async function workOnTasks(tasks: TaskDesk['work'], log: Log): Promise<void> {
  try {
    for (let batches = 0; batches < MOST_BATCHES; batches++) {
      if ((await tasks.look(BATCH)) < BATCH) break
    }
    await tasks.digests(BATCH)
  } catch (error) {
    log('taskClock.failed', { reason: error instanceof Error ? error.name : 'unknown' })
  }
}
