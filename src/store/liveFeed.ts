import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { OutboxMessage } from '../app/ports.ts'
import type { Reply } from '../conversation/types.ts'
import type { FieldCipher } from './fieldCipher.ts'
import type { Connection } from './migrate.ts'
import type { Log } from './pools.ts'
import { openPayload } from './turnRows.ts'

/** A message that left while its resident has a page open. */
export interface LiveMessage {
  id: string
  replies: Reply[]
}

/** Carries outgoing messages to open pages, from the worker that sends to the web process that holds the page. */
export interface LiveFeed {
  /** Tells all processes. Lost when nobody listens: the message stands in the history. */
  announce(message: OutboxMessage): Promise<void>
  /** Answers the function that ends it. */
  subscribe(residentId: string, take: (message: LiveMessage) => void): () => void
  close(): Promise<void>
}

const CHANNEL = 'nuanxin_live'
/** Connections that read what was announced. */
const READERS = 2
/** Between two tries to listen again after the database went away. */
const RECONNECT_MS = 1_000
/** A database that does not even answer is tried again. */
const CONNECT_TIMEOUT_MS = 3_000

/** The notice holds ids only: what is said is read from the encrypted row, and only where somebody listens. */
export async function openLiveFeed(options: {
  connection: Connection
  cipher: FieldCipher
  log: Log
  reconnectMs?: number
}): Promise<LiveFeed> {
  const { connection, cipher, log, reconnectMs = RECONNECT_MS } = options
  const session = {
    ...connection,
    options: '-c role=nuanxin_app -c search_path=nuanxin',
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  }
  const pool = new pg.Pool({ ...session, application_name: 'nuanxin live', max: READERS })
  pool.on('error', noteFailure)
  const listeners = new Map<string, Set<(message: LiveMessage) => void>>()
  const closing = new AbortController()
  let again: Promise<void> | null = null
  let client = await listen()

  async function listen(): Promise<pg.Client> {
    const made = new pg.Client({ ...session, application_name: 'nuanxin live' })
    made.on('error', error => log('store.liveFeedLost', { reason: error.message }))
    made.on('notification', ({ payload }) => void deliver(payload ?? '').catch(noteFailure))
    try {
      await made.connect()
      await made.query(`listen ${CHANNEL}`)
    } catch (error) {
      await made.end()
      throw error
    }
    // Only now: a connection that never came about ends as well, and its end must not begin a second round of tries.
    made.once('end', () => {
      again = listenAgain()
    })
    return made
  }

  async function listenAgain(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        client = await listen()
        return
      } catch (error) {
        noteFailure(error)
        await pause()
      }
    }
  }

  async function pause(): Promise<void> {
    try {
      await sleep(reconnectMs, undefined, { signal: closing.signal })
    } catch (error) {
      if (!closing.signal.aborted) throw error
    }
  }

  async function deliver(payload: string): Promise<void> {
    const [residentId = '', id = ''] = payload.split(' ')
    const takers = listeners.get(residentId)
    if (!takers) return
    const { rows } = await pool.query<{ payload: Buffer }>('select payload from outbox where id = $1', [id])
    const [row] = rows
    if (!row) return
    const { replies } = openPayload(cipher, id, row.payload)
    for (const take of takers) take({ id, replies })
  }

  function noteFailure(error: unknown): void {
    log('store.liveFeedFailed', { reason: error instanceof Error ? error.message : 'unknown' })
  }

  return {
    announce: async ({ residentId, id }) => {
      await pool.query('select pg_notify($1, $2)', [CHANNEL, `${residentId} ${id}`])
    },
    subscribe: (residentId, take) => {
      const takers = listeners.get(residentId) ?? new Set()
      listeners.set(residentId, takers.add(take))
      return () => {
        takers.delete(take)
        if (takers.size === 0) listeners.delete(residentId)
      }
    },
    close: async () => {
      closing.abort()
      await again
      await client.end()
      await pool.end()
    },
  }
}
