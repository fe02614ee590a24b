import { afterAll, beforeAll, expect, test } from 'vitest'
import { lookAtCases } from '../../src/app/cases/lookAt.ts'
import type { AppParts } from '../../src/app/parts.ts'
import type { Application } from '../../src/domain/application.ts'
import { clocksOf } from '../../src/domain/clocks.ts'
import { withImportedCalendars } from '../../src/domain/import/calendar.ts'
import { nextLook } from '../../src/domain/nextLook.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { limitsOf } from '../../src/domain/packs/limits.ts'
import type { WorkCalendar } from '../../src/domain/workingDays.ts'
import { loadKnowledge } from '../../src/runtime/knowledge.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { fileByChat, lease, settableWorld } from './caseLife.ts'
import { openInstance, type Instance } from './instance.ts'

/* 行政许可法 32(4): who hears nothing within five working days is accepted as of receipt. On a clock of our own. */

let database: TestDatabase
let world: ReturnType<typeof settableWorld>
let service: Instance
let second: Instance
let village: Officer
beforeAll(async () => {
  database = await testDatabase()
  world = settableWorld(database.world, '2026-09-29T22:30:00')
  service = openInstance(database, world)
  second = openInstance(database, world)
  village = await service.appoint('village', 'village', '420702104212')
})
afterAll(() => database?.close())

const view = async (id: string) => {
  const found = await service.app.officer.application(village, id)
  if (!found.ok) throw new Error(found.refusal.code)
  return found.value
}

test('nothing happens before the last day is over, over the National Day and its make-up Saturday', async () => {
  world.set('2026-09-29T22:30:00')
  const { id } = await fileByChat(service, database)
  for (const time of ['2026-09-30T18:00:00', '2026-10-07T18:00:00', '2026-10-10T23:00:00', '2026-10-12T17:59:59']) {
    world.set(time)
    await service.app.caseWork.look(100)
    expect((await view(id)).status).toBe('submitted')
  }
  world.set('2026-10-12T18:00:00')
  await service.app.caseWork.look(100)
  expect(await view(id)).toMatchObject({ status: 'accepted', acceptedBySilence: true })
})

test('the service accepts once, as of receipt, with its reason in the log, though two workers look at once', async () => {
  world.set('2026-11-20T09:00:00')
  const { id, sender } = await fileByChat(service, database)
  const receivedAt = (await view(id)).receivedAt
  world.set('2026-11-28T09:00:00')
  await Promise.all([1, 2, 3, 4].flatMap(() => [service.app.caseWork.look(100), second.app.caseWork.look(100)]))
  const { log } = await view(id)
  expect(log.map(({ type, actor }) => `${type} ${actor}`)).toEqual(['submitted 群众', 'accepted 系统'])
  expect(log[1]?.note).toContain('第三十二条')
  const accepted = await service.kept.store.transaction({ kind: 'system' }, tx => tx.applications.byId(id))
  expect(accepted?.actions[1]?.event).toEqual({ type: 'accepted', bySilence: true, asOf: receivedAt })
  const told = await service.say(sender, '进度')
  expect(told.replies.map(({ text }) => text).join()).toContain('从收到那天起就算受理')
  // Looking again changes nothing, and there is nothing left to look at.
  expect(await service.app.caseWork.look(100)).toBe(0)
})

test('who was accepted in time is not accepted again', async () => {
  world.set('2026-11-20T09:00:00')
  const { id } = await fileByChat(service, database)
  const fence = await lease(service, village, id)
  await service.app.officer.accept(village, id, fence)
  world.set('2026-12-20T09:00:00')
  await service.app.caseWork.look(100)
  expect((await view(id)).log.map(({ type }) => type)).toEqual(['submitted', 'firstReceived', 'accepted'])
})

test('a case whose look fails is put off, and the others go on', async () => {
  world.set('2026-11-02T09:00:00')
  const [broken, whole] = [await fileByChat(service, database), await fileByChat(service, database)]
  await database.sql(`update application_action set event = '\\x00' where application_id = $1`, [broken.id])
  world.set('2026-11-20T09:00:00')
  const reported: string[] = []
  await lookAtCases({ ...service.parts, report: (_error, where) => reported.push(where) }, 100)
  expect(reported).toEqual(['look at a case'])
  expect((await view(whole.id)).status).toBe('accepted')
  expect(await service.app.caseWork.look(100)).toBe(0)
  await database.sql(`update application set look_at = null, status = 'archived' where id = $1`, [broken.id])
})

test('what is over goes to the archive after its days', async () => {
  world.set('2026-11-03T09:00:00')
  const { id, residentId } = await fileByChat(service, database)
  await service.app.residentCases.withdraw(residentId, id, null)
  await service.app.caseWork.look(100)
  expect((await view(id)).status).toBe('withdrawn')
  world.set('2026-12-04T00:00:00')
  await service.app.caseWork.look(100)
  expect((await view(id)).status).toBe('archived')
})

test('a calendar that is brought, by the county or a new version, moves the days of open cases and of their tasks, once, and of closed ones never', async () => {
  world.set('2026-12-28T09:00:00')
  const [open, closed] = [await fileByChat(service, database), await fileByChat(service, database)]
  await service.app.residentCases.withdraw(closed.residentId, closed.id, null)
  await service.app.caseWork.look(100)
  const due = async ({ id }: { id: string }) =>
    (await database.sql('select promise_due::text as due from task where application_id = $1', [id]))[0]?.['due']
  const before = await due(closed)
  expect(await due(open)).toBe('2027-01-05')
  const calendar: WorkCalendar = {
    year: 2027,
    daysOff: ['2027-01-01', '2027-01-02', '2027-01-03', '2027-01-04', '2027-01-05'],
    makeUpDays: [],
    source: 'made up for this test',
  }
  // The next start of the service reads it.
  const shipped = loadKnowledge('.').calendars
  const calendars = withImportedCalendars(shipped, [calendar])
  const started = (loaded: WorkCalendar[]) => service.kept.lookAfterCalendars(loaded, world.now())
  expect(await started(shipped)).toBeGreaterThan(0)
  expect(await Promise.all([started(calendars), started(calendars.toReversed())])).toContain(0)
  expect(await started(calendars)).toBe(0)
  const limits = (application: Application) => limitsOf(service.parts.packFor(application.regionCode), application)
  const restarted: AppParts = {
    ...service.parts,
    clocks: application => clocksOf(application.actions, limits(application), calendars),
    nextLook: ({ actions }) => nextLook(actions, service.parts.settings.looks, calendars),
  }
  world.set('2026-12-28T09:01:00')
  await lookAtCases(restarted, 1000)
  expect(await due(open)).toBe('2027-01-07')
  expect(await due(closed)).toBe(before)
})
