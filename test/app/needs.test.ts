import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeFigures } from '../../src/app/figures/makeFigures.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { fileByChat, settableWorld, VILLAGE } from './caseLife.ts'
import { openInstance, type Instance } from './instance.ts'

/* 群众需求: what residents come to the chat for, counted by place and month, and nobody named. */

let database: TestDatabase
let world: ReturnType<typeof settableWorld>
let service: Instance
let county: Officer
beforeAll(async () => {
  database = await testDatabase()
  world = settableWorld(database.world, '2026-11-23T09:00:00')
  service = openInstance(database, world)
  county = await service.appoint('county', 'county', '420702')
  await service.appoint('village', 'village', VILLAGE)
})
afterAll(() => database?.close())

const night = (time: string) => {
  world.set(time)
  return makeFigures(service.parts).night()
}
const kinds = async () =>
  (
    await database.sql(
      `select region_code, detail, sum(n)::int as n from figure_change where measure = 'need' group by 1, 2 order by 1, 2`,
    )
  ).map(row => [row['region_code'], row['detail'], row['n']])

test('what people came for on a day counts once for each of them, in the place of their case or at home', async () => {
  const { sender } = await fileByChat(service, database)
  await service.say(sender, '育儿补贴')
  await service.say(sender, '重来')
  const stranger = randomUUID()
  await service.say(stranger, '四孩能不能登记？')
  await service.say(stranger, '四孩能登记吗')
  await night('2026-11-24T01:10:00')
  const counted = await kinds()
  expect(counted).toContainEqual([VILLAGE, 'birthRegistration', 1])
  expect(counted).toContainEqual([VILLAGE, 'childcareSubsidy', 1])
  const policies = counted.filter(([, detail]) => String(detail).startsWith('policy.'))
  expect(policies.length).toBeGreaterThan(0)
  expect(policies.every(([place, , n]) => place === service.parts.settings.homeRegion && n === 1)).toBe(true)
  const rows = JSON.stringify(await database.sql(`select * from figure_change where measure = 'need'`))
  expect(rows).not.toContain(sender)
})

test('days without a night are made up, and no day counts twice', async () => {
  const before = await kinds()
  expect(await night('2026-11-24T02:00:00')).toBeNull()
  await fileByChat(service, database)
  await night('2026-11-27T01:10:00')
  const after = await kinds()
  const registrations = (all: typeof before) =>
    all.filter(([, detail]) => detail === 'birthRegistration').reduce((sum, [, , n]) => sum + Number(n), 0)
  expect(registrations(after)).toBe(registrations(before) + 1)
  expect(await database.sql('select day from need_day')).toHaveLength(4)
})

test('the county reads them ranked by kind and month, small numbers hidden, policy questions by their titles', async () => {
  const filter = { regionCode: null, from: '2026-11-01', to: '2026-11-30' }
  const read = await makeFigures(service.parts).needs(county, filter)
  expect(read).toMatchObject({ ok: true, value: { needs: { ranked: expect.any(Array) } } })
  if (!read.ok) return
  const { needs, titles } = read.value
  expect(needs.ranked.every(({ n }) => n === null)).toBe(true)
  const policy = needs.ranked.find(({ reason }) => reason.startsWith('policy.'))
  expect(titles[policy?.reason ?? '']?.['zh-CN']).toBeTruthy()
  const report = await makeFigures(service.parts).report(county, filter)
  const figure = report.ok ? report.value.indicators.find(({ indicator }) => indicator.id === 'needsMonthly') : null
  expect(figure?.figure.state).not.toBe('noData')
})

test('the stops of the flows stay as they were: an answered question is no step', async () => {
  const stops = await service.app.funnels(county, { flow: 'policy-question', from: '2026-11-01', to: '2026-11-30' })
  expect(stops.ok && stops.value.every(({ revision }) => revision > 0)).toBe(true)
})
