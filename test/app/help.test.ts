import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCare } from '../../src/app/care/careFamilyOf.ts'
import { recordCare } from '../../src/app/care/record.ts'
import type { Officer } from '../../src/domain/officer.ts'
import type { World } from '../../src/domain/world.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'
import { fileIn, talk } from './residents.ts'

/* 暖心求助 in chat: who gets it, what is asked, and what is promised. */

const VILLAGE = '420702104212'
const MONDAY = Date.parse('2026-11-23T10:00:00+08:00')
let database: TestDatabase
let service: Instance
let village: Officer
let cadre: Officer

beforeAll(async () => {
  database = await testDatabase()
  const world: World = { ...database.world, now: () => MONDAY }
  service = openInstance(database, world)
  village = await service.appoint('village', 'village', VILLAGE)
  cadre = await service.appoint('张敏', 'village', VILLAGE)
})
afterAll(() => database?.close())

async function someone(): Promise<{ sender: string; residentId: string }> {
  const sender = randomUUID()
  await talk(service, sender, '你好')
  await fileIn({ here: service, database }, VILLAGE, sender)
  const address = { channel: 'web' as const, sender, messageKey: randomUUID() }
  return { sender, residentId: (await service.kept.store.turns.open(address, MONDAY)).resident.id }
}

const tasksOf = (residentId: string) =>
  database.sql(
    `select summary, region_code, promise_due::text as due, only_for from task
      where source = 'helpRequest' and resident_id = $1`,
    [residentId],
  )

test('a family that is looked after is asked one sentence, told who calls and by when; nobody else in the village sees it', async () => {
  const { sender, residentId } = await someone()
  const actor = { kind: 'system' as const }
  await service.parts.store.transaction({ kind: 'system' }, async tx => {
    const opening = {
      residentId,
      householdId: null,
      regionCode: VILLAGE,
      name: null,
      phone: null,
      occasion: 'asked' as const,
      actor,
    }
    const { familyId } = await openCare(service.parts, tx, opening)
    const family = await tx.care.lock(familyId)
    if (!family) throw new Error('no family')
    const event = { type: 'contactSet' as const, post: 'cadre' as const, officerId: cadre.id, why: 'chosen' as const }
    await recordCare(tx, family, event, { actor, at: MONDAY })
  })
  expect(await talk(service, sender, '陪诊', '后天上午去市医院')).toContain(
    '好，张敏会给您打电话，最晚2026年11月24日（星期二）。',
  )
  const [task, ...more] = await tasksOf(residentId)
  expect(more).toEqual([])
  expect(task).toMatchObject({ region_code: VILLAGE, due: '2026-11-24', only_for: [cadre.id] })
  const seen = await service.app.officer.tasks(village, { limit: 50 })
  expect(seen.items.filter(({ source }) => source === 'helpRequest')).toEqual([])
})

test('without such a family the village gets it, and no name is said where it may be one of several', async () => {
  const { sender, residentId } = await someone()
  const told = await talk(service, sender, '想找人说说话')
  expect(told).toContain('12356')
  expect(told).toContain('会有人给您打电话')
  expect(await tasksOf(residentId)).toMatchObject([{ region_code: VILLAGE, only_for: null }])
  await talk(service, sender, '想找人说说话')
  expect(await tasksOf(residentId)).toHaveLength(1)
})

test('who is not known is asked where he lives and how to call him, and no more than that', async () => {
  const sender = randomUUID()
  await talk(service, sender, '你好')
  const told = await talk(service, sender, '上门帮忙', '家务、照料', '湖北省鄂州市梁子湖区沼山镇下柯村', '13800000000')
  expect(told).toContain('会有人给您打电话')
  const address = { channel: 'web' as const, sender, messageKey: randomUUID() }
  const { resident } = await service.kept.store.turns.open(address, MONDAY)
  expect(await tasksOf(resident.id)).toMatchObject([{ region_code: VILLAGE }])
})
