import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ExceptionKind } from '../../src/app/tasks/exceptionPort.ts'
import { makeTaskDesk, type TaskDesk } from '../../src/app/tasks/taskDesk.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { frozenWorld } from '../../src/domain/world.ts'
import { answersOf, registerUpTo, withCheck } from '../e2e/registration.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

/* 例外: what town and county read because it went another way than it should. */

const HOUR = 3_600_000
const VILLAGE = '420702104212'
const world = { ...frozenWorld('2026-11-23T09:00:00+08:00'), newId: randomUUID }
let database: TestDatabase
let service: Instance
let desk: TaskDesk
let village: Officer
let town: Officer
let county: Officer
let elsewhere: Officer

beforeAll(async () => {
  database = await testDatabase()
  service = openInstance(database, world)
  desk = makeTaskDesk(service.parts)
  village = await service.appoint('village', 'village', VILLAGE)
  town = await service.appoint('town', 'town', '420702104')
  county = await service.appoint('county', 'county', '420702')
  elsewhere = await service.appoint('elsewhere', 'county', '420704')
})
afterAll(() => database?.close())

const read = async (officer: Officer, kind: ExceptionKind) =>
  (await desk.exceptions(officer, { kind, from: null, limit: 10 })).items

async function files(serial: string): Promise<{ applicationId: string; taskId: string }> {
  const answers = answersOf(VILLAGE, withCheck(`4207021994${serial}000`))
  await registerUpTo('submit', answers, text => service.say(`resident-${serial}`, text))
  const { items } = await service.app.officer.applications(village, { limit: 1 })
  const [application] = items
  if (!application) throw new Error('nothing was filed')
  const found = await service.app.officer.tasks(village, { status: ['open'], limit: 50 })
  const task = found.items.find(one => one.applicationId === application.id)
  return { applicationId: application.id, taskId: task?.id ?? '' }
}

test('a second request for materials names the supervisor who allowed it and why, and nobody’s full name', async () => {
  const { applicationId, taskId } = await files('0401')
  const leased = await service.app.officer.lease(village, taskId, null)
  let fence = leased.ok ? leased.value.fence : 0
  const none = { what: null, wrong: null, mend: null, ground: null }
  const gap = { gaps: [{ material: 'idOrHouseholdBooklet', ...none }], due: null }
  const first = await service.app.notices.issue(village, applicationId, fence, { ...gap, reason: null })
  expect(first.ok).toBe(true)
  expect(await read(county, 'secondNotice')).toEqual([])
  world.advance(HOUR)
  const { task } = await taskOf(taskId)
  fence = task.fence
  const again = await service.app.notices.issue(county, applicationId, fence, { ...gap, reason: '第一次写错了材料' })
  expect(again).toMatchObject({ ok: true })

  const [line, ...others] = await read(town, 'secondNotice')
  expect(others).toEqual([])
  expect(line).toMatchObject({
    ...{ reason: '第一次写错了材料', times: 2, task: null, at: world.now(), regionCode: VILLAGE },
    by: { name: 'county', role: 'county', regionCode: '420702' },
    application: { id: applicationId, matter: 'birthRegistration' },
  })
  expect(JSON.stringify(line)).not.toContain('李秀英')
})

async function taskOf(id: string) {
  const found = await service.app.officer.task(county, id)
  if (!found.ok) throw new Error(found.refusal.code)
  return found.value
}

test('a case that nobody answered in five working days is there as accepted by silence', async () => {
  const { applicationId } = await files('0402')
  world.advance(8 * 24 * HOUR)
  await service.app.caseWork.look(100)
  expect(await read(county, 'bySilence')).toMatchObject([
    { application: { id: applicationId }, by: null, reason: null, times: 1 },
  ])
})

test('a task urged on two days, and one that the resident says is not done', async () => {
  const sender = randomUUID()
  await service.say(sender, '人工')
  const { items } = await service.app.officer.tasks(county, { status: ['open'], limit: 50 })
  const task = items.find(({ source }) => source === 'halfFilledCase')
  if (!task?.detail) throw new Error('no task')
  expect((await desk.urge(county, task.id, 0, null)).ok).toBe(true)
  expect(await read(county, 'urgedAgain')).toEqual([])
  world.advance(24 * HOUR)
  expect((await desk.urge(county, task.id, 0, null)).ok).toBe(true)
  expect(await read(county, 'urgedAgain')).toMatchObject([
    { task: { id: task.id, source: 'halfFilledCase' }, by: { name: 'county' }, times: 2 },
  ])

  await service.app.officer.lease(county, task.id, null)
  await service.app.officer.close(county, task.id, 1, '已电话答复')
  expect((await desk.resident.reopen(task.detail.residentId, task.id, '我叫李秀英，没人来')).ok).toBe(true)
  const [reopened] = await read(county, 'reopened')
  expect(reopened).toMatchObject({ task: { id: task.id }, by: null, reason: null, times: 1 })
})

test('another county sees none of it, and pages follow each other', async () => {
  for (const kind of ['secondNotice', 'bySilence', 'urgedAgain', 'reopened'] as const) {
    expect(await read(elsewhere, kind)).toEqual([])
    const all = await desk.exceptions(county, { kind, from: null, limit: 10 })
    const first = await desk.exceptions(county, { kind, from: null, limit: 1 })
    expect(first.items).toEqual(all.items.slice(0, 1))
    if (first.next)
      expect((await desk.exceptions(county, { kind, from: null, limit: 9, cursor: first.next })).items).toEqual(
        all.items.slice(1),
      )
    expect(await desk.exceptions(county, { kind, from: '2027-01-01', limit: 10 })).toEqual({ items: [], next: null })
  }
})
