import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEmbeddedPostgres, type EmbeddedPostgres } from '../../src/runtime/embeddedPostgres.ts'
import { openFieldCipher, passingMasterKeys } from '../../src/runtime/fieldCipher.ts'
import { realWorld } from '../../src/runtime/realWorld.ts'
import { dataKeysOf } from '../../src/store/dataKeys.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openStore, type OpenStore } from '../../src/store/openStore.ts'
import { migrationsDir } from './database.ts'
import { addressOf, turnAfter } from './turns.ts'

const world = realWorld()
let dir: string
let server: EmbeddedPostgres
let open: OpenStore
beforeAll(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'nx-'))
  server = await openEmbeddedPostgres({ dir, log: () => undefined })
  await migrate(server.connection, migrationsDir)
  const dataKeys = dataKeysOf(server.connection)
  const cipher = await openFieldCipher({ master: passingMasterKeys(), dataKeys, algorithm: 'aes' })
  open = openStore({ connection: server.connection, cipher, world, log: () => undefined })
})
afterAll(async () => {
  await open?.close()
  await server?.stop()
  rmSync(dir, { recursive: true, force: true })
})

/** Sends as WeChat does: again and again under the same key until it is answered. */
async function sendUntilAnswered(sender: string, key: string, stop: { at: number }): Promise<string | null> {
  const address = addressOf(sender, key)
  while (world.now() < stop.at) {
    try {
      const opened = await open.store.turns.open(address, world.now())
      if (opened.stored) return opened.stored.turnId
      const turn = turnAfter(opened, address, world)
      if ((await open.store.turns.commit(turn)) === 'committed') return turn.turnId
    } catch {
      await new Promise(resolve => setTimeout(resolve, 100)) // the server is away
    }
  }
  return null
}

test('a server killed twice under load loses nothing that was answered and doubles nothing', async () => {
  const stop = { at: world.now() + 45_000 }
  const answered: { sender: string; key: string; turnId: string }[] = []
  const residents = Array.from({ length: 24 }, async (_, n) => {
    for (let i = 0; i < 40; i++) {
      const sender = `load-${n}`
      const turnId = await sendUntilAnswered(sender, `m${i}`, stop)
      if (turnId) answered.push({ sender, key: `m${i}`, turnId })
      await new Promise(resolve => setTimeout(resolve, 20))
    }
  })
  for (const pause of [300, 2500]) {
    await new Promise(resolve => setTimeout(resolve, pause))
    const pid = server.pid()
    if (pid) process.kill(pid, 'SIGKILL')
  }
  await Promise.all(residents)
  expect(answered).toHaveLength(24 * 40)
  for (let n = 0; n < 24; n++) {
    const last = await open.store.turns.open(addressOf(`load-${n}`, 'm39'), world.now())
    expect(last.version).toBe(40)
    expect(last.stored?.turnId).toBe(
      answered.find(({ sender, key }) => sender === `load-${n}` && key === 'm39')?.turnId,
    )
  }
}, 90_000)
