import type pg from 'pg'

/** Waiting for another process may take longer than any statement should: the demo is made in seconds. */
const WAIT_MS = 120_000

/** Runs `run` while no other process runs anything under this name on the same database. */
export async function exclusively<T>(pool: pg.Pool, name: string, run: () => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query(`set statement_timeout = ${WAIT_MS}`)
    // The client gives up on a query after seconds, unless the query says otherwise; the published types do not know that.
    const wait = { text: 'select pg_advisory_lock(hashtext($1))', values: [name], query_timeout: WAIT_MS }
    await client.query(wait)
    return await run()
  } finally {
    // Thrown away with its lock and its setting, whatever state it is in.
    client.release(true)
  }
}
