import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OpenStore } from '../../src/store/openStore.ts'
import { commitTurns } from '../../src/store/turnSql.ts'
import { openTurnStore, type Queryable } from '../../src/store/turnStore.ts'
import { testDatabase, type TestDatabase } from './database.ts'
import { addressOf, conversationOf, turnAfter } from './turns.ts'

let db: TestDatabase
let one: OpenStore
let two: OpenStore
beforeAll(async () => {
  db = await testDatabase()
  one = db.open()
  two = db.open()
})
afterAll(() => db?.close())

const now = () => db.world.now()
let senders = 0
const newSender = () => `sender-${++senders}`

async function takeTurn(store: OpenStore, sender: string, key: string) {
  const address = addressOf(sender, key)
  for (;;) {
    const opened = await store.store.turns.open(address, now())
    if (opened.stored) return opened.stored
    const turn = turnAfter(opened, address, db.world)
    if ((await store.store.turns.commit(turn)) === 'committed') return turn.answer
  }
}

describe('a turn', () => {
  test('finds nobody at first contact, and the stored conversation afterwards', async () => {
    const address = addressOf(newSender(), 'm1')
    const opened = await one.store.turns.open(address, now())
    expect(opened).toMatchObject({ version: 0, conversation: null, stored: null, resident: { officerId: null } })
    expect(await one.store.turns.commit(turnAfter(opened, address, db.world))).toBe('committed')
    const next = await two.store.turns.open({ ...address, messageKey: 'm2' }, now())
    expect(next).toMatchObject({ version: 1, conversation: conversationOf(), stored: null, resident: opened.resident })
  })

  test('answers a repeated message with the stored answer, word for word', async () => {
    const sender = newSender()
    const first = await takeTurn(one, sender, 'm1')
    expect(await takeTurn(two, sender, 'm1')).toEqual({ ...first, repeated: true })
  })

  test('does not mistake one sender for another with the same message key', async () => {
    const [a, b] = [newSender(), newSender()]
    expect((await takeTurn(one, a, 'same')).turnId).not.toBe((await takeTurn(one, b, 'same')).turnId)
  })

  test('is in conflict when the conversation moved meanwhile', async () => {
    const sender = newSender()
    const address = addressOf(sender, 'm1')
    const opened = await one.store.turns.open(address, now())
    await takeTurn(two, sender, 'm0')
    expect(await one.store.turns.commit(turnAfter(opened, address, db.world))).toBe('conflict')
    expect(await db.sql('select * from inbox where turn_id = $1', ['none'])).toEqual([])
  })
})

test('five hundred residents at once each get their own turn, once', async () => {
  const people = Array.from({ length: 500 }, newSender)
  const answers = await Promise.all(people.map((sender, i) => takeTurn(i % 2 ? one : two, sender, 'm1')))
  expect(new Set(answers.map(({ turnId }) => turnId)).size).toBe(500)
  const rows = await db.sql('select count(*)::int as n from inbox where turn_id = any($1)', [
    answers.map(a => a.turnId),
  ])
  expect(rows).toEqual([{ n: 500 }])
})

test('the same message delivered six times to two instances takes effect once', async () => {
  const people = Array.from({ length: 40 }, newSender)
  const deliveries = people.flatMap(sender =>
    Array.from({ length: 6 }, (_, i) => ({ sender, store: i % 2 ? one : two })),
  )
  const answers = await Promise.all(deliveries.map(({ sender, store }) => takeTurn(store, sender, 'm1')))
  for (const sender of people) {
    const own = answers.filter((_, i) => deliveries[i]?.sender === sender)
    expect(new Set(own.map(({ turnId }) => turnId)).size).toBe(1)
    expect(own.filter(({ repeated }) => !repeated)).toHaveLength(1)
    const { version } = await one.store.turns.open(addressOf(sender, 'next'), now())
    expect(version).toBe(1)
  }
})

test('ten different messages of one resident at once are taken one after another', async () => {
  const sender = newSender()
  const keys = Array.from({ length: 10 }, (_, i) => `m${i}`)
  const answers = await Promise.all(keys.map((key, i) => takeTurn(i % 2 ? one : two, sender, key)))
  expect(answers.every(({ repeated }) => !repeated)).toBe(true)
  expect((await one.store.turns.open(addressOf(sender, 'next'), now())).version).toBe(10)
})

test('one turn in conflict does not touch the others of its batch', async () => {
  const people = Array.from({ length: 20 }, newSender)
  const opened = await Promise.all(
    people.map(async sender => {
      const address = addressOf(sender, 'm1')
      return turnAfter(await one.store.turns.open(address, now()), address, db.world)
    }),
  )
  const stale = opened.map((turn, i) => (i === 7 ? { ...turn, expectedVersion: 5 } : turn))
  const outcomes = await Promise.all(stale.map(turn => one.store.turns.commit(turn)))
  expect(outcomes.map((outcome, i) => (outcome === 'conflict' ? i : -1)).filter(i => i >= 0)).toEqual([7])
})

function gate(): { opened: Promise<void>; open(): void } {
  let open = () => {}
  const opened = new Promise<void>(resolve => (open = resolve))
  return { opened, open: () => open() }
}

test('a row locked by a slow transaction delays its own resident and nobody else', async () => {
  const [slow, quick] = [newSender(), newSender()]
  await takeTurn(one, slow, 'm0')
  const address = addressOf(slow, 'm1')
  const opened = await one.store.turns.open(address, now())
  const held = gate()
  const locked = gate()
  const transaction = two.store.transaction({ kind: 'system' }, async tx => {
    await tx.turns.lock(opened.resident.id)
    locked.open()
    await held.opened
  })
  await locked.opened
  let done = false
  const waiting = one.store.turns.commit(turnAfter(opened, address, db.world)).finally(() => (done = true))
  await takeTurn(one, quick, 'm1')
  expect(done).toBe(false)
  held.open()
  await transaction
  expect(await waiting).toBe('committed')
})

test('timers, consents and an answer for the outbox are written with the turn', async () => {
  const address = addressOf(newSender(), 'm1')
  const opened = await one.store.turns.open(address, now())
  const session = db.world.newId()
  const timer = (name: 'remind' | 'expire', dueAt: number) =>
    ({ type: 'setTimer', sessionId: session, name, dueAt, turnId: 't' }) as const
  const effects = [
    { type: 'clearTimers', sessionId: session } as const,
    timer('remind', now() + 1000),
    timer('expire', now() + 2000),
    { type: 'consent', sessionId: session, purpose: 'p', version: 1, textHash: 'h', granted: true } as const,
  ]
  const turn = turnAfter(opened, address, db.world, { effects, delivery: 'outbox' })
  expect(await one.store.turns.commit(turn)).toBe('committed')
  expect(await db.sql('select name from timer where session_id = $1 order by name', [session])).toEqual([
    { name: 'expire' },
    { name: 'remind' },
  ])
  expect(await db.sql('select purpose from consent where session_id = $1', [session])).toEqual([{ purpose: 'p' }])
  expect(await db.sql('select status from outbox where dedupe_key = $1', [`turn:${turn.turnId}`])).toEqual([
    { status: 'created' },
  ])

  const next = await one.store.turns.open({ ...address, messageKey: 'm2' }, now())
  const later = turnAfter(next, { ...address, messageKey: 'm2' }, db.world, {
    effects: [{ type: 'clearTimers', sessionId: session }, timer('remind', now() + 5000)],
  })
  expect(await one.store.turns.commit(later)).toBe('committed')
  expect(await db.sql('select name, turn_id from timer where session_id = $1', [session])).toEqual([
    { name: 'remind', turn_id: later.turnId },
  ])
})

describe('word that waits for the morning', () => {
  const MORNING_MS = 3_600_000
  const wordFor = async (residentId: string, more: { failure?: string; unasked?: boolean } = {}) => {
    const id = db.world.newId()
    await db.sql(
      `insert into outbox (id, resident_id, channel, payload, dedupe_key, critical, not_before, created_at, unasked, failure)
        values ($1, $2, 'wechat-official', '', $1, true, $3, now(), $4, jsonb_build_object('name', $5::text))`,
      [id, residentId, new Date(now() + MORNING_MS), more.unasked ?? true, more.failure ?? 'quietHours'],
    )
    return id
  }
  const waits = async (id: string) => {
    const [row] = await db.sql('select not_before > now() as waits from outbox where id = $1', [id])
    return row?.['waits']
  }

  test('may leave once its resident writes, and nothing else that waits may', async () => {
    const [address, other] = [addressOf(newSender(), 'm1'), addressOf(newSender(), 'm1')]
    const [opened, neighbour] = [await one.store.turns.open(address, now()), await one.store.turns.open(other, now())]
    const word = await wordFor(opened.resident.id)
    const others = [
      await wordFor(opened.resident.id, { failure: 'quotaSpent' }),
      await wordFor(opened.resident.id, { unasked: false }),
      await wordFor(neighbour.resident.id),
    ]
    expect(await one.store.turns.commit(turnAfter(opened, address, db.world))).toBe('released')
    expect(await Promise.all([word, ...others].map(waits))).toEqual([false, true, true, true])
    const again = { ...address, messageKey: 'm2' }
    const next = await one.store.turns.open(again, now())
    expect(await one.store.turns.commit(turnAfter(next, again, db.world))).toBe('committed')
  })

  test('stays where the turn does not hold, and is waited for by nobody while a worker has it', async () => {
    const address = addressOf(newSender(), 'm1')
    const opened = await one.store.turns.open(address, now())
    const word = await wordFor(opened.resident.id)
    const stale = { ...turnAfter(opened, address, db.world), expectedVersion: 5 }
    expect(await one.store.turns.commit(stale)).toBe('conflict')
    expect(await waits(word)).toBe(true)
    const client = new pg.Client({ ...db.owner, options: '-c search_path=nuanxin -c app.system=on' })
    await client.connect()
    try {
      await client.query('begin')
      await client.query('select from outbox where id = $1 for update', [word])
      expect(await one.store.turns.commit(turnAfter(opened, address, db.world))).toBe('committed')
    } finally {
      await client.end()
    }
  })
})

test('a turn planned while the outbox was empty looks for word by its resident, not through all that waits', async () => {
  const empty = await testDatabase()
  const client = new pg.Client({ ...empty.owner, options: '-c search_path=nuanxin -c app.system=on' })
  await client.connect()
  try {
    await client.query('set plan_cache_mode = force_generic_plan')
    await client.query(`prepare committed as ${commitTurns.text}`)
    const nothing = Array.from({ length: 31 }, (_, n) => (n === 10 ? `''` : 'null')).join(', ')
    const { rows } = await client.query<Record<string, string>>(`explain execute committed (${nothing})`)
    const plan = rows.map(row => row['QUERY PLAN'] ?? '')
    const looked = plan.findIndex(line => / on outbox w\b/.test(line))
    expect(plan[looked]).toContain('outbox_unfinished')
    expect(plan[looked + 1]).toMatch(/Index Cond: \(resident_id = /)
  } finally {
    await client.end()
    await empty.close()
  }
})

test('an ordinary turn is two statements', async () => {
  const address = addressOf(newSender(), 'm1')
  await takeTurn(one, address.sender, 'm0')
  const pool = new pg.Pool({ ...db.owner, options: '-c search_path=nuanxin -c app.system=on' })
  const sent: string[] = []
  const counting = { query: (one: pg.QueryConfig) => (sent.push(one.name ?? ''), pool.query(one)) } as Queryable
  try {
    const turns = openTurnStore({ pool: counting, cipher: db.cipher, newId: () => db.world.newId() })
    await turns.commit(turnAfter(await turns.open(address, now()), address, db.world))
    expect(sent).toEqual(['turns.open', 'turns.commit'])
  } finally {
    await pool.end()
  }
})

test('nothing a person said or is lies readable in the tables', async () => {
  const sender = newSender()
  await takeTurn(one, sender, 'm1')
  const dump = JSON.stringify([
    await db.sql("select encode(body, 'escape') as t from inbox"),
    await db.sql("select encode(state, 'escape') as t from conversation"),
    await db.sql("select encode(sender, 'escape') as t from resident_identity"),
  ])
  expect(dump).not.toContain(sender)
  expect(dump).not.toContain('birth-registration')
})
