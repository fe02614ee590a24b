import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Officer } from '../../src/domain/officer.ts'
import { addDays, shanghaiDate } from '../../src/domain/world.ts'
import { answersOf, registerUpTo, withCheck } from '../e2e/registration.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

/* The audit trail of real work, read by those who may. */

let database: TestDatabase
let service: Instance
let village: Officer
let county: Officer
let auditor: Officer
let today: string

beforeAll(async () => {
  database = await testDatabase()
  service = openInstance(database)
  today = shanghaiDate(database.world.now())
  village = await service.appoint('village', 'village', '420702104212')
  county = await service.appoint('county', 'county', '420702')
  auditor = await service.appoint('auditor', 'auditor', '420702')
  const sender = randomUUID()
  const answers = answersOf('420702104212', withCheck('42070219910404000'))
  await registerUpTo('submit', answers, text => service.say(sender, text))
  const { items } = await service.app.officer.applications(village, { limit: 1 })
  await service.app.officer.reveal(village, items[0]?.id ?? '', '核对李秀英的证件')
  await note('420704108', 'elsewhere')
  await note(null, 'nowhere')
})
afterAll(() => database?.close())

const note = (regionCode: string | null, objectId: string) =>
  service.kept.store.transaction({ kind: 'system' }, tx =>
    tx.audit.add({
      actor: { kind: 'system' },
      action: 'test.noted',
      objectKind: 'test',
      objectId,
      regionCode,
      detail: {},
      at: database.world.now(),
    }),
  )

async function entries(officer: Officer, more: { from?: string; to?: string; cursor?: string; limit?: number } = {}) {
  const page = await service.app.audit.read(officer, { from: null, to: null, limit: 100, ...more })
  if (!page.ok) throw new Error(page.refusal.code)
  return page.value
}

test('the auditor reads his county and what concerns no place, the county its own, nobody another one', async () => {
  const seen = async (officer: Officer) => (await entries(officer)).items.map(({ objectId }) => objectId)
  expect(await seen(auditor)).toContain('nowhere')
  expect(await seen(auditor)).not.toContain('elsewhere')
  expect(await seen(county)).not.toContain('nowhere')
  expect(await seen(county)).not.toContain('elsewhere')
  expect(await service.app.audit.read(village, { from: null, to: null, limit: 1 })).toEqual({
    ok: false,
    refusal: { code: 'notAllowed' },
  })
})

test('says who looked at what, and neither why nor at whom', async () => {
  const { items } = await entries(auditor)
  expect(items.find(({ action }) => action === 'application.reveal')).toMatchObject({
    actor: { kind: 'officer', id: village.id, role: 'village' },
    objectKind: 'application',
    regionCode: '420702104212',
    detail: {},
  })
  expect(JSON.stringify(items)).not.toMatch(/李秀英|证件|420702199104040/)
})

test('reading it is written into it', async () => {
  await entries(county, { from: today, limit: 2 })
  const [newest] = (await entries(auditor)).items
  expect(newest).toMatchObject({
    action: 'audit.read',
    actor: { id: county.id },
    detail: { from: today, to: null, entries: 2 },
  })
})

test('pages meet without a gap, newest first', async () => {
  const whole = (await entries(county, { to: today })).items.map(({ id }) => id)
  const paged: string[] = []
  let cursor: string | undefined
  do {
    const page = await entries(county, { limit: 2, ...(cursor === undefined ? {} : { cursor }) })
    paged.push(...page.items.map(({ id }) => id))
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  // The reading of the first list itself is on top of the second.
  expect(paged.slice(-whole.length)).toEqual(whole)
  expect(new Set(paged).size).toBe(paged.length)
})

test('other days are empty, turned ones refused', async () => {
  expect((await entries(auditor, { to: addDays(today, -1) })).items).toEqual([])
  expect(await service.app.audit.read(auditor, { from: today, to: addDays(today, -1), limit: 1 })).toEqual({
    ok: false,
    refusal: { code: 'badInput', fields: ['from', 'to'] },
  })
})

test('the auditor learns whether the trail is whole and up to when, and that he asked is in it', async () => {
  expect(await service.app.audit.seal(county)).toMatchObject({ ok: false })
  await service.kept.audit.seal(database.world.now())
  expect(await service.app.audit.seal(auditor)).toMatchObject({
    ok: true,
    value: { firstBroken: null, seals: 1, sealedAt: expect.any(Number) },
  })
  expect((await entries(auditor)).items[0]).toMatchObject({ action: 'audit.checkSeal', detail: { firstBroken: null } })
  await database.sql(`update audit set object_id = 'other' where object_id = 'nowhere'`)
  expect(await service.app.audit.seal(auditor)).toMatchObject({ ok: true, value: { firstBroken: 1 } })
})
