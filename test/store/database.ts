import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { World } from '../../src/domain/world.ts'
import { openEmbeddedPostgres } from '../../src/runtime/embeddedPostgres.ts'
import { openFieldCipher, passingMasterKeys } from '../../src/runtime/fieldCipher.ts'
import { realWorld } from '../../src/runtime/realWorld.ts'
import { dataKeysOf } from '../../src/store/dataKeys.ts'
import type { CipherAlgorithm, FieldCipher } from '../../src/store/fieldCipher.ts'
import { migrate, type Connection } from '../../src/store/migrate.ts'
import { openStore, type OpenStore, type OpenStoreOptions } from '../../src/store/openStore.ts'

export const migrationsDir = path.resolve(import.meta.dirname, '../../src/store/migrations')

export interface TestDatabase {
  /** The owner: makes roles and tables, and is no measure of what the service may see. */
  owner: Connection
  cipher: FieldCipher
  world: World
  /** Opens a store on this database; several are several instances of the service. All are closed by `close`. */
  open(options?: Partial<Pick<OpenStoreOptions, 'world' | 'log' | 'workers' | 'lanes'>>): OpenStore
  /** Runs one statement as the owner. */
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

/**
 * A migrated, empty database: on a server of its own from the embedded binaries or, with TEST_DATABASE_URL, a new database
 * on that server. Call `close` in the end.
 */
export async function testDatabase(algorithm: CipherAlgorithm = 'aes'): Promise<TestDatabase> {
  const place = await emptyDatabase()
  try {
    await migrate(place.owner, migrationsDir)
    const dataKeys = dataKeysOf(place.owner)
    const cipher = await openFieldCipher({ master: passingMasterKeys(), dataKeys, algorithm })
    return onDatabase(place, cipher)
  } catch (error) {
    await place.remove()
    throw error
  }
}

interface Place {
  owner: Connection
  remove(): Promise<void>
}

/** A database without any table. */
export async function emptyDatabase(): Promise<Place> {
  const url = process.env['TEST_DATABASE_URL']
  return url ? databaseOn(url) : embedded()
}

async function embedded(): Promise<Place> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'nx-'))
  const server = await openEmbeddedPostgres({ dir, log: () => undefined })
  return {
    owner: server.connection,
    remove: async () => {
      await server.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

async function databaseOn(url: string): Promise<Place> {
  const name = `nx_test_${randomBytes(6).toString('hex')}`
  const at = new URL(url)
  at.pathname = `/${name}`
  const server = { connectionString: url }
  await asOwner(server, client => client.query(`create database ${name}`))
  return {
    owner: { connectionString: at.href },
    remove: () => asOwner(server, client => client.query(`drop database ${name} with (force)`)).then(() => undefined),
  }
}

/** Row-level security holds for the owner too, unless he is a superuser: he looks with the eyes of the system. */
async function asOwner<T>(connection: Connection, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...connection, options: '-c search_path=nuanxin -c app.system=on' })
  await client.connect()
  try {
    return await run(client)
  } finally {
    await client.end()
  }
}

function onDatabase(place: Place, cipher: FieldCipher): TestDatabase {
  const opened: OpenStore[] = []
  const world = realWorld()
  return {
    owner: place.owner,
    cipher,
    world,
    open: options => {
      const store = openStore({ connection: place.owner, cipher, world, log: () => undefined, ...options })
      opened.push(store)
      return store
    },
    sql: (text, values) => asOwner(place.owner, async client => (await client.query(text, values)).rows),
    close: async () => {
      await Promise.all(opened.map(store => store.close()))
      await place.remove()
    },
  }
}
