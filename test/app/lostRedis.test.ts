import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeTaskDesk } from '../../src/app/tasks/taskDesk.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { openTask, taskCreated } from '../../src/domain/taskState.ts'
import { shanghaiDate, type LocalDate } from '../../src/domain/world.ts'
import { openQueues, type QueueFactory } from '../../src/jobs/queues.ts'
import { startWorkers, type Workers } from '../../src/jobs/startWorkers.ts'
import { openWake } from '../../src/jobs/wake.ts'
import { realWorld } from '../../src/runtime/realWorld.ts'
import { hasRedis, startRedis, type OwnServer } from '../e2e/servers.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

/*
 * Two workers on one PostgreSQL and one Redis that loses all it has, again and again, while tasks run from their first lease to
 * the county: each reminder, each level, each end of a lease and each digest happens, and happens once.
 */

const installed = hasRedis()
if (!installed && process.env['REQUIRE_ALL'] === '1') throw new Error('redis-server is not installed')

const HOUR = 3_600_000
const VILLAGE = '420702104212'
const MONDAY = Date.parse('2026-11-23T09:00:00+08:00')
/** The clock runs, and is set forward from stage to stage. */
const real = realWorld()
let setForward = MONDAY - real.now()
const world = { ...real, now: () => real.now() + setForward }

let database: TestDatabase
let redis: OwnServer
let eraser: Redis
let factories: QueueFactory[]
let workers: Workers[]
let instances: Instance[]
const officers: Officer[] = []
const sent: string[] = []
let erasures = 0
/** Working days on which the workers were at it. */
const visited = new Set(['2026-11-23'])

beforeAll(async () => {
  if (!installed) return
  database = await testDatabase()
  redis = await startRedis()
  eraser = new Redis(redis.url, { protocol: 2 })
  instances = [openInstance(database, world), openInstance(database, world)]
  factories = instances.map(() => openQueues({ redisUrl: redis.url }, () => undefined))
  workers = instances.map((instance, n) =>
    startOne(instance, factories[n] ?? openQueues({ redisUrl: redis.url }, () => undefined)),
  )
  for (const [name, role, place] of [
    ['village', 'village', VILLAGE],
    ['town', 'town', '420702104'],
    ['county', 'county', '420702'],
  ] as const) {
    const officer = await one().appoint(name, role, place)
    await one().say(`chat-of-${name}`, '你好')
    await one().kept.officers.bind({
      channel: 'web',
      sender: `chat-of-${name}`,
      officerId: officer.id,
      at: world.now(),
    })
    officers.push(officer)
  }
})
afterAll(async () => {
  if (!installed) return
  await Promise.all(workers.map(worker => worker.close()))
  await Promise.all(factories.map(factory => factory.close()))
  eraser.disconnect()
  await redis.stop()
  await database.close()
})

const one = (): Instance => {
  const [first] = instances
  if (!first) throw new Error('no instance')
  return first
}

function startOne({ kept, parts, app }: Instance, factory: QueueFactory): Workers {
  const wake = openWake({ outbox: factory.producer('outbox'), timers: factory.producer('timers') }, () => undefined)
  return startWorkers(factory, {
    outbox: kept.outbox,
    timers: kept.timers,
    senders: {
      web: {
        channel: 'web',
        send: async ({ dedupeKey }) => {
          sent.push(dedupeKey)
          return { status: 'sent', providerId: null }
        },
      },
    },
    ...{ app, wake, world, tasks: makeTaskDesk(parts).work },
    crash: () => undefined,
    text: key => key,
    log: () => undefined,
  })
}

async function newTask(): Promise<string> {
  const id = randomUUID()
  const task = openTask({
    ...{ id, source: 'halfFilledCase', regionCode: VILLAGE, applicationId: null, summary: '群众要求人工服务' },
    ...{ promiseDue: '2026-11-25', createdAt: world.now() },
  })
  await one().parts.store.transaction({ kind: 'system' }, tx =>
    tx.tasks.insert(task, taskCreated(task, { kind: 'system' })),
  )
  return id
}

async function erase(): Promise<void> {
  await eraser.flushall()
  erasures++
}

const count = async (sql: string): Promise<number> => Number((await database.sql(sql))[0]?.['n'])
const at = () => `timestamptz '${new Date(world.now()).toISOString()}'`
const dueNow = () => count(`select count(*) as n from task where look_at <= ${at()}`)
const unsent = () =>
  count(`select count(*) as n from outbox where status in ('created', 'sending') and not_before <= ${at()}`)

/** Sets the clock forward, and lets the workers come after it while Redis forgets. */
async function until(moment: number): Promise<void> {
  await erase()
  setForward += Math.max(0, moment - world.now())
  const today = shanghaiDate(world.now())
  if (isWeekday(today)) visited.add(today)
  await expect
    .poll(
      async () => {
        await erase()
        return (await dueNow()) + (await unsent())
      },
      { timeout: 60_000, interval: 700 },
    )
    .toBe(0)
}

/** There is no holiday in this week. */
const isWeekday = (day: LocalDate) => ![0, 6].includes(new Date(day).getUTCDay())

/** When the clock of any task has something to do next. */
async function nextLook(): Promise<number | null> {
  const [row] = await database.sql('select min(look_at) as at from task where look_at is not null')
  const next = row?.['at']
  return next instanceof Date ? next.getTime() : typeof next === 'number' ? next : null
}

async function logOf(id: string): Promise<string[]> {
  const [, , county] = officers
  const found = county ? await one().app.officer.task(county, id) : null
  return found?.ok ? found.value.lines.map(({ action: { event } }) => event.type) : []
}

test.skipIf(!installed)(
  'Redis forgets everything between and within the stages, and nothing is lost or done twice',
  { timeout: 300_000 },
  async () => {
    const ids = [await newTask(), await newTask(), await newTask()]
    const [held = '', ...others] = ids
    const [village] = officers
    if (!village) throw new Error('no officer')
    expect((await one().app.officer.lease(village, held, null)).ok).toBe(true)

    const end = MONDAY + 5 * 24 * HOUR
    let stages = 0
    for (let next = await nextLook(); next !== null && next < end; next = await nextLook(), stages++) {
      await until(next + 1_000)
    }
    await until(end)

    expect(stages).toBeGreaterThanOrEqual(5)
    expect(erasures).toBeGreaterThan(2 * stages)
    for (const id of others)
      expect(await logOf(id)).toEqual(['created', 'reminded', 'reminded', 'escalated', 'escalated'])
    const log = await logOf(held)
    expect(log.filter(type => type === 'leaseEnded')).toHaveLength(1)
    expect(log.filter(type => type === 'reminded')).toHaveLength(2)
    expect(log.filter(type => type === 'escalated')).toHaveLength(2)
    expect(new Set(sent).size).toBe(sent.length)
    const mornings = sent.filter(key => key.startsWith(`digest:${village.id}:`)).map(key => key.slice(-10))
    expect(mornings.toSorted()).toEqual([...visited].toSorted())
    const [, town, county] = officers
    for (const id of ids) {
      for (const who of [town, county])
        expect(sent.filter(key => key.startsWith(`task:${id}`) && key.endsWith(who?.id ?? '-'))).toHaveLength(1)
    }
    expect(await count(`select count(*) as n from outbox where status <> 'sent'`)).toBe(0)
  },
)
