import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCrossRegionDesk, type CrossRegionDesk } from '../../src/app/crossRegion/crossRegionDesk.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { shanghaiDate } from '../../src/domain/world.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

let database: TestDatabase
let service: Instance
let desk: CrossRegionDesk
let town: Officer
let foreign: Officer

beforeAll(async () => {
  database = await testDatabase()
  service = openInstance(database)
  desk = makeCrossRegionDesk(service.parts)
  town = await service.appoint('town', 'town', '420702104')
  foreign = await service.appoint('town2', 'town', '420704108')
})
afterAll(() => database?.close())

const asked = {
  ...{ regionCode: '420702104', asker: '某县卫健局', personName: '欧阳测试', personId: '42070219900101000９' },
  question: '是否在本地登记生育',
}

async function ask() {
  const outcome = await desk.ask(town, asked)
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  return outcome.value
}

async function counted() {
  const today = shanghaiDate(database.world.now())
  const query = { regionCode: '420702', from: today, to: today, byMonth: false, placeLength: 0, measures: null }
  const sums = await service.parts.store.transaction({ kind: 'system' }, tx => tx.figures.sums(query))
  return Object.fromEntries(sums.map(({ measure, n }) => [measure, n]))
}

test('a request is entered, masked, sealed, answered once, and counted', async () => {
  const request = await ask()
  expect(request.content).toMatchObject({ personName: expect.stringMatching(/^欧\*/), asker: '某县卫健局' })
  expect(await counted()).toEqual({ crossRegionAsked: 1 })
  const answer = { finding: 'found' as const, note: '已登记' }
  expect(await desk.answer(town, request.id, answer)).toMatchObject({ ok: true, value: { answer } })
  expect(await desk.answer(town, request.id, answer)).toEqual({ ok: false, refusal: { code: 'alreadyDone' } })
  expect(await counted()).toEqual({ crossRegionAsked: 1, crossRegionAnswered: 1, crossRegionOnTime: 1 })
  const [row] = await database.sql('select * from cross_region_request')
  expect(JSON.stringify(row)).not.toMatch(/欧阳|19900101/)
})

test('two officers who answer at once give one answer', async () => {
  const request = await ask()
  const before = (await counted())['crossRegionAnswered'] ?? 0
  const both = await Promise.all(
    (['notFound', 'notOurs'] as const).map(finding => desk.answer(town, request.id, { finding, note: null })),
  )
  expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  expect((await counted())['crossRegionAnswered']).toBe(before + 1)
})

test('foreign officers neither see, answer nor reveal it, and enter none for this place', async () => {
  const request = await ask()
  expect((await desk.list(foreign, { open: false, limit: 20 })).items).toEqual([])
  const missing = { ok: false, refusal: { code: 'notFound' } }
  expect(await desk.answer(foreign, request.id, { finding: 'found', note: null })).toEqual(missing)
  expect(await desk.reveal(foreign, request.id, '好奇')).toEqual(missing)
  expect(await desk.ask(foreign, asked)).toEqual(missing)
})

test('the person is shown unmasked against a reason that is written down', async () => {
  const request = await ask()
  const shown = await desk.reveal(town, request.id, '查登记档案')
  expect(shown).toMatchObject({ ok: true, value: { personName: '欧阳测试', personId: '420702199001010009' } })
  const noted = await database.sql(`select object_id from audit where action = 'crossRegion.reveal'`)
  expect(noted).toEqual([{ object_id: request.id }])
})

test('pages of the list meet, and open ones stand alone where asked', async () => {
  const first = await desk.list(town, { open: false, limit: 2 })
  const rest = await desk.list(town, { open: false, limit: 20, ...(first.next ? { cursor: first.next } : {}) })
  const ids = [...first.items, ...rest.items].map(({ id }) => id)
  expect(new Set(ids).size).toBe(4)
  const open = await desk.list(town, { open: true, limit: 20 })
  expect(open.items.every(({ answer }) => answer === null)).toBe(true)
  expect(open.items).toHaveLength(2)
})

test('an identity number that is none is refused', async () => {
  const outcome = await desk.ask(town, { ...asked, personId: '420702199001010008' })
  expect(outcome).toEqual({ ok: false, refusal: { code: 'badInput', fields: ['personId'] } })
})
