import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeTaskDesk, type TaskDesk } from '../../src/app/tasks/taskDesk.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { frozenWorld } from '../../src/domain/world.ts'
import { answersOf, registerUpTo, withCheck } from '../e2e/registration.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

/* What an officer looks at on the way: what waits in each village, and what was done with a family before. */

const VILLAGE = '420702104212'
let database: TestDatabase
let service: Instance
let desk: TaskDesk
let village: Officer
let far: Officer
const mother = randomUUID()

beforeAll(async () => {
  database = await testDatabase()
  service = openInstance(database, frozenWorld('2026-11-23T09:00:00+08:00'))
  desk = makeTaskDesk(service.parts)
  village = await service.appoint('village', 'village', VILLAGE)
  far = await service.appoint('far', 'village', '420702104213')
  const hers = answersOf(VILLAGE, withCheck('42070219930621000'))
  await registerUpTo('submit', hers, text => service.say(mother, text))
  const others = answersOf(VILLAGE, withCheck('42070219930622000'))
  await registerUpTo('submit', others, text => service.say(randomUUID(), text))
})
afterAll(() => database?.close())

const tasksOf = () =>
  database.sql('select id, source, resident_id as resident from task order by created_at, id') as Promise<
    { id: string; source: string; resident: string }[]
  >

test('a family is followed through its cases and half-filled forms, and not through what it complained of', async () => {
  const all = await tasksOf()
  const first = all.find(({ source }) => source === 'applicationStep')
  const resident = first?.resident
  const source = (id: string) => all.find(task => task.id === id)?.source
  // The same woman asks for a person, complains and rates: three more tasks, of which one is about her matter.
  for (const [kind, n] of [
    ['halfFilledCase', 1],
    ['complaint', 2],
    ['badRating', 3],
  ] as const)
    await database.sql(
      `insert into task (id, source, region_code, summary, status, fence, due_provisional, created_at, resident_id)
        values ('t-${kind}', '${kind}', '${VILLAGE}', '群众${n}', 'open', 0, false, '2026-11-23T10:0${n}:00+08:00', '${resident}')`,
    )
  const found = await desk.family(village, first?.id ?? '')
  expect(found.ok && found.value.map(({ id }) => id)).toEqual(['t-halfFilledCase'])
  const back = await desk.family(village, 't-halfFilledCase')
  expect(back.ok && back.value.map(({ id }) => source(id))).toEqual(['applicationStep'])
  expect(await desk.family(village, 't-complaint')).toEqual({ ok: true, value: [] })
  expect(await desk.family(far, first?.id ?? '')).toMatchObject({ refusal: { code: 'notFound' } })
})

test('the day’s report counts what he did and what is left, and names nobody', async () => {
  const [first] = (await tasksOf()).filter(({ source }) => source === 'applicationStep')
  await service.app.officer.lease(village, first?.id ?? '', null)
  const text = await desk.report(village)
  expect(text).toContain('2026-11-23')
  expect(text).toContain('接单1件')
  expect(text).toContain('手上还有1件')
  expect(text).not.toContain('李秀英')
  expect(await desk.report(far)).toContain('接单0件')
})

test('each village is counted whole, whatever the list has loaded', async () => {
  const [own] = await desk.villages(village)
  const rows = await database.sql(`select count(*)::int as n from task where region_code = '${VILLAGE}'
    and status in ('open', 'leased', 'paused')`)
  expect(own?.live).toBe(rows[0]?.['n'])
  expect(await desk.villages(far)).toEqual([])
})

test('the village in which most is late comes first, then the one in which most is due today', async () => {
  const due = { '420702104200': '2026-11-24', '420702104201': '2026-11-23', '420702104202': '2026-11-20' }
  for (const [place, day] of Object.entries(due))
    await database.sql(
      `insert into task (id, source, region_code, summary, status, fence, promise_due, due_provisional, created_at)
        values ('t-${place}', 'halfFilledCase', '${place}', '群众', 'open', 0, '${day}', false, '2026-11-19T10:00:00+08:00')`,
    )
  const counts = await desk.villages(await service.appoint('town', 'town', '420702104'))
  expect(counts.slice(0, 3)).toEqual([
    { regionCode: '420702104202', live: 1, dueToday: 0, overdue: 1, seat: null },
    { regionCode: '420702104201', live: 1, dueToday: 1, overdue: 0, seat: null },
    { regionCode: '420702104200', live: 1, dueToday: 0, overdue: 0, seat: null },
  ])
})

test('a village of which somebody recorded where its office lies comes with it, in the system of the satellites', async () => {
  await database.sql(
    `insert into village_seat (region_code, longitude, latitude, system, source, recorded_at)
      values ('${VILLAGE}', 114.89624038245506, 30.369401978777862, 'gcj02', 'list', now())`,
  )
  const [own] = await desk.villages(village)
  expect(own?.seat?.longitude).toBeCloseTo(114.8912, 5)
  expect(own?.seat?.latitude).toBeCloseTo(30.3721, 5)
})
