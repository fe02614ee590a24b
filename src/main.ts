import { ConfigError, readConfig } from './runtime/config.ts'
import { eventLog, openLog } from './runtime/log.ts'
import { migrateOnly, openDatabase } from './runtime/openDatabase.ts'
import { realWorld } from './runtime/realWorld.ts'
import { isRole, startService, type Role } from './runtime/startService.ts'

/** `--role web|worker|all`; all when nothing is said. */
function roleFrom(args: readonly string[]): Role {
  const at = args.findIndex(arg => arg === '--role' || arg.startsWith('--role='))
  const role = at < 0 ? 'all' : (args[at]?.split('=')[1] ?? args[at + 1] ?? '')
  if (!isRole(role)) throw new ConfigError(`--role: expected web, worker or all, not ${role || 'nothing'}`)
  return role
}

async function main(): Promise<void> {
  if (process.argv[2] === 'migrate') return migrateAlone()
  if (process.argv[2] === 'positions') return printPositions()
  const role = roleFrom(process.argv.slice(2))
  const service = await startService(readConfig(process.env), role)
  let stopping = false
  const stop = async (): Promise<void> => {
    if (stopping) return
    stopping = true
    await service.stop()
    process.exitCode = 0
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop())
}

/** `node dist/main.js migrate`: before a new version starts. Says what it ran. */
async function migrateAlone(): Promise<void> {
  const config = readConfig(process.env)
  const ran = await migrateOnly(config, openLog(config.logLevel))
  process.stdout.write(ran.length > 0 ? `migrated: ${ran.join(', ')}\n` : 'nothing to migrate\n')
}

/** `node dist/main.js positions`: where people stand in their flows, as JSON for `flows:publish`. Names nobody. */
async function printPositions(): Promise<void> {
  const log = openLog('silent')
  const world = realWorld()
  const database = await openDatabase(readConfig(process.env), world, { log, events: eventLog(log, world) })
  try {
    process.stdout.write(`${JSON.stringify(await database.kept.flowPositions(), null, 2)}\n`)
  } finally {
    await database.close()
  }
}

main().catch((error: unknown) => {
  // One clear line for a mistake in the settings; everything else is ours, with its trace.
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  )
  process.exit(1)
})
