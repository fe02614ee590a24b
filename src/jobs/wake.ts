import type { Wake } from '../app/ports.ts'
import type { JobData, Log, Producer } from './queues.ts'

export interface BufferedWake extends Wake {
  /** Puts out what was gathered; never rejects. */
  flush(): Promise<void>
}

/** On PostgreSQL adding in bulk is twelve times faster than one by one, so wake-ups gather this long. */
const GATHER_MS = 10
/** More than this is not worth keeping while the queue is away: the sweeper finds the rows. */
const MOST_GATHERED = 1_000

/** Neither waits nor fails: a lost wake-up costs at most the two seconds until the sweeper comes by. */
export function openWake(producers: { outbox: Producer; timers: Producer }, log: Log): BufferedWake {
  const gathered = { outbox: new Map<string, JobData>(), timers: new Map<string, JobData>() }
  let timer: NodeJS.Timeout | null = null

  const put = async (name: 'outbox' | 'timers') => {
    const batch = [...gathered[name]].map(([jobId, data]) => ({ jobId, data }))
    gathered[name].clear()
    if (batch.length === 0) return
    try {
      await producers[name].add(batch)
    } catch (error) {
      log('wake.lost', { queue: name, count: batch.length, reason: error instanceof Error ? error.message : 'unknown' })
    }
  }
  const flush = async () => {
    if (timer) clearTimeout(timer)
    timer = null
    await Promise.all([put('outbox'), put('timers')])
  }
  const gather = (name: 'outbox' | 'timers', jobId: string, data: JobData) => {
    if (gathered[name].size < MOST_GATHERED) gathered[name].set(jobId, data)
    timer ??= setTimeout(() => void flush(), GATHER_MS)
  }
  return {
    outbox: ids => {
      if (ids.length === 0) gather('outbox', 'ready', {})
      for (const id of ids) gather('outbox', `row-${id}`, { id })
    },
    timers: () => gather('timers', 'due', {}),
    flush,
  }
}
