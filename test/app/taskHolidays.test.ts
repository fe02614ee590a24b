import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeTaskDesk } from '../../src/app/tasks/taskDesk.ts'
import { openTask, taskCreated } from '../../src/domain/taskState.ts'
import { frozenWorld, shanghaiTime, type World } from '../../src/domain/world.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

/* The clock of a task over the long holidays of 2026, with a sweep every two hours, on a real database. */

const VILLAGE = '420702104212'
const TWO_HOURS = 2 * 3_600_000

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database?.close())
beforeEach(async () => {
  for (const table of ['outbox', 'officer_digest', 'officer_message_count', 'task_action', 'task']) {
    await database.sql(`delete from ${table}`)
  }
})

/** What happened to one task, who was told what when, and on which days there was a digest. */
async function lived({ from, due, until }: { from: string; due: string; until: string }) {
  const world = { ...frozenWorld(`2026-${from}T08:31:00+08:00`), newId: randomUUID }
  const service = openInstance(database, world)
  const desk = makeTaskDesk(service.parts)
  const village = await service.appoint('village', 'village', VILLAGE)
  const town = await service.appoint('town', 'town', '420702104')
  const county = await service.appoint('county', 'county', '420702')
  for (const officer of [village, town, county]) {
    const sender = `${officer.id}-${randomUUID()}`
    await service.say(sender, '你好')
    await service.kept.officers.bind({ channel: 'web', sender, officerId: officer.id, at: world.now() })
  }
  const id = randomUUID()
  const createdAt = Date.parse(`2026-${from}T08:30:00+08:00`)
  const facts = {
    id,
    source: 'halfFilledCase' as const,
    regionCode: VILLAGE,
    applicationId: null,
    summary: '群众要人工',
  }
  const task = openTask({ ...facts, promiseDue: `2026-${due}`, createdAt })
  await service.parts.store.transaction({ kind: 'system' }, tx =>
    tx.tasks.insert(task, taskCreated(task, { kind: 'system' })),
  )
  for (const end = Date.parse(`2026-${until}T20:00:00+08:00`); world.now() < end; world.advance(TWO_HOURS)) {
    while ((await desk.work.look(100)) > 0);
    await desk.work.digests(100)
  }
  const found = await service.app.officer.task(county, id)
  if (!found.ok) throw new Error(found.refusal.code)
  const steps = found.value.lines.slice(1).map(({ action: { at, event } }) => {
    const what = event.type === 'reminded' ? event.share : event.type === 'escalated' ? event.to : event.type
    return `${shanghaiTime(at).slice(5, 16)} ${what}`
  })
  const rows = await database.sql('select dedupe_key, not_before from outbox order by not_before')
  const keys = rows.map(row => String(row['dedupe_key']))
  const halfway = await namedHalfway(service, world, village.id)
  const digests = keys.filter(key => key.startsWith(`digest:${village.id}:`)).map(key => key.slice(-5))
  const told = [village, town, county].map(
    ({ id: who }) => keys.filter(key => key.startsWith('task:') && key.endsWith(who)).length,
  )
  return { steps, digests, halfway, told }
}

/** On which days the digest names what is past half of its time, and how. */
async function namedHalfway({ kept }: Instance, world: World, officerId: string): Promise<string[]> {
  const named: string[] = []
  for (const row of await database.sql('select id, dedupe_key from outbox order by seq')) {
    const taken = await kept.outbox.take(String(row['id']), world.now())
    if (!taken) continue
    await kept.outbox.sent(taken, null, world.now())
    const key = String(row['dedupe_key'])
    const [, lines] = taken.replies[0]?.text.split('时限过半，还没办好：\n') ?? []
    if (key.startsWith(`digest:${officerId}:`) && lines !== undefined) named.push(`${key.slice(-5)} ${lines}`)
  }
  return named
}

test('over National Day: half before the make-up Saturday, four fifths on it, late on Monday; a digest each working day', async () => {
  expect(await lived({ from: '09-30', due: '10-10', until: '10-13' })).toEqual({
    steps: ['10-09T08:31 0.5', '10-10T10:31 0.8', '10-12T08:31 town', '10-13T08:31 county'],
    digests: ['09-30', '10-08', '10-09', '10-10', '10-12', '10-13'],
    halfway: ['10-09 · 群众要人工，2026年10月10日到期'],
    told: [1, 1, 1],
  })
})

test('over Spring Festival: the make-up Saturday before it counts, nine days off do not', async () => {
  expect(await lived({ from: '02-13', due: '02-25', until: '02-28' })).toEqual({
    steps: ['02-24T08:31 0.5', '02-25T10:31 0.8', '02-26T08:31 town', '02-27T08:31 county'],
    digests: ['02-13', '02-14', '02-24', '02-25', '02-26', '02-27', '02-28'],
    halfway: ['02-24 · 群众要人工，2026年2月25日到期'],
    told: [1, 1, 1],
  })
})
