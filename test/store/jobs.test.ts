/* Over 400 lines: every rule of the outbox meets the same store and the same senders. */
import type { Pool } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { MessageSender, OutboxMessage, SendFailure, SendOutcome } from '../../src/app/ports.ts'
import { migrateQueueTables, openQueues, type QueueFactory } from '../../src/jobs/queues.ts'
import { outboxJob } from '../../src/jobs/outbox.ts'
import { lanes, openLanes } from '../../src/jobs/lanes.ts'
import type { JobParts } from '../../src/jobs/parts.ts'
import { jobs, queueNames } from '../../src/jobs/registry.ts'
import { startWorkers } from '../../src/jobs/startWorkers.ts'
import { sweep } from '../../src/jobs/sweep.ts'
import { fireDue } from '../../src/jobs/timers.ts'
import { openWake } from '../../src/jobs/wake.ts'
import { frozenWorld } from '../../src/domain/world.ts'
import type { OpenStore } from '../../src/store/openStore.ts'
import { migrateQueue, openQueuePool } from '../../src/store/queuePool.ts'
import { testDatabase, type TestDatabase } from './database.ts'
import { addressOf, turnAfter } from './turns.ts'

let db: TestDatabase
let pool: Pool
let open: OpenStore
let factory: QueueFactory
beforeAll(async () => {
  db = await testDatabase()
  await migrateQueue(db.owner, migrateQueueTables)
  pool = openQueuePool(db.owner, 12, () => undefined)
  factory = openQueues({ pool }, () => undefined)
  open = db.open()
})
afterAll(async () => {
  await factory?.close()
  await pool?.end()
  await db?.close()
})

const failure = (retry: SendFailure['retry'], mayHaveArrived = false): SendOutcome => ({
  status: 'failed',
  failure: { name: 'test', retry, alert: false, tell: '测试', mayHaveArrived },
  detail: '',
})
const sentOk: SendOutcome = { status: 'sent', providerId: 'p' }

let world = frozenWorld()
let received: OutboxMessage[]
let answers: SendOutcome[]
let told: string[]
beforeEach(async () => {
  await db.sql('delete from outbox')
  await db.sql('delete from timer')
  world = frozenWorld()
  received = []
  answers = []
  told = []
})

test('a sweep carries the clock of tasks and the mornings, batch by batch, and a fault of theirs stops nothing else', async () => {
  const asked: string[] = []
  const looked = [100, 100, 7]
  const tasks = {
    look: async (limit: number) => {
      asked.push(`look ${limit}`)
      return looked.shift() ?? 0
    },
    digests: async (limit: number) => {
      asked.push(`digests ${limit}`)
      throw new Error('no morning')
    },
  }
  const logged: string[] = []
  await sweep(parts({ tasks, cards: { send: async () => void asked.push('cards') }, log: event => logged.push(event) }))
  expect(asked).toEqual(['look 100', 'look 100', 'look 100', 'digests 100', 'cards'])
  expect(logged).toEqual(['taskClock.failed'])
})

test('an afternoon that cannot be told of keeps no visit from being planned, and the other way round', async () => {
  const asked: string[] = []
  const logged: string[] = []
  const doing = (name: string, fails: boolean) => async () => {
    asked.push(name)
    if (fails) throw new Error(name)
    return 0
  }
  for (const remindFails of [true, false]) {
    const care = { remind: doing('remind', remindFails), plan: doing('plan', !remindFails) }
    await sweep(parts({ care, log: event => logged.push(event) }))
  }
  expect(asked).toEqual(['remind', 'plan', 'remind', 'plan'])
  expect(logged).toEqual(['careReminders.failed', 'carePlan.failed'])
})

function parts(more: Partial<JobParts> = {}): JobParts {
  const web: MessageSender = {
    channel: 'web',
    send: async message => {
      received.push(message)
      return answers.shift() ?? sentOk
    },
  }
  return {
    outbox: open.outbox,
    timers: open.timers,
    senders: { web },
    app: {
      fireTimer: async ({ name }) => void told.push(`timer ${name}`),
      outbox: {
        sent: async ({ id }) => void told.push(`sent ${id}`),
        undeliverable: async ({ id }) => void told.push(`undeliverable ${id}`),
      },
    },
    wake: { outbox: () => undefined, timers: () => undefined },
    world,
    crash: () => undefined,
    text: key => key,
    log: () => undefined,
    ...more,
  }
}

let residents = 0
async function newResident(): Promise<string> {
  const address = addressOf(`job-${++residents}`, 'm')
  return (await open.store.turns.open(address, world.now())).resident.id
}

async function post(id: string, residentId: string, critical = false) {
  const at = world.now()
  const replies = [{ id: 'r', kind: 'text' as const, text: id }]
  const message = {
    id,
    residentId,
    channel: 'web' as const,
    sender: 's',
    replies,
    dedupeKey: id,
    critical,
    notBefore: at,
    createdAt: at,
  }
  return open.store.transaction({ kind: 'system' }, tx => tx.outbox.add(message))
}
const statusOf = async (id: string) => (await db.sql('select status from outbox where id = $1', [id]))[0]?.['status']

test('every queue has a worker', () => {
  expect(Object.keys(jobs).sort()).toEqual([...queueNames].sort())
})

test('a message goes out once, however often its worker is woken', async () => {
  await post('a', await newResident())
  await Promise.all([1, 2, 3].map(() => outboxJob.run(parts(), { id: 'a' })))
  await outboxJob.run(parts(), {})
  expect(received.map(({ id }) => id)).toEqual(['a'])
  expect(await statusOf('a')).toBe('sent')
  expect(told).toEqual(['sent a'])
})

test('the same cause posts one message', async () => {
  const resident = await newResident()
  expect(await post('a', resident)).toBe(true)
  expect(await post('a', resident).catch(() => false)).toBe(false)
})

test('the messages of one resident keep their order, also when the second is woken first', async () => {
  const resident = await newResident()
  for (const id of ['a', 'b', 'c']) await post(id, resident)
  await outboxJob.run(parts(), { id: 'b' })
  expect(received).toEqual([])
  await outboxJob.run(parts(), { id: 'a' })
  expect(received.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
})

test('a throttled message waits and goes out later; others are not held up', async () => {
  await post('a', await newResident())
  answers = [failure('soon')]
  await outboxJob.run(parts(), {})
  expect(await statusOf('a')).toBe('created')
  await post('b', await newResident())
  await outboxJob.run(parts(), {})
  expect(received.map(({ id }) => id)).toEqual(['a', 'b'])
  world.advance(2000)
  await outboxJob.run(parts(), {})
  expect(await statusOf('a')).toBe('sent')
  expect(received.at(-1)).toMatchObject({ id: 'a', repeat: false })
})

test('a spent quota is tried again after midnight in Shanghai', async () => {
  await post('a', await newResident())
  answers = [failure('tomorrow')]
  await outboxJob.run(parts(), {})
  const [row] = await db.sql(`select not_before at time zone 'Asia/Shanghai' >= '2026-11-24' as later from outbox`)
  expect(row).toEqual({ later: true })
})

test('an ordinary message that may have arrived is not sent again, a critical one is, marked', async () => {
  await post('a', await newResident())
  await post('b', await newResident(), true)
  answers = [failure('soon', true), failure('soon', true)]
  await outboxJob.run(parts(), {})
  world.advance(2000)
  await outboxJob.run(parts(), {})
  expect(await statusOf('a')).toBe('failed')
  expect(await statusOf('b')).toBe('sent')
  const [once, again] = received.filter(({ id }) => id === 'b')
  expect([once?.repeat, again?.repeat]).toEqual([false, true])
  expect(again?.replies[0]?.text).toBe(`jobs.send.again\n${once?.replies[0]?.text}`)
})

test('a closed way leads to the next channel of the resident, and to an officer when there is none', async () => {
  const resident = await newResident()
  await post('a', resident, true)
  answers = [failure('otherWay')]
  await outboxJob.run(parts(), {})
  expect(await statusOf('a')).toBe('undeliverable')
  expect(told).toEqual(['undeliverable a'])

  const session = {
    tokenHash: Buffer.from('t'),
    channel: 'web' as const,
    sender: 'two',
    unionId: 'u',
    at: world.now(),
    expiresAt: world.now() + 1e6,
  }
  const { residentId } = await open.auth.openResidentSession(session)
  await open.auth.openResidentSession({
    ...session,
    tokenHash: Buffer.from('t2'),
    channel: 'miniprogram',
    sender: 'mini',
  })
  await post('b', residentId, true)
  answers = [failure('otherWay')]
  const mini: OutboxMessage[] = []
  const base = parts()
  const senders = {
    ...base.senders,
    miniprogram: { channel: 'miniprogram' as const, send: async (m: OutboxMessage) => (mini.push(m), sentOk) },
  }
  await outboxJob.run({ ...base, senders }, {})
  await outboxJob.run({ ...base, senders }, {})
  expect(mini.map(({ id, sender }) => `${id} ${sender}`)).toEqual(['b mini'])
})

test('a sending whose worker was killed: the critical message goes again, the ordinary one is given up', async () => {
  await post('a', await newResident())
  await post('b', await newResident(), true)
  const lost = await open.outbox.take('a', world.now())
  await open.outbox.take('b', world.now())
  world.advance(61_000)
  const woken: string[] = []
  await sweep(parts({ wake: { outbox: ids => void woken.push(...ids), timers: () => undefined } }))
  expect(await statusOf('a')).toBe('failed')
  expect(woken).toEqual(['b'])
  if (lost) await open.outbox.sent(lost, 'late', world.now())
  expect(await statusOf('a')).toBe('failed')
})

test('a message that kills its worker ends after the third time, an officer is asked, and the next one goes out', async () => {
  const resident = await newResident()
  await post('a', resident, true)
  await post('b', resident)
  for (let killed = 0; killed < 3; killed++) {
    expect(await statusOf('a')).toBe('created')
    await open.outbox.take('a', world.now())
    world.advance(21_000)
    await sweep(parts())
  }
  expect(await statusOf('a')).toBe('undeliverable')
  await outboxJob.run(parts(), {})
  expect(received.map(({ id }) => id)).toEqual(['b'])
  world.advance(11_000)
  await sweep(parts())
  expect(told).toContain('undeliverable a')
})

test('losses that another end interrupts are not counted together', async () => {
  await post('a', await newResident(), true)
  for (let round = 0; round < 4; round++) {
    await open.outbox.take('a', world.now())
    world.advance(21_000)
    await sweep(parts())
    answers = [failure('soon')]
    await outboxJob.run(parts(), {})
    world.advance(300_000)
  }
  await outboxJob.run(parts(), {})
  expect(await statusOf('a')).toBe('sent')
})

test('a message whose text does not open ends at once with an alert and holds up nobody', async () => {
  const resident = await newResident()
  for (const id of ['a', 'b']) await post(id, resident, id === 'a')
  await db.sql(`update outbox set payload = decode('00', 'hex') where id = 'a'`)
  const alerts: unknown[] = []
  const log = (event: string, detail: Record<string, unknown>) => {
    if (event === 'outbox.alert') alerts.push(detail)
  }
  await outboxJob.run(parts({ log }), {})
  expect(await statusOf('a')).toBe('undeliverable')
  expect(alerts).toEqual([{ channel: 'web', failure: 'unreadable', detail: 'a' }])
  expect(told).toEqual(['undeliverable a', 'sent b'])
  expect(received.map(({ id }) => id)).toEqual(['b'])
})

test('a spoilt message whose end was not told keeps the sweeper from nothing', async () => {
  await post('a', await newResident(), true)
  await post('b', await newResident(), true)
  for (const id of ['a', 'b']) {
    const taken = await open.outbox.take(id, world.now())
    if (taken) await open.outbox.sent(taken, null, world.now())
  }
  await db.sql(`update outbox set payload = decode('00', 'hex') where id = 'a'`)
  world.advance(11_000)
  await sweep(parts())
  expect(told.toSorted()).toEqual(['sent a', 'sent b'])
})

test('an end that nobody was told is told by the sweeper, once', async () => {
  await post('a', await newResident(), true)
  const taken = await open.outbox.take('a', world.now())
  if (taken) await open.outbox.sent(taken, null, world.now())
  world.advance(11_000)
  await sweep(parts())
  await sweep(parts())
  expect(told).toEqual(['sent a'])
})

test('a due timer fires once, one set anew does not end with its predecessor', async () => {
  const address = addressOf(`job-${++residents}`, 'm1')
  const opened = await open.store.turns.open(address, world.now())
  const effects = [
    { type: 'setTimer' as const, sessionId: 'tx', name: 'remind' as const, dueAt: world.now() + 1000, turnId: 't' },
  ]
  const turn = turnAfter(opened, address, db.world, { effects })
  await open.store.turns.commit(turn)
  await fireDue(parts())
  expect(told).toEqual([])
  world.advance(1500)
  await Promise.all([fireDue(parts()), fireDue(parts())])
  expect(told).toEqual(['timer remind'])
})

test('on the queue of PostgreSQL a wake-up sends at once, and what nobody woke is found by the sweeper', async () => {
  const producers = { outbox: factory.producer('outbox'), timers: factory.producer('timers') }
  const wake = openWake(producers, () => undefined)
  world = { ...frozenWorld(), now: db.world.now }
  const workers = startWorkers(factory, parts({ wake }))
  try {
    await post('a', await newResident())
    wake.outbox(['a'])
    await expect.poll(() => received.map(({ id }) => id), { timeout: 3000 }).toEqual(['a'])
    await post('b', await newResident())
    await expect.poll(() => received.map(({ id }) => id), { timeout: 8000 }).toEqual(['a', 'b'])
  } finally {
    await workers.close()
    await wake.flush()
    await producers.outbox.close()
    await producers.timers.close()
  }
})

test('the role of the queue sees none of our tables', async () => {
  await expect(pool.query('select * from nuanxin.resident')).rejects.toThrow('permission denied')
})

async function postOn(channel: 'web' | 'wechat-official', id: string, more: Partial<OutboxMessage> = {}) {
  const residentId = await newResident()
  const at = world.now()
  const replies = [{ id: 'r', kind: 'text' as const, text: id }]
  const message = { id, residentId, channel, sender: 's', replies, dedupeKey: id, critical: false, ...more }
  return open.store.transaction({ kind: 'system' }, tx =>
    tx.messages.enqueue([{ notBefore: at, createdAt: at, ...message }]),
  )
}

test('a platform that hangs takes no place of another', async () => {
  const hanging: (() => void)[] = []
  const official: MessageSender = {
    channel: 'wechat-official',
    send: () => new Promise(resolve => hanging.push(() => resolve(sentOk))),
  }
  const here = parts({ lanes: openLanes() })
  const both = { ...here, senders: { ...here.senders, 'wechat-official': official } }
  const stuck = Array.from({ length: lanes.official.atOnce + 4 }, (_, n) => `h${n}`)
  for (const id of stuck) await postOn('wechat-official', id)
  await postOn('web', 'free')
  const running = stuck.map(id => outboxJob.run(both, { id }))
  await expect.poll(() => hanging.length).toBe(lanes.official.atOnce)
  await outboxJob.run(both, { id: 'free' })
  expect(received.map(({ id }) => id)).toEqual(['free'])
  // Who leaves the lane takes what was turned away: nothing waits for the sweeper.
  const letGo = setInterval(() => hanging.splice(0).forEach(go => go()), 5)
  await Promise.all(running)
  clearInterval(letGo)
  for (const id of stuck) expect(await statusOf(id)).toBe('sent')
})

test('nothing is taken for a platform that is left alone, and nothing of it is lost', async () => {
  let until: number | null = world.now() + 60_000
  const official: MessageSender = { channel: 'wechat-official', send: async () => sentOk, resting: () => until }
  const here = parts()
  const both = { ...here, senders: { ...here.senders, 'wechat-official': official } }
  await postOn('wechat-official', 'rest')
  await postOn('web', 'go')
  await outboxJob.run(both, {})
  await outboxJob.run(both, { id: 'rest' })
  expect([await statusOf('rest'), await statusOf('go')]).toEqual(['created', 'sent'])
  until = null
  await outboxJob.run(both, {})
  expect(await statusOf('rest')).toBe('sent')
})

test('a message that waited into the night goes back for the morning, and one that is too late ends', async () => {
  const quietHours = { from: 21 * 60, to: 8 * 60 }
  await postOn('web', 'night', { purpose: 'care' })
  await postOn('web', 'late', { purpose: 'survey', expiresAt: Date.parse('2026-11-24T02:00:00+08:00') })
  await postOn('web', 'help', { purpose: 'distress' })
  await postOn('web', 'answer')
  world.advance(14 * 3600_000)
  await outboxJob.run(parts({ quietHours }), {})
  expect(received.map(({ id }) => id).toSorted()).toEqual(['answer', 'help'])
  expect([await statusOf('night'), await statusOf('late')]).toEqual(['created', 'failed'])
  world.advance(9 * 3600_000)
  await outboxJob.run(parts({ quietHours }), {})
  expect(await statusOf('night')).toBe('sent')
})

test('a message that waits for its hour holds up nobody, and distress waits for no message before it', async () => {
  const residentId = await newResident()
  const at = world.now()
  const replies = [{ id: 'r', kind: 'text' as const, text: 'x' }]
  const row = { residentId, channel: 'web' as const, sender: 's', replies, critical: false, createdAt: at }
  await open.store.transaction({ kind: 'system' }, tx =>
    tx.messages.enqueue([
      { ...row, id: 'w1', dedupeKey: 'w1', purpose: 'survey', notBefore: at + 3600_000 },
      { ...row, id: 'w2', dedupeKey: 'w2', notBefore: at + 1000 },
      { ...row, id: 'w3', dedupeKey: 'w3', notBefore: at },
      { ...row, id: 'w4', dedupeKey: 'w4', purpose: 'distress', notBefore: at },
    ]),
  )
  await outboxJob.run(parts(), {})
  expect(received.map(({ id }) => id)).toEqual(['w4'])
  world.advance(1000)
  await outboxJob.run(parts(), {})
  expect(received.map(({ id }) => id)).toEqual(['w4', 'w2', 'w3'])
})

test('a message of which nobody can say whether it may still leave waits, and is not lost', async () => {
  await postOn('web', 'asked', { purpose: 'survey' })
  let isAway = true
  const stillWanted = async () => {
    if (isAway) throw new Error('the database is slow')
    return true
  }
  await outboxJob.run(parts({ stillWanted }), {})
  expect([await statusOf('asked'), received.length]).toEqual(['created', 0])
  isAway = false
  world.advance(2000)
  await outboxJob.run(parts({ stillWanted }), {})
  expect(await statusOf('asked')).toBe('sent')
})

test('a receipt of which the use cases cannot be told holds up no other', async () => {
  for (const id of ['bad', 'good']) {
    answers = [{ status: 'sent', providerId: `p-${id}` }]
    await postOn('web', id)
    await outboxJob.run(parts(), { id })
  }
  const said = { channel: 'web', at: world.now(), result: 'lost' as const }
  await open.account.receipts.note(['bad', 'good'].map(id => ({ ...said, providerId: `p-${id}` })))
  const receiptOf = async (id: string) =>
    (await db.sql('select receipt from outbox where id = $1', [id]))[0]?.['receipt']
  const undeliverable = async ({ id }: OutboxMessage) => {
    if (id === 'bad') throw new Error('a fault of ours')
  }
  const ours = parts()
  await sweep({ ...ours, app: { ...ours.app, outbox: { ...ours.app.outbox, undeliverable } } })
  expect([await receiptOf('bad'), await receiptOf('good')]).toEqual([null, 'lost'])
  await sweep(parts())
  expect(await receiptOf('bad')).toBe('lost')
})

test('of a message that did not arrive the use cases are told once, and what arrived is left in peace', async () => {
  for (const id of ['got', 'not']) await postOn('web', id)
  answers = [
    { status: 'sent', providerId: 'p-got' },
    { status: 'sent', providerId: 'p-not' },
  ]
  await outboxJob.run(parts(), { id: 'got' })
  await outboxJob.run(parts(), { id: 'not' })
  told = []
  const said = { channel: 'web', at: world.now() }
  await open.account.receipts.note([
    { ...said, providerId: 'p-got', result: 'received' },
    { ...said, providerId: 'p-not', result: 'refused' },
  ])
  await sweep(parts())
  await sweep(parts())
  expect(told).toEqual(['undeliverable not'])
  expect(await statusOf('not')).toBe('sent')
})
