import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { halfwayTasks, halfwayWords, MOST_NAMED } from '../../src/app/tasks/halfway.ts'
import { turnOf } from '../../src/app/tasks/whoseTurn.ts'
import { makeTaskDesk, type TaskDesk } from '../../src/app/tasks/taskDesk.ts'
import type { Officer } from '../../src/domain/officer.ts'
import type { Task } from '../../src/domain/task.ts'
import { openTask, taskCreated } from '../../src/domain/taskState.ts'
import { frozenWorld, shanghaiDate } from '../../src/domain/world.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

/* Early reminders do not ring: the next morning's digest names them, once. */

const HOUR = 3_600_000
const world = frozenWorld('2026-11-23T09:00:00+08:00')
let database: TestDatabase
let one: Instance
let desk: TaskDesk

beforeAll(async () => {
  database = await testDatabase()
  one = openInstance(database, world)
  desk = makeTaskDesk(one.parts)
})
afterAll(() => database?.close())

async function newTask(regionCode: string, more: Partial<Task> = {}): Promise<string> {
  const id = randomUUID()
  const task = openTask({
    ...{ id, source: 'halfFilledCase', regionCode, applicationId: null, summary: '群众要人工' },
    ...{ promiseDue: '2026-11-25', createdAt: world.now(), ...more },
  })
  await one.parts.store.transaction({ kind: 'system' }, tx =>
    tx.tasks.insert(task, taskCreated(task, { kind: 'system' })),
  )
  return id
}

async function eventsOf(id: string): Promise<string[]> {
  const actions = await one.parts.store.transaction({ kind: 'system' }, tx => tx.tasks.actions(id))
  return actions.map(({ event }) => event.type)
}

const halfwayOf = (officer: Officer, since: number) =>
  one.parts.store.transaction({ kind: 'system' }, async tx => {
    const turn = await turnOf(tx, officer, shanghaiDate(world.now()))
    return halfwayWords(one.parts, await halfwayTasks(one.parts, tx, officer, { turn, since }), MOST_NAMED)
  })

async function lookAtAll(): Promise<void> {
  while ((await desk.work.look(100)) > 0);
}

test('an early reminder rings by itself only where the county wants it so, and once', async () => {
  const village = await one.appoint('v1', 'village', '420702104301')
  const sender = randomUUID()
  await one.say(sender, '你好')
  await one.kept.officers.bind({ channel: 'web', sender, officerId: village.id, at: world.now() })
  const remindByMessageFrom = { value: 0.5, source: null }
  const loud = makeTaskDesk({
    ...one.parts,
    packFor: code => {
      const pack = one.parts.packFor(code)
      return pack.tasks ? { ...pack, tasks: { ...pack.tasks, remindByMessageFrom } } : pack
    },
  })
  const begun = world.now()
  const [quietly, aloud] = [await newTask(village.regionCode), await newTask(village.regionCode)]
  world.advance(30 * HOUR)
  await database.sql(`update task set look_at = null where id = $1`, [aloud])
  await desk.work.look(100)
  await database.sql(`update task set look_at = clock_from where id = any ($1)`, [[aloud, quietly]])
  for (let n = 0; n < 3; n++) await loud.work.look(100)
  expect([await eventsOf(quietly), await eventsOf(aloud)]).toEqual([
    ['created', 'reminded'],
    ['created', 'reminded'],
  ])
  expect(
    (await database.sql('select dedupe_key from outbox'))
      .map(row => String(row['dedupe_key']))
      .filter(key => key.startsWith('task:'))
      .map(key => key.split(':')[1]),
  ).toEqual([aloud])
  world.advance(begun - world.now())
})

test('names what is past half of its time once: to its holder, or to who stands in, and after the days off to himself', async () => {
  const village = await one.appoint('v2', 'village', '420702104302')
  const second = await one.appoint('v2b', 'village', '420702104302')
  const neighbour = await one.appoint('v3', 'village', '420702104303')
  const town = await one.appoint('t2', 'town', '420702104')
  const begun = world.now()
  const held = await newTask(village.regionCode, { summary: '生育登记：李*（产前）' })
  await one.app.officer.lease(village, held, null)
  await one.app.officer.pause(village, held, 1, '等她回来')
  await newTask(village.regionCode, { summary: '群众要人工', createdAt: begun + 1 })
  const namedTo = async (officer: Officer) => {
    const since = await one.parts.store.transaction({ kind: 'system' }, tx =>
      tx.staff.lastDigest(officer.id, shanghaiDate(world.now())),
    )
    return halfwayOf(officer, since)
  }
  const digest = (officer: Officer) =>
    one.parts.store.transaction({ kind: 'system' }, tx =>
      tx.staff.claimDigest(officer.id, shanghaiDate(world.now()), world.now()),
    )
  world.advance(30 * HOUR)
  await lookAtAll()
  expect(await namedTo(village)).toBe('· 生育登记：李*，2026年11月25日到期\n· 群众要人工，2026年11月25日到期')
  expect(await namedTo(second)).toBe('· 群众要人工，2026年11月25日到期')
  expect(await namedTo(neighbour)).toBeNull()
  expect(await namedTo(town)).toBeNull()
  const away = { officerId: village.id, from: '2026-11-24', to: '2026-11-24', substituteId: neighbour.id }
  await desk.setAbsence(town, away)
  expect(await namedTo(neighbour)).toBe('· 群众要人工，2026年11月25日到期')
  await digest(village)
  await digest(neighbour)
  world.advance(16 * HOUR)
  // The digest of a day on which he was away was none.
  expect(await namedTo(village)).toContain('生育登记')
  expect(await namedTo(neighbour)).toBeNull()
  world.advance(begun - world.now())
})

test('a reminder for which the day had no room left is named the next morning, one that was sent is not', async () => {
  const village = await one.appoint('v4', 'village', '420702104304')
  const sender = randomUUID()
  await one.say(sender, '你好')
  await one.kept.officers.bind({ channel: 'web', sender, officerId: village.id, at: world.now() })
  const begun = world.now()
  await newTask(village.regionCode, { summary: '先提醒的' })
  const capped = await newTask(village.regionCode, { summary: '后提醒的', createdAt: begun + 1 })
  // Of the working hours until the evening of the 25th, four fifths are over a little before noon of that day.
  world.advance(50.75 * HOUR)
  await database.sql(`update task set look_at = null where id = $1`, [capped])
  await lookAtAll()
  const today = shanghaiDate(world.now())
  await database.sql(
    `insert into officer_message_count (officer_id, day, sent) values ($1, $2, 100)
      on conflict (officer_id, day) do update set sent = 100`,
    [village.id, today],
  )
  await database.sql(`update task set look_at = clock_from where id = $1`, [capped])
  await lookAtAll()
  expect(await eventsOf(capped)).toContain('reminded')
  expect(await halfwayOf(village, begun)).toBe('· 后提醒的，2026年11月25日到期')
  world.advance(begun - world.now())
})
