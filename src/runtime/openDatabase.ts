import path from 'node:path'
import type { World } from '../domain/world.ts'
import { dataKeysOf } from '../store/dataKeys.ts'
import type { FieldCipher } from '../store/fieldCipher.ts'
import { migrate, type Connection } from '../store/migrate.ts'
import { openStore, type OpenStore } from '../store/openStore.ts'
import type { Config } from './config.ts'
import { openEmbeddedPostgres } from './embeddedPostgres.ts'
import { openFieldCipher } from './fieldCipher.ts'
import { makeKeyFile, readKeyFile } from './keys.ts'
import type { EventLog, Log } from './log.ts'
import { projectRoot } from './root.ts'

export interface Database {
  connection: Connection
  cipher: FieldCipher
  kept: OpenStore
  /** Closes the store, then the server if it is ours. */
  close(): Promise<void>
}

const migrationsDir = path.join(projectRoot, 'src/store/migrations')

/** The embedded server, or the one of DATABASE_URL; migrated and opened. */
export async function openDatabase(
  config: Config,
  world: World,
  { log, events }: { log: Log; events: EventLog },
): Promise<Database> {
  const server = await reach(config, log)
  try {
    const ran = await migrate(server.connection, migrationsDir)
    if (ran.length > 0) log.info({ migrations: ran }, 'database migrated')
    const master = readKeyFile(keyFile(config))
    const dataKeys = dataKeysOf(server.connection)
    const cipher = await openFieldCipher({ master, dataKeys, algorithm: config.cipher })
    const kept = openStore({ connection: server.connection, cipher, world, log: events })
    const close = async () => {
      await kept.close()
      await server.stop()
    }
    return { connection: server.connection, cipher, kept, close }
  } catch (error) {
    await server.stop()
    throw error
  }
}

/** Runs the migrations alone, for deployments that do so before the new version starts. */
export async function migrateOnly(config: Config, log: Log): Promise<string[]> {
  const server = await reach(config, log)
  try {
    return await migrate(server.connection, migrationsDir)
  } finally {
    await server.stop()
  }
}

async function reach(config: Config, log: Log): Promise<{ connection: Connection; stop(): Promise<void> }> {
  if (config.databaseUrl) return { connection: { connectionString: config.databaseUrl }, stop: async () => undefined }
  makeKeyFile(keyFile(config))
  return openEmbeddedPostgres({
    dir: path.resolve(config.dataDir, 'postgres'),
    log: line => log.debug({ line }, 'postgres'),
  })
}

function keyFile(config: Config): string {
  return config.keyFile ?? path.resolve(config.dataDir, 'nuanxin.key')
}
