import { spawnSync } from 'node:child_process'
import pg from 'pg'
import { postgresBinaries } from '../../src/runtime/postgresBinaries.ts'

/** The embedded server's version, and that of the given one. */
export async function postgresVersion(databaseUrl: string | null): Promise<string> {
  const said = spawnSync(postgresBinaries().postgres, ['--version'], { encoding: 'utf8' }).stdout
  const embedded = `PostgreSQL ${/[\d.]+/.exec(said)?.[0] ?? 'unknown'} embedded, fsync on`
  if (!databaseUrl) return embedded
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query<{ server_version: string; fsync: string }>(
    `select current_setting('server_version') as server_version, current_setting('fsync') as fsync`,
  )
  await client.end()
  return `${embedded}; given: PostgreSQL ${rows[0]?.server_version}, fsync ${rows[0]?.fsync}`
}
