import { openQueues, migrateQueueTables, type QueueFactory } from '../jobs/queues.ts'
import { queueNames } from '../jobs/registry.ts'
import { openWake, type BufferedWake } from '../jobs/wake.ts'
import type { Connection } from '../store/migrate.ts'
import { migrateQueue, openQueuePool } from '../store/queuePool.ts'
import type { Config } from './config.ts'
import type { EventLog } from './log.ts'

export interface Queueing {
  factory: QueueFactory
  wake: BufferedWake
  close(): Promise<void>
}

/** Beside one LISTEN connection for each worker, and as many for its jobs: a pool that is too small waits for ever. */
const QUEUE_CONNECTIONS = queueNames.length * 2 + 4

/** The queues on Redis when there is one, else beside our tables. */
export async function openQueueing(config: Config, connection: Connection, events: EventLog): Promise<Queueing> {
  const place = config.redisUrl ? { redisUrl: config.redisUrl } : await onDatabase(connection, events)
  const factory = openQueues(place, events)
  const producers = { outbox: factory.producer('outbox'), timers: factory.producer('timers') }
  const wake = openWake(producers, events)
  return {
    factory,
    wake,
    close: async () => {
      await wake.flush()
      await Promise.all([producers.outbox.close(), producers.timers.close()])
      await factory.close()
      if ('pool' in place) await place.pool.end()
    },
  }
}

async function onDatabase(connection: Connection, events: EventLog) {
  await migrateQueue(connection, migrateQueueTables)
  return { pool: openQueuePool(connection, QUEUE_CONNECTIONS, events) }
}
