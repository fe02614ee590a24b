import type { World } from '../domain/world.ts'
import { ConfigError, readConfig } from './config.ts'
import { DirectoryInUse } from './embeddedPostgres.ts'
import { eventLog, openLog } from './log.ts'
import { openDatabase, type Database } from './openDatabase.ts'
import { realWorld } from './realWorld.ts'

/** One command on the database of this environment, which is closed afterwards. */
export async function onDatabase(run: (database: Database, world: World) => Promise<number>): Promise<number> {
  const world = realWorld()
  const config = readConfig(process.env)
  // Lists and passwords have stdout for themselves, warnings apart.
  const log = openLog(config.logLevel === 'info' ? 'warn' : config.logLevel)
  const database = await openDatabase(config, world, { log, events: eventLog(log, world) })
  try {
    return await run(database, world)
  } finally {
    await database.close()
  }
}

/** Why a command could not do its work, for whoever called it; null: a mistake of ours, to be thrown on. */
export function whyNot(
  error: unknown,
): { why: 'config' | 'inUse' | 'failed'; values: Record<string, string | number> } | null {
  if (error instanceof ConfigError) return { why: 'config', values: { message: error.message } }
  if (error instanceof DirectoryInUse) return { why: 'inUse', values: { pid: error.holder } }
  return isFromOutside(error) ? { why: 'failed', values: { message: error.message } } : null
}

/** Errors of network, disk and database carry a code of their own; what has none is a mistake of ours, with its trace. */
function isFromOutside(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}
