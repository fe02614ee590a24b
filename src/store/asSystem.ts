import type pg from 'pg'
import { beginStatement } from './scope.ts'

/** Runs `run` in a transaction with the eyes of the service itself. */
export async function asSystem<T>(pool: pg.Pool, run: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query(beginStatement(client, { kind: 'system' }))
    const result = await run(client)
    await client.query('commit')
    client.release()
    return result
  } catch (error) {
    client.release(error instanceof Error ? error : true)
    throw error
  }
}
