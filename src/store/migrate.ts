import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'

/** How PostgreSQL is reached: the fields of node-postgres that this service uses. */
export interface Connection {
  connectionString?: string
  host?: string
  port?: number
  user?: string
  password?: string
  database?: string
}

interface Migration {
  version: number
  name: string
  sql: string
  checksum: string
}

/** One number for all instances that migrate the same database; any constant of our own. */
const MIGRATION_LOCK = 7_301_160_801
/** Views with `security_invoker`, and `public` closed by default. */
const OLDEST_SERVER = 150_000

/** The forward-only SQL files of a folder, in order. Throws when a number is missing or doubled. */
export function readMigrations(dir: string): Migration[] {
  const files = readdirSync(dir).filter(file => file.endsWith('.sql'))
  return files.sort().map((file, i) => {
    const version = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(file)?.[1])
    if (version !== i + 1) throw new Error(`${file}: expected migration ${String(i + 1).padStart(4, '0')}`)
    const sql = readFileSync(path.join(dir, file), 'utf8')
    return { version, name: file, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}

/**
 * Brings the database to the newest version: one transaction for each file, one instance at a time. Answers the names of
 * the files that were run. Refuses a file that changed after it ran, and a database that is newer than this program.
 */
export async function migrate(owner: Connection, dir: string): Promise<string[]> {
  const migrations = readMigrations(dir)
  const client = new pg.Client({ ...owner, application_name: 'nuanxin migrate' })
  let lost: Error | null = null
  client.on('error', error => {
    lost = error // the statement in progress fails as well and ends the run
  })
  await client.connect()
  try {
    await prepare(client)
    return await runMissing(client, migrations)
  } catch (cause) {
    throw lost ? new Error('The database went away during the migration', { cause }) : cause
  } finally {
    await client.end()
  }
}

async function prepare(client: pg.Client): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
  const server = await client.query<{ n: number }>(`select current_setting('server_version_num')::int as n`)
  if ((server.rows[0]?.n ?? 0) < OLDEST_SERVER) throw new Error('PostgreSQL 15 or later is needed.')
  await client.query(`
    create schema if not exists nuanxin;
    set search_path = nuanxin;
    create table if not exists schema_migration (
      version int primary key,
      name text not null,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`)
}

async function runMissing(client: pg.Client, migrations: Migration[]): Promise<string[]> {
  const done = await client.query<{ version: number; name: string; checksum: string }>(
    'select version, name, checksum from schema_migration order by version',
  )
  for (const { version, name, checksum } of done.rows) {
    const ours = migrations[version - 1]
    if (!ours) throw new Error(`The database is newer than this program: ${name}`)
    if (ours.checksum !== checksum) throw new Error(`${ours.name} changed after it ran. Add a new migration instead.`)
  }
  const missing = migrations.slice(done.rows.length)
  for (const migration of missing) await run(client, migration)
  return missing.map(({ name }) => name)
}

async function run(client: pg.Client, { version, name, sql, checksum }: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(sql)
    await client.query('insert into schema_migration (version, name, checksum) values ($1, $2, $3)', [
      version,
      name,
      checksum,
    ])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    throw new Error(`Migration ${name} failed; nothing of it remains`, { cause })
  }
}
