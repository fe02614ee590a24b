import { workOnCampaigns } from './campaigns.ts'
import { fireDue } from './timers.ts'
import { sendReady } from './outbox.ts'
import type { JobParts } from './parts.ts'
import type { QueueFactory } from './queues.ts'
import { jobs, queueNames } from './registry.ts'
import { sweep } from './sweep.ts'

/** How long a message or timer may wait when its wake-up was lost. */
const SWEEP_EVERY_MS = 2_000
/** The night's work may begin this much late. Without a queue it waits: no figure misses anything until then. */
const NIGHT_EVERY_MS = 60_000
/** No sweep seen here for this long: the queue is taken for dead, and the work is done without it. */
const QUEUE_DEAD_AFTER_MS = 6_000

export interface Workers {
  /** Lets running jobs end, at most for their deadline. */
  close(): Promise<void>
}

/** Starts one worker for each queue, and the clock of the sweeper. */
export function startWorkers(factory: QueueFactory, parts: JobParts): Workers {
  let lastSweep = parts.world.now()
  const workers = queueNames.map(name =>
    factory.worker(name, jobs[name].concurrency, async data => {
      if (name === 'sweep') lastSweep = parts.world.now()
      await jobs[name].run(parts, data)
    }),
  )
  const sweeps = factory.producer('sweep')
  let direct: Promise<void> | null = null

  const withoutQueue = async () => {
    await sweep(parts)
    await sendReady(parts)
    await fireDue(parts)
    await workOnCampaigns(parts, SWEEP_EVERY_MS)
  }
  const tick = async () => {
    try {
      // One id: of all processes that tick, one job waits at a time.
      if (!direct) await sweeps.add([{ jobId: 'sweep', data: {} }])
    } catch (error) {
      parts.log('queue.away', { reason: error instanceof Error ? error.message : 'unknown' })
    }
    if (parts.world.now() - lastSweep < QUEUE_DEAD_AFTER_MS || direct) return
    direct = withoutQueue()
      .catch(error => parts.log('sweep.failed', { reason: error instanceof Error ? error.message : 'unknown' }))
      .finally(() => {
        direct = null
      })
  }
  const nights = factory.producer('figures')
  const askForNight = () =>
    nights.add([{ jobId: 'night', data: {} }]).catch((error: unknown) => {
      parts.log('queue.away', { reason: error instanceof Error ? error.message : 'unknown' })
    })
  const campaigns = factory.producer('campaigns')
  // As with the night: a campaign that begins two seconds later is not late.
  const askForCampaigns = () =>
    campaigns.add([{ jobId: 'due', data: {} }]).catch((error: unknown) => {
      parts.log('queue.away', { reason: error instanceof Error ? error.message : 'unknown' })
    })
  const clock = setInterval(() => void tick(), SWEEP_EVERY_MS)
  const nightClock = setInterval(() => void askForNight(), NIGHT_EVERY_MS)
  const campaignClock = setInterval(() => void askForCampaigns(), SWEEP_EVERY_MS)
  return {
    close: async () => {
      clearInterval(clock)
      clearInterval(campaignClock)
      clearInterval(nightClock)
      await Promise.all(workers.map(worker => worker.close()))
      await direct
      await Promise.all([sweeps.close(), nights.close(), campaigns.close()])
    },
  }
}
