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
  const sent = Array.from({ length: 24 }, () => 0)
  let killed = 0
  const residents = sent.map(async (_, n) => {
    // Goes on until some time after the second kill: both must fall into the load, however fast the machine is.
    for (let i = 0; i < 40 || killed < 2; i++) {
      const sender = `load-${n}`
      const turnId = await sendUntilAnswered(sender, `m${i}`, stop)
      if (turnId) answered.push({ sender, key: `m${i}`, turnId })
      sent[n] = i + 1
      await new Promise(resolve => setTimeout(resolve, 20))
    }
  })
  for (const pause of [300, 2500]) {
    await new Promise(resolve => setTimeout(resolve, pause))
    const pid = server.pid()
    if (pid) process.kill(pid, 'SIGKILL')
    await new Promise(resolve => setTimeout(resolve, 500))
    killed++
  }
  await Promise.all(residents)
  expect(answered).toHaveLength(sent.reduce((sum, count) => sum + count, 0))
  for (const [n, count] of sent.entries()) {
    const last = await open.store.turns.open(addressOf(`load-${n}`, `m${count - 1}`), world.now())
    expect(last.version).toBe(count)
    const told = answered.find(({ sender, key }) => sender === `load-${n}` && key === `m${count - 1}`)
    expect(last.stored?.turnId).toBe(told?.turnId)
  }
}, 90_000)
