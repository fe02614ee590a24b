import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Connection } from '../../src/store/migrate.ts'
import { openLiveFeed, type LiveMessage } from '../../src/store/liveFeed.ts'
import { testDatabase, type TestDatabase } from './database.ts'
import { addressOf, turnAfter } from './turns.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db?.close())

/** A line to the database that can be cut: while it is, whoever calls is hung up on. */
async function cuttableLine(owner: Connection) {
  const { host, port, ...who } = reached(owner)
  const open = new Set<Socket>()
  const state = { cut: false, calls: 0 }
  const server = createServer(near => {
    state.calls++
    near.on('error', () => near.destroy())
    if (state.cut) return void near.destroy()
    const far = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host)
    far.on('error', () => near.destroy())
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one)
      one.on('close', () => other.destroy())
    }
    near.pipe(far).pipe(near)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address() as AddressInfo
  return {
    state,
    connection: { ...who, host: '127.0.0.1', port: address.port },
    cut: () => {
      state.cut = true
      for (const socket of open) socket.destroy()
      open.clear()
    },
    close: () => {
      for (const socket of open) socket.destroy()
      server.close()
    },
  }
}

function reached({ connectionString, ...owner }: Connection) {
  if (connectionString === undefined) return { ...owner, host: owner.host ?? '', port: owner.port ?? 5432 }
  const url = new URL(connectionString)
  return {
    host: url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: url.pathname.slice(1),
  }
}

test('while the database is away one process calls it in one row, and hears it again afterwards once', async () => {
  const line = await cuttableLine(db.owner)
  const feed = await openLiveFeed({
    connection: line.connection,
    cipher: db.cipher,
    log: () => undefined,
    reconnectMs: 50,
  })
  const heard: LiveMessage[] = []
  const open = db.open()
  const address = addressOf('live', 'm1')
  const opened = await open.store.turns.open(address, db.world.now())
  feed.subscribe(opened.resident.id, message => heard.push(message))

  line.cut()
  line.state.calls = 0
  await sleep(1_000)
  // One try each 50 ms; tries that beget tries would be thousands by now.
  expect(line.state.calls).toBeGreaterThan(2)
  expect(line.state.calls).toBeLessThan(25)

  line.state.cut = false
  await sleep(500)
  await open.store.turns.commit(turnAfter(opened, address, db.world, { delivery: 'outbox' }))
  const [id = ''] = await open.outbox.ready(db.world.now(), 1)
  const taken = await open.outbox.take(id, db.world.now())
  if (!taken) throw new Error('the message is not there')
  await feed.announce(taken)
  await sleep(300)
  expect(heard.map(message => message.id)).toEqual([id])
  await feed.close()
  line.close()
})

test('closing while the database is away does not wait for it', async () => {
  const line = await cuttableLine(db.owner)
  const feed = await openLiveFeed({ connection: line.connection, cipher: db.cipher, log: () => undefined })
  line.cut()
  await sleep(100)
  await feed.close()
  line.close()
})
