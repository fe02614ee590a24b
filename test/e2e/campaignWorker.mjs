// One worker of campaigns as a process of its own, from the built service, so that it can be killed. Reads its order as JSON
// from the environment: database, keys, the moment at which its clock begins, and where it ends itself, if anywhere.
import { makeCampaignWork } from '../../dist/app/campaigns/campaignWork.js'
import { readConfig } from '../../dist/runtime/config.js'
import { openFieldCipher } from '../../dist/runtime/fieldCipher.js'
import { loadKnowledge } from '../../dist/runtime/knowledge.js'
import { realWorld } from '../../dist/runtime/realWorld.js'
import { appParts } from '../../dist/runtime/wireApp.js'
import { dataKeysOf } from '../../dist/store/dataKeys.js'
import { openStore } from '../../dist/store/openStore.js'

const { connection, master, start, crash } = JSON.parse(process.env['CAMPAIGN_WORKER'] ?? '{}')
const begun = performance.now()
const world = { ...realWorld(), now: () => start + Math.round(performance.now() - begun) }
const keys = Object.fromEntries(Object.entries(master).map(([name, hex]) => [name, Buffer.from(hex, 'hex')]))
const cipher = await openFieldCipher({ master: keys, dataKeys: dataKeysOf(connection), algorithm: 'aes' })
const kept = openStore({ connection, cipher, world, log: () => undefined })
const passed = new Map()
const parts = appParts(readConfig({}), loadKnowledge(process.cwd()), {
  ...{ store: kept.store, world, wake: { outbox: () => undefined, timers: () => undefined } },
  report: error => {
    throw error
  },
})
const work = makeCampaignWork({
  ...parts,
  crash: point => {
    passed.set(point, (passed.get(point) ?? 0) + 1)
    if (crash?.point === point && crash.time === passed.get(point)) process.kill(process.pid, 'SIGKILL')
  },
})
process.stdout.write('begun\n')
while (await work.round());
await kept.close()
