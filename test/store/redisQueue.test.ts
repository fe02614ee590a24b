import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TakenMessage } from '../../src/app/ports.ts'
import type { JobParts } from '../../src/jobs/parts.ts'
import { openQueues, type QueueFactory } from '../../src/jobs/queues.ts'
import { startWorkers } from '../../src/jobs/startWorkers.ts'
import { openWake } from '../../src/jobs/wake.ts'
import { realWorld } from '../../src/runtime/realWorld.ts'

const installed = spawnSync('redis-server', ['--version']).status === 0
if (!installed && process.env['REQUIRE_ALL'] === '1') throw new Error('redis-server is not installed')

const world = realWorld()
let dir: string
let url: string
let redis: ChildProcess
let factory: QueueFactory

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

beforeAll(async () => {
  if (!installed) return
  dir = mkdtempSync(path.join(os.tmpdir(), 'nx-redis-'))
  const port = await freePort()
  url = `redis://127.0.0.1:${port}`
  redis = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--save', ''], {
    stdio: 'ignore',
  })
  factory = openQueues({ redisUrl: url }, () => undefined)
})
afterAll(async () => {
  await factory?.close()
  redis?.kill('SIGKILL')
  if (dir) rmSync(dir, { recursive: true, force: true })
})

/** An outbox of plain ids in memory: what is proven here is the way through Redis. */
function partsOver(created: Set<string>, sent: string[]): Omit<JobParts, 'wake'> {
  const message = (id: string): TakenMessage => ({
    id,
    residentId: id,
    channel: 'web',
    sender: 's',
    replies: [],
    dedupeKey: id,
    critical: false,
    status: 'sending',
    attempts: 1,
    notBefore: 0,
    createdAt: 0,
    tried: [],
  })
  return {
    outbox: {
      ready: async (_at, _limit, channels) => (channels && !channels.includes('web') ? [] : [...created]),
      channelOf: async id => (created.has(id) ? 'web' : null),
      take: async id => (created.delete(id) ? message(id) : null),
      nextOf: async () => null,
      sent: async ({ id }) => void sent.push(id),
      finish: async () => undefined,
      retry: async () => undefined,
      otherWay: async () => false,
      timeOut: async () => ({ again: 0, failed: 0, undeliverable: 0 }),
      untold: async () => [],
      told: async () => undefined,
      notReceived: async () => [],
      settleReceipts: async () => 0,
    },
    timers: { claimDue: async () => [], settle: async () => undefined },
    senders: { web: { channel: 'web', send: async () => ({ status: 'sent', providerId: null }) } },
    app: {
      fireTimer: async () => undefined,
      outbox: { sent: async () => undefined, undeliverable: async () => undefined },
    },
    world,
    crash: () => undefined,
    text: key => key,
    log: () => undefined,
  }
}

test.skipIf(!installed)(
  'messages are woken over Redis, and sent without it while it is frozen or gone',
  async () => {
    const created = new Set<string>()
    const sent: string[] = []
    const producers = { outbox: factory.producer('outbox'), timers: factory.producer('timers') }
    const wake = openWake(producers, () => undefined)
    const workers = startWorkers(factory, { ...partsOver(created, sent), wake })
    try {
      created.add('woken')
      await expect.poll(() => (wake.outbox(['woken']), sent), { timeout: 5000, interval: 200 }).toEqual(['woken'])
      created.add('swept')
      await expect.poll(() => sent, { timeout: 8000 }).toEqual(['woken', 'swept'])

      redis.kill('SIGSTOP')
      created.add('frozen')
      const before = world.now()
      wake.outbox(['frozen'])
      expect(world.now() - before).toBeLessThan(50)
      await expect.poll(() => sent, { timeout: 20_000 }).toContain('frozen')

      redis.kill('SIGCONT')
      redis.kill('SIGKILL')
      created.add('gone')
      await expect.poll(() => sent, { timeout: 20_000 }).toContain('gone')
      expect(sent).toEqual(['woken', 'swept', 'frozen', 'gone'])
    } finally {
      await workers.close()
      await wake.flush()
      await producers.outbox.close()
      await producers.timers.close()
    }
  },
  90_000,
)
