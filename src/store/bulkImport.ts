import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Actor } from '../domain/application.ts'
import type { BirthRow } from '../domain/import/births.ts'
import type { Household } from '../domain/import/households.ts'
import { noEnds, type ListedEnds } from '../domain/import/listedEnds.ts'
import type { RegisterRow } from '../domain/import/registers.ts'
import type { Instant } from '../domain/world.ts'
import { birthTable, householdTable, registerTable, type BulkTable, type Resealed } from './bulkTables.ts'
import type { FieldCipher } from './fieldCipher.ts'
import type { Connection } from './migrate.ts'
import { openLongClient, type Log } from './pools.ts'
import { moment } from './rows.ts'
import { beginStatement } from './scope.ts'
import { auditIn } from './tx/audit.ts'

/** Rows of a list with their lines, in batches. What it throws ends the import with nothing changed. */
export type BulkFeed<T> = AsyncIterable<readonly { line: number; value: T }[]>

export interface BulkOrder {
  /** Asked once, after the last row, with what would end: false tells what would change and leaves all as it was. */
  isApplied(found: { gone: number; ends: ListedEnds }): boolean
  actor: Actor
  /** Place whose officers see the entry of the audit trail; null: the service's own. */
  regionCode: string | null
  /** SHA-256 of the file in hex. */
  fileHash: string
  at: Instant
}

/** What a list changes, or would. `kept`: rows that stay as they are here, whatever the list says. */
export interface BulkOutcome {
  added: number
  changed: number
  unchanged: number
  kept: number
  /** Households that are noted as gone by it. */
  gone: number
  ends: ListedEnds
  /** Lines that say again what an earlier line says; the first ones, and how many there are. Then nothing is changed. */
  doubled: number[]
  doubledCount: number
  applied: boolean
}

/**
 * Long lists, each in one transaction: staged by COPY, then merged in one statement, with one entry in the audit trail. All of a
 * file or nothing; the same file again changes nothing and leaves no trace. One import at a time.
 */
export interface BulkImports {
  households(feed: BulkFeed<Household>, order: BulkOrder): Promise<BulkOutcome>
  registers(feed: BulkFeed<RegisterRow>, order: BulkOrder): Promise<BulkOutcome>
  births(feed: BulkFeed<BirthRow>, order: BulkOrder): Promise<BulkOutcome>
}

interface Sources {
  connection: Connection
  cipher: FieldCipher
  log: Log
  newId(): string
}

const MOST_DOUBLED = 200

export function openBulkImports(sources: Sources): BulkImports {
  return {
    households: (feed, order) => runBulk(sources, { name: 'households', table: householdTable }, feed, order),
    registers: (feed, order) => runBulk(sources, { name: 'registers', table: registerTable }, feed, order),
    births: (feed, order) => runBulk(sources, { name: 'births', table: birthTable }, feed, order),
  }
}

async function runBulk<T>(
  sources: Sources,
  { name, table }: { name: string; table: BulkTable<T> },
  feed: BulkFeed<T>,
  order: BulkOrder,
): Promise<BulkOutcome> {
  const client = await openLongClient(sources.connection, sources.log)
  try {
    await client.query(beginStatement(client, { kind: 'system' }))
    await client.query(`select pg_advisory_xact_lock(hashtext('bulk import'))`)
    await client.query(`create temp table import_stage (line int, ${table.columns.join(', ')}) on commit drop`)
    await pipeline(
      Readable.from(copyLines(feed, table, sources.cipher)),
      client.query(copyFrom('copy import_stage from stdin')),
    )
    await client.query('analyze import_stage')
    const found = { ...(await doubledLines(client, table)), ...(await readCounts(client, table)) }
    const ends = table.ends && found.gone > 0 ? await table.ends(client) : noEnds
    const outcome = { ...found, ends, applied: false }
    const { added, changed, doubledCount } = outcome
    if (doubledCount > 0 || added + changed === 0 || !order.isApplied(outcome)) {
      await client.query('rollback')
      return outcome
    }
    await reseal(client, table, sources.cipher)
    await client.query(table.merge, [moment(order.at), order.fileHash])
    await note({ client, ...sources }, name, order, outcome)
    await client.query('commit')
    return { ...outcome, applied: true }
  } finally {
    // An open transaction ends with its connection.
    await client.end()
  }
}

/** Rows in the text format of COPY, a batch at a time: the next one is asked for when the server has taken this one. */
async function* copyLines<T>(feed: BulkFeed<T>, table: BulkTable<T>, cipher: FieldCipher): AsyncGenerator<string> {
  for await (const rows of feed) {
    if (rows.length === 0) continue
    yield rows
      .map(({ line, value }) => [line, ...table.values(value, cipher)].map(copyField).join('\t') + '\n')
      .join('')
  }
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function copyField(value: string | number | Buffer | null): string {
  if (value === null) return '\\N'
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return `\\\\x${value.toString('hex')}`
  return value.replace(/[\\\n\r\t]/g, sign => escapes[sign] ?? '')
}

async function doubledLines<T>(
  client: pg.ClientBase,
  { key }: BulkTable<T>,
): Promise<Pick<BulkOutcome, 'doubled' | 'doubledCount'>> {
  const { rows } = await client.query<{ line: number; n: number }>(
    `select line, count(*) over () as n
      from (select line, row_number() over (partition by ${key} order by line) as nth from import_stage) s
      where nth > 1 order by line limit ${MOST_DOUBLED}`,
  )
  return { doubled: rows.map(({ line }) => line), doubledCount: rows[0]?.n ?? 0 }
}

type Counts = Pick<BulkOutcome, 'added' | 'changed' | 'unchanged' | 'kept' | 'gone'>

async function readCounts<T>(client: pg.ClientBase, { counts }: BulkTable<T>): Promise<Counts> {
  const { rows } = await client.query<Counts>(counts)
  return rows[0] ?? { added: 0, changed: 0, unchanged: 0, kept: 0, gone: 0 }
}

/** Rows that lie here under another id are sealed anew for it, some at a time. */
async function reseal<T>(client: pg.ClientBase, table: BulkTable<T>, cipher: FieldCipher): Promise<void> {
  if (!table.reseal) return
  const { find, update, place } = table.reseal
  for (;;) {
    const { rows } = await client.query<Resealed>(find)
    if (rows.length === 0) return
    const sealed = rows.map(row => ({
      line: row.line,
      id: row.theirs,
      content: cipher.seal(place, row.theirs, cipher.open(place, row.id, row.content)).toString('hex'),
    }))
    await client.query(update, [JSON.stringify(sealed)])
  }
}

async function note(
  { client, cipher, newId }: Sources & { client: pg.ClientBase },
  kind: string,
  { actor, regionCode, fileHash, at }: BulkOrder,
  { added, changed, unchanged, kept, gone, ends }: Counts & Pick<BulkOutcome, 'ends'>,
): Promise<void> {
  const audit = auditIn({ client, cipher, newId, scope: () => ({ kind: 'system' }) })
  await audit.add({
    ...{ actor, action: `import.${kind}`, objectKind: 'import', objectId: fileHash, regionCode, at },
    detail: { added, changed, unchanged, kept, gone, goneInUse: ends.inUseCount },
  })
}
