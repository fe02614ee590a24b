import { createPostgresBackend, isPgPool, Queue, runMigrations, Worker, type PgPool, type PgQueryable } from 'bullmq'
import { Redis, type RedisOptions } from 'ioredis'

/** The name of an event and facts without personal data. */
export type Log = (event: string, detail: Record<string, string | number | boolean | null>) => void

/** Ids only: a queue's content is readable to whoever reads the queue. */
export interface JobData {
  id?: string
}

/** Where the queues live: Redis with REDIS_URL, else tables of their own beside ours. */
export type QueuePlace = { redisUrl: string } | { pool: object }

export interface Producer {
  add(jobs: { data: JobData; jobId: string }[]): Promise<void>
  close(): Promise<void>
}

export interface QueueFactory {
  producer(name: string): Producer
  worker(name: string, concurrency: number, run: (data: JobData) => Promise<void>): { close(): Promise<void> }
  /** After all workers and producers. The pool belongs to whoever made it. */
  close(): Promise<void>
}

/**
 * The default settings bring a killed worker's job back after a minute. The queue only wakes, so coming back early twice
 * does no harm, and coming back late is the sweeper's work.
 */
const workerSettings = { lockDuration: 5_000, stalledInterval: 2_000, maxStalledCount: 5, drainDelay: 5 }
/** Finished jobs leave at once, or their id would keep the next wake-up for the same row out. */
const jobSettings = { removeOnComplete: true, removeOnFail: true, attempts: 1 }
/** Waiting for running jobs to end, each of which ends by the sending deadline; then they are left to the sweeper. */
const CLOSE_DEADLINE_MS = 12_000
/** A frozen Redis answers nothing; only this ends the wait. */
const COMMAND_TIMEOUT_MS = 500
/** Failed commands are not repeated without pause when the back end is away. */
const RETRY_PAUSE_MS = 1_000

export const QUEUE_SCHEMA = 'bullmq'
/** Brings the queue's own tables up to date. `client` is one session of the database's owner. */
export const migrateQueueTables = (client: PgQueryable): Promise<number> => runMigrations(client, QUEUE_SCHEMA)

export function openQueues(place: QueuePlace, log: Log): QueueFactory {
  if ('redisUrl' in place) return onRedis(place.redisUrl, log)
  // The two packages describe the same pool in types that do not fit each other, so BullMQ's own check decides.
  if (!isPgPool(place.pool)) throw new Error('The queue needs a pool of node-postgres')
  return onPostgres(place.pool, log)
}

interface Closable {
  on(event: 'error', listener: (error: Error) => void): unknown
  close(force?: boolean): Promise<void>
}

function onPostgres(pool: PgPool, log: Log): QueueFactory {
  return {
    producer: name => {
      const queue = new Queue(name, { connection: pool, defaultJobOptions: jobSettings }, createPostgresBackend)
      return producerOf(name, queue, log)
    },
    worker: (name, concurrency, run) => {
      const options = { connection: pool, concurrency, runRetryDelay: RETRY_PAUSE_MS, ...workerSettings }
      return workerOf(name, new Worker(name, job => run(readData(job.data)), options, createPostgresBackend), log)
    },
    close: () => Promise.resolve(),
  }
}

/** A job may lie in the queue since an earlier version: what is not an id is no id. */
function readData(data: unknown): JobData {
  const id = typeof data === 'object' && data !== null && 'id' in data ? data.id : undefined
  return typeof id === 'string' ? { id } : {}
}

function onRedis(url: string, log: Log): QueueFactory {
  const connections: Redis[] = []
  const connect = (options: Pick<RedisOptions, 'commandTimeout' | 'enableOfflineQueue' | 'maxRetriesPerRequest'>) => {
    // BullMQ was proven on RESP2, and no answer of ours needs the maps of RESP3, the default since ioredis 6.
    const redis = new Redis(url, { protocol: 2, retryStrategy: times => Math.min(times * 100, 2_000), ...options })
    redis.on('error', (error: Error) => log('queue.connectionLost', { reason: error.message }))
    connections.push(redis)
    return redis
  }
  return {
    producer: name => {
      const limits = { commandTimeout: COMMAND_TIMEOUT_MS, enableOfflineQueue: false, maxRetriesPerRequest: 1 }
      const connection = connect(limits)
      const open = () => new Queue(name, { connection, defaultJobOptions: jobSettings })
      return lateProducer(name, () => connection.status === 'ready', open, log)
    },
    worker: (name, concurrency, run) => {
      // A worker waits in a blocking command, so its connection has no time limit of its own.
      const connection = connect({ maxRetriesPerRequest: null })
      const options = { connection, concurrency, runRetryDelay: RETRY_PAUSE_MS, ...workerSettings }
      return workerOf(name, new Worker(name, job => run(readData(job.data)), options), log)
    },
    close: async () => {
      for (const redis of connections) redis.disconnect()
    },
  }
}

type BulkJob = { name: string; data: JobData; opts: { jobId: string } }

interface Bulk extends Closable {
  addBulk(jobs: BulkJob[]): Promise<unknown>
  waitUntilReady(): Promise<unknown>
}

function producerOf(name: string, queue: Bulk, log: Log): Producer {
  queue.on('error', error => log('queue.error', { queue: name, reason: error.message }))
  return {
    add: async jobs => {
      await queue.addBulk(jobs.map(({ data, jobId }) => ({ name, data, opts: { jobId } })))
    },
    close: () => within(CLOSE_DEADLINE_MS, queue.close()),
  }
}

/**
 * A BullMQ queue that met no Redis when it was made never recovers: it keeps the failure of its first command. So it is made
 * when there is one, and made again should its beginning fail.
 */
function lateProducer(name: string, isThere: () => boolean, open: () => Bulk, log: Log): Producer {
  let made: Promise<Producer> | null = null
  const begin = async (): Promise<Producer> => {
    const queue = open()
    const producer = producerOf(name, queue, log)
    try {
      await queue.waitUntilReady()
      return producer
    } catch (error) {
      made = null
      await producer.close()
      throw error
    }
  }
  return {
    add: async jobs => {
      if (!isThere()) throw new Error('Redis is away')
      made ??= begin()
      await (await made).add(jobs)
    },
    close: async () => {
      // A beginning that failed has closed itself.
      const producer = await made?.catch(() => null)
      await producer?.close()
    },
  }
}

function workerOf(name: string, worker: Closable, log: Log): { close(): Promise<void> } {
  worker.on('error', error => log('queue.error', { queue: name, reason: error.message }))
  return {
    close: async () => {
      await within(CLOSE_DEADLINE_MS, worker.close())
    },
  }
}

/** Waits for an end at most this long: with its store away, BullMQ's close does not come back. */
async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<void>(resolve => {
    timer = setTimeout(resolve, ms)
  })
  try {
    await Promise.race([work, deadline])
  } finally {
    clearTimeout(timer)
  }
}
