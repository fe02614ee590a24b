import pg from 'pg'
import type { Connection } from './migrate.ts'
import type { Log } from './pools.ts'

/** Any constant of our own: grants of two instances at once would trip over each other. */
const QUEUE_LOCK = 7_301_160_802

/** Lets the queue bring its own tables up to date as the owner, then gives them to the role that works with them. */
export async function migrateQueue(
  owner: Connection,
  migrateTables: (client: pg.Client) => Promise<unknown>,
): Promise<void> {
  const client = new pg.Client({ ...owner, application_name: 'nuanxin migrate' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [QUEUE_LOCK])
    await migrateTables(client)
    await client.query(`
      grant select, insert, update, delete on all tables in schema bullmq to nuanxin_queue;
      grant usage, select on all sequences in schema bullmq to nuanxin_queue;
      grant execute on all functions in schema bullmq to nuanxin_queue`)
  } finally {
    await client.end()
  }
}

/**
 * Connections of the queue, as a role that sees its own schema and none of our tables. `max` must exceed the number of
 * workers, each of which keeps one connection for LISTEN: with fewer, everything waits for ever.
 */
export function openQueuePool(connection: Connection, max: number, log: Log): pg.Pool {
  const pool = new pg.Pool({
    ...connection,
    max,
    application_name: 'nuanxin queue',
    options: '-c role=nuanxin_queue -c search_path=bullmq -c timezone=UTC',
    connectionTimeoutMillis: 3_000,
    keepAlive: true,
  })
  const lost = (error: Error) => log('queue.connectionLost', { reason: error.message })
  // Every queue and worker listens to the pool they share.
  pool.setMaxListeners(max)
  pool.on('error', lost)
  pool.on('connect', client => client.on('error', lost))
  return pool
}
