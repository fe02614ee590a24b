import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { CommitOutcome, OpenedTurn, TurnAddress, TurnAnswer, TurnRecord, TurnStore } from '../app/ports.ts'
import type { Instant } from '../domain/world.ts'
import type { FieldCipher } from './fieldCipher.ts'
import { openLane } from './lane.ts'
import { moment } from './rows.ts'
import { commitParameters, refusedParameters, sealTurn, type SealedTurn } from './turnBatch.ts'
import { identityRow, openBody, openConversation, senderIndex } from './turnRows.ts'
import { commitTurns, createResidents, openTurns, refusedTurns } from './turnSql.ts'

/** Anything that runs a statement: a pool, or the client of a transaction. */
export type Queryable = Pick<pg.Pool, 'query'> | Pick<pg.ClientBase, 'query'>

export interface TurnStoreOptions {
  pool: Queryable
  cipher: FieldCipher
  newId(): string
  /** Callers sharing one statement at most. 64 is where the measured gain of larger batches ends. */
  batch?: number
  /** Statements of each kind under way at once. */
  lanes?: number
}

const BATCH = 64
const LANES = 2
/** Waits before a turn whose row was locked by a slower transaction is tried again: 150 ms in all, then it is a conflict. */
const LOCKED_WAITS_MS = [5, 10, 20, 40, 75]

interface Opening {
  address: TurnAddress
  senderIndex: Buffer
  at: Instant
}

export interface TurnStoreWithLanes extends TurnStore {
  idle(): Promise<void>
}

export function openTurnStore(options: TurnStoreOptions): TurnStoreWithLanes {
  const { pool, cipher, newId, batch: size = BATCH, lanes = LANES } = options
  const opens = openLane<Opening, OpenedTurn>({ size, lanes, send: batch => openBatch(pool, cipher, newId, batch) })
  const commits = openLane<SealedTurn, CommitResult>({
    size,
    lanes,
    keyOf: ({ turn }) => turn.residentId,
    send: batch => commitBatch(pool, batch),
  })
  return {
    open: (address, at) =>
      opens.submit({ address, at, senderIndex: senderIndex(cipher, address.channel, address.sender) }),
    commit: async turn => {
      const sealed = sealTurn(cipher, turn, newId)
      for (const wait of LOCKED_WAITS_MS) {
        const result = await commits.submit(sealed)
        if (result !== 'locked') return result
        await sleep(wait)
      }
      return 'conflict'
    },
    idle: async () => {
      await Promise.all([opens.idle(), commits.idle()])
    },
  }
}

interface OpenRow {
  n: number
  resident_id: string | null
  version: number | null
  state: Buffer | null
  turn_id: string | null
  body: Buffer | null
  delivery: TurnAnswer['delivery'] | null
  officer_id: string | null
}

async function openBatch(
  pool: Queryable,
  cipher: FieldCipher,
  newId: () => string,
  batch: Opening[],
): Promise<OpenedTurn[]> {
  let rows = await readOpenings(pool, batch)
  const strangers = batch.filter((_, i) => !rows[i]?.resident_id)
  if (strangers.length > 0) {
    await makeResidents(pool, cipher, newId, strangers)
    rows = await readOpenings(pool, batch)
  }
  return rows.map(row => opened(cipher, row))
}

async function readOpenings(pool: Queryable, batch: Opening[]): Promise<OpenRow[]> {
  const { rows } = await pool.query<OpenRow>({
    ...openTurns,
    values: [
      batch.map(({ address }) => address.channel),
      batch.map(opening => opening.senderIndex),
      batch.map(({ address }) => address.messageKey),
    ],
  })
  return rows
}

/** Makes residents for senders that nobody knows yet. Harmless when another instance is faster. */
export async function makeResidents(
  pool: Queryable,
  cipher: FieldCipher,
  newId: () => string,
  strangers: Opening[],
): Promise<void> {
  const once = [...new Map(strangers.map(s => [identityRow(s.address.channel, s.senderIndex), s]))]
  await pool.query({
    ...createResidents,
    values: [
      once.map(() => newId()),
      once.map(([, { address }]) => address.channel),
      once.map(([, stranger]) => stranger.senderIndex),
      once.map(([row, { address }]) => cipher.seal('resident_identity|sender', row, address.sender)),
      once.map(() => null),
      once.map(([, { at }]) => moment(at)),
    ],
  })
}

function opened(cipher: FieldCipher, row: OpenRow): OpenedTurn {
  if (row.resident_id === null || row.version === null) throw new Error('A resident was made and is not there')
  return {
    resident: { id: row.resident_id, officerId: row.officer_id },
    version: row.version,
    conversation: row.state && openConversation(cipher, row.resident_id, row.state),
    stored: storedAnswer(cipher, row),
  }
}

function storedAnswer(cipher: FieldCipher, { turn_id, body, delivery }: OpenRow): TurnAnswer | null {
  if (!turn_id || !body || !delivery) return null
  const { replies, state } = openBody(cipher, turn_id, body)
  return { turnId: turn_id, replies, state, repeated: true, delivery }
}

type CommitResult = CommitOutcome | 'locked'

async function commitBatch(pool: Queryable, batch: SealedTurn[]): Promise<CommitResult[]> {
  const { rows } = await pool.query<{ turn_id: string; released: boolean }>({
    ...commitTurns,
    values: commitParameters(batch),
  })
  const kept = new Map(rows.map(row => [row.turn_id, row.released ? 'released' : 'committed'] as const))
  const refused = batch.filter(({ turn }) => !kept.has(turn.turnId))
  const locked = refused.length > 0 ? await lockedTurns(pool, refused) : new Set<string>()
  return batch.map(({ turn: { turnId } }) => kept.get(turnId) ?? (locked.has(turnId) ? 'locked' : 'conflict'))
}

async function lockedTurns(pool: Queryable, refused: SealedTurn[]): Promise<Set<string>> {
  const { rows } = await pool.query<{ turn_id: string; locked: boolean }>({
    ...refusedTurns,
    values: refusedParameters(refused),
  })
  return new Set(rows.filter(row => row.locked).map(row => row.turn_id))
}

/** One turn inside somebody's transaction. The row is waited for by `lockConversation`, so `locked` cannot stay. */
export async function commitInTransaction(
  client: Queryable,
  cipher: FieldCipher,
  turn: TurnRecord,
  newId: () => string,
): Promise<CommitOutcome> {
  await client.query('select from conversation where resident_id = $1 for update', [turn.residentId])
  const [result] = await commitBatch(client, [sealTurn(cipher, turn, newId)])
  return result === undefined || result === 'locked' ? 'conflict' : result
}
