// `node makeDemoData.mjs FOLDER PASSWORD`: the data of a first start, before a worker has touched them. The built service
// makes them as always; only the demo's passwords are stored at the lowest cost there is, for tests log in hundreds of times.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { readConfig } from '../../dist/runtime/config.js'
import { demoOfficers } from '../../dist/runtime/demo/officers.js'
import { eventLog, openLog } from '../../dist/runtime/log.js'
import { openDatabase } from '../../dist/runtime/openDatabase.js'
import { hashPassword } from '../../dist/runtime/password.js'
import { realWorld } from '../../dist/runtime/realWorld.js'
import { startService } from '../../dist/runtime/startService.js'

const [folder = '', password = ''] = process.argv.slice(2)
const settings = { DATA_DIR: folder, NUANXIN_DEMO_PASSWORD: password, PORT: '0', LOG_LEVEL: 'warn' }
const config = readConfig(settings)

/** The cost stands in the hash, so the service checks it like any other. */
const CHEAP = { ln: 4, r: 8, p: 1 }

async function storeOfficers() {
  const log = openLog(config.logLevel)
  const world = realWorld()
  const { kept, close } = await openDatabase(config, world, { log, events: eventLog(log, world) })
  const passwordHash = await hashPassword(password, CHEAP)
  for (const officer of demoOfficers)
    await kept.officers.upsert({ officer, passwordHash, totpSecret: null, at: world.now() })
  const logins = demoOfficers.map(({ username }) => ({ username, password }))
  writeFileSync(path.join(folder, 'demo-logins.json'), JSON.stringify(logins), { mode: 0o600 })
  await close()
}

await storeOfficers()
const service = await startService(config, 'web')
await service.stop()
