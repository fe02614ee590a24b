import pg from 'pg'
import type { Connection } from './migrate.ts'

export type Log = (event: string, detail: Record<string, string | number | boolean | null>) => void

export interface Pools {
  /** Transactions and single statements, as `nuanxin_app`. */
  work: pg.Pool
  /** The shared statements of turns: own connections, so that no slow transaction stands before them. */
  turns: pg.Pool
  close(): Promise<void>
}

export interface PoolSizes {
  work: number
  turns: number
}

/** PostgreSQL is asked to give up first, so that a client rarely has to guess whether a statement took effect. */
const STATEMENT_TIMEOUT_MS = 3_000
const CLIENT_TIMEOUT_MS = 3_500
/** A transaction whose process hangs must not keep its locks. */
const IDLE_TRANSACTION_MS = 10_000
const CONNECT_TIMEOUT_MS = 3_000

const session = {
  role: 'nuanxin_app',
  search_path: 'nuanxin',
  timezone: 'UTC',
  statement_timeout: String(STATEMENT_TIMEOUT_MS),
  idle_in_transaction_session_timeout: String(IDLE_TRANSACTION_MS),
}
/** These connections only look up keys: the plan is known, and planning it again for every batch costs more than running it. */
const keyLookUps = {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_mergejoin: 'off',
  jit: 'off',
}

const asOptions = (settings: Record<string, string>) =>
  Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')

const TIMESTAMPTZ = pg.types.builtins.TIMESTAMPTZ
const DATE = pg.types.builtins.DATE
const INT8 = pg.types.builtins.INT8

/** Moments arrive as milliseconds, days as `YYYY-MM-DD`. The session's zone is UTC, so the text ends in `+00`. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === TIMESTAMPTZ) return (text: string) => Date.parse(`${text.replace(' ', 'T')}:00`)
    if (oid === DATE) return (text: string) => text
    if (oid === INT8) return Number
    const parse: unknown = pg.types.getTypeParser(oid, format)
    return parse
  },
}

export function openPools(connection: Connection, sizes: PoolSizes, log: Log): Pools {
  const pool = (max: number, name: string, extra: Record<string, string>) => {
    const made = new pg.Pool({
      ...connection,
      types,
      max,
      application_name: `nuanxin ${name}`,
      options: asOptions({ ...session, ...extra }),
      query_timeout: CLIENT_TIMEOUT_MS,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
    })
    // Without these listeners a restart of PostgreSQL ends this process: one on the pool, for resting connections,
    // and one on every connection, for those in use, whose statement fails and is reported by its caller.
    made.on('error', error => log('store.connectionLost', { pool: name, reason: error.message }))
    made.on('connect', client =>
      client.on('error', error => log('store.connectionLost', { pool: name, reason: error.message })),
    )
    return made
  }
  const work = pool(sizes.work, 'work', {})
  const turns = pool(sizes.turns, 'turns', keyLookUps)
  return {
    work,
    turns,
    close: async () => {
      await Promise.all([work.end(), turns.end()])
    },
  }
}

/** An import of a million rows takes minutes; a process that hangs must not keep its locks for longer than that. */
const longWork = { statement_timeout: String(30 * 60_000), idle_in_transaction_session_timeout: String(5 * 60_000) }

/** One connection for work that takes long, apart from all others. The caller ends it. */
export async function openLongClient(connection: Connection, log: Log): Promise<pg.Client> {
  const client = new pg.Client({
    ...connection,
    types,
    application_name: 'nuanxin long',
    options: asOptions({ ...session, ...longWork }),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  })
  // The statement under way fails as well and is reported by its caller; without a listener the process would end.
  client.on('error', error => log('store.connectionLost', { pool: 'long', reason: error.message }))
  await client.connect()
  return client
}

/** SQLSTATE of a database error, null for anything else. */
export function sqlState(error: unknown): string | null {
  return error instanceof pg.DatabaseError ? (error.code ?? null) : null
}

export const UNIQUE_VIOLATION = '23505'
