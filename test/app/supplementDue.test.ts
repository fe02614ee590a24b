import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Officer } from '../../src/domain/officer.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { atWindow, fileByChat, lease, settableWorld, VILLAGE } from './caseLife.ts'
import { openInstance, type Instance } from './instance.ts'

/* A notice set a day, and nothing comes: no case waits in silence. On a clock of our own. */

let database: TestDatabase
let world: ReturnType<typeof settableWorld>
let service: Instance
let village: Officer
let town: Officer
beforeAll(async () => {
  database = await testDatabase()
  world = settableWorld(database.world, '2026-11-23T09:00:00')
  service = openInstance(database, world)
  village = await service.appoint('village', 'village', VILLAGE)
  town = await service.appoint('town', 'town', VILLAGE.slice(0, 9))
})
afterAll(() => database?.close())

const gap = { material: 'idOrHouseholdBooklet', what: null, wrong: '照片看不清', mend: null, ground: null }
const view = async (id: string) => {
  const found = await service.app.officer.application(village, id)
  if (!found.ok) throw new Error(found.refusal.code)
  return found.value
}
/** A case of the chat that waits for a paper until 7 December. */
async function waiting() {
  world.set('2026-11-23T09:00:00')
  const filed = await fileByChat(service, database)
  const fence = await lease(service, village, filed.id)
  const request = { gaps: [gap], due: '2026-12-07', reason: null }
  const issued = await service.app.notices.issue(village, filed.id, fence, request)
  if (!issued.ok) throw new Error(issued.refusal.code)
  return { ...filed, fence, notice: issued.value.number }
}
const lookOn = async (time: string) => {
  world.set(time)
  await Promise.all([service.app.caseWork.look(1000), service.app.caseWork.look(1000)])
}
const reminders = (notice: string) =>
  database.sql('select 1 from outbox where dedupe_key = $1', [`supplementReminder:${notice}`])
const overdue = (id: string) =>
  database.sql(`select status from task where application_id = $1 and source = 'supplementOverdue'`, [id])

test('the resident is reminded once, and an officer told when the day is over; the case goes on waiting', async () => {
  const { id, notice } = await waiting()
  await lookOn('2026-12-04T08:59:59')
  expect(await reminders(notice)).toEqual([])
  await lookOn('2026-12-04T09:00:00')
  await lookOn('2026-12-07T23:59:59')
  expect(await reminders(notice)).toHaveLength(1)
  expect(await overdue(id)).toEqual([])
  await lookOn('2026-12-08T00:00:00')
  await lookOn('2026-12-20T00:00:00')
  expect(await overdue(id)).toEqual([{ status: 'open' }])
  const { status, clockStopped, log } = await view(id)
  expect({ status, clockStopped }).toEqual({ status: 'waiting', clockStopped: true })
  expect(log.slice(-2).map(({ type, note }) => [type, note])).toEqual([
    ['supplementReminded', null],
    ['supplementLapsed', '2026-12-07'],
  ])
})

test('papers that come late end the officer’s task, and the five days begin', async () => {
  const { id, residentId } = await waiting()
  await lookOn('2026-12-08T00:00:00')
  expect(await service.app.residentCases.supplement(residentId, id, ['户口簿'])).toMatchObject({ ok: true })
  expect(await overdue(id)).toEqual([{ status: 'cancelled' }])
  await lookOn('2026-12-15T18:00:00')
  expect(await view(id)).toMatchObject({ status: 'accepted', acceptedBySilence: true })
})

test('a corrected notice gives another day, with a reminder of its own', async () => {
  const { id, fence, notice } = await waiting()
  await lookOn('2026-12-08T00:00:00')
  const corrected = { gaps: [gap], due: '2026-12-31', reason: '写错了材料' }
  const issued = await service.app.notices.issue(town, id, fence, corrected)
  expect(await overdue(id)).toEqual([{ status: 'cancelled' }])
  await lookOn('2026-12-28T09:00:00')
  expect(await reminders(issued.ok ? issued.value.number : notice)).toHaveLength(1)
})

test('whom no chat reaches is not said to have been reminded; the officer is told all the same', async () => {
  world.set('2026-11-23T09:00:00')
  const filed = await service.app.officerCases.file(village, atWindow())
  if (!filed.ok) throw new Error(filed.refusal.code)
  const { application, fence } = filed.value
  const request = { gaps: [gap], due: '2026-12-07', reason: null }
  await service.app.notices.issue(village, application.id, fence, request)
  await lookOn('2026-12-04T09:00:00')
  expect((await view(application.id)).log.at(-1)).toMatchObject({
    type: 'supplementReminded',
    note: '没有聊天，没能提醒',
  })
  await lookOn('2026-12-08T00:00:00')
  expect(await overdue(application.id)).toHaveLength(1)
})
