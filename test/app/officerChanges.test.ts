import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeTaskDesk } from '../../src/app/tasks/taskDesk.ts'
import { shanghaiDate } from '../../src/domain/world.ts'
import { makeOfficerChanges, type OfficerChanges } from '../../src/app/officer/officerChanges.ts'
import type { Officer } from '../../src/domain/officer.ts'
import type { OfficerWish } from '../../src/domain/officerChange.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

/* Role, place and end of an account, as town and county change them on their page. */

const TOWN = '420702104'
const VILLAGE = '420702104212'
const OTHER = '420702104200'

let database: TestDatabase
let service: Instance
/** Another process of the same deployment. */
let second: Instance
let changes: OfficerChanges
let county: Officer
let town: Officer
beforeAll(async () => {
  database = await testDatabase()
  service = openInstance(database)
  second = openInstance(database)
  changes = makeOfficerChanges(service.parts, service.kept.masterData, code => !code.endsWith('999'))
  county = await service.appoint('county', 'county', '420702')
  town = await service.appoint('town', 'town', TOWN)
})
afterAll(() => database?.close())

const wish = ({ role, regionCode, officePhone, disabled }: Officer, more: Partial<OfficerWish> = {}) => ({
  ...{ role, regionCode, officePhone, disabled },
  ...more,
})
const change = (by: Officer, who: Officer, more: Partial<OfficerWish>, expected: number | null = null) =>
  changes.change(by, { id: who.id, wish: wish(who, more), reason: '岗位调整', expected })
const now = async (who: Officer) => (await service.kept.auth.officerByUsername(who.username))?.officer

async function session(officer: Officer): Promise<Uint8Array> {
  const tokenHash = randomBytes(32)
  const at = database.world.now()
  await service.kept.auth.openOfficerSession({
    ...{ tokenHash, officerId: officer.id, csrfToken: 'c', at, expiresAt: at + 3_600_000 },
  })
  return tokenHash
}
/** As another process sees it. */
const isOpen = async (tokenHash: Uint8Array) =>
  (await second.kept.auth.officerSession(tokenHash, database.world.now())) !== null

/** A task that this officer holds. */
async function held(officer: Officer): Promise<string> {
  await service.say(randomUUID(), '人工')
  const { items } = await service.app.officer.tasks(county, { status: ['open'], limit: 1 })
  const id = items[0]?.id ?? ''
  await service.app.officer.lease(officer, id, null)
  return id
}

test('who is disabled is out in every process at once, and what he held is open again', async () => {
  const officer = await service.appoint('leaves', 'county', '420702')
  const [desk, phone, task] = [await session(officer), await session(officer), await held(officer)]
  expect(await change(county, officer, { disabled: true })).toMatchObject({
    value: { returned: 1, uncovered: 0, next: [] },
  })
  expect(await isOpen(desk)).toBe(true)
  expect(await change(county, officer, { disabled: true }, 0)).toMatchObject({ refusal: { code: 'notAllowed' } })
  expect(await change(county, officer, { disabled: true }, 1)).toMatchObject({ ok: true })
  expect([await isOpen(desk), await isOpen(phone)]).toEqual([false, false])
  const [open] = await database.sql('select status, assignee_id from task where id = $1', [task])
  expect(open).toEqual({ status: 'open', assignee_id: null })
  const [line] = await database.sql(
    `select actor, detail from audit where action = 'masterData.officer.disabled' and object_id = $1 and detail ? 'reason'`,
    [officer.id],
  )
  expect(line).toMatchObject({ actor: { id: 'county' }, detail: { disabled: true, toRegion: '420702' } })
  expect(JSON.stringify(line)).not.toContain('岗位调整')
})

test('who comes back works again, and his old sessions stay ended', async () => {
  const officer = await service.appoint('returns', 'village', VILLAGE)
  const before = await session(officer)
  await change(county, officer, { disabled: true }, 0)
  expect((await now(officer))?.disabled).toBe(true)
  const gone = { ...officer, disabled: true }
  expect(await change(county, gone, { disabled: false }, 0)).toMatchObject({ ok: true })
  expect((await now(officer))?.disabled).toBe(false)
  expect(await isOpen(before)).toBe(false)
})

test('another village or rank begins with a new log-in; a new phone does not', async () => {
  const officer = await service.appoint('moves', 'village', VILLAGE)
  const first = await session(officer)
  expect(await change(town, officer, { officePhone: '0711-2345678' }, 0)).toMatchObject({ ok: true })
  expect(await isOpen(first)).toBe(true)
  const called = { ...officer, officePhone: '0711-2345678' }
  expect(await change(town, called, { regionCode: OTHER }, 0)).toMatchObject({ ok: true })
  expect(await isOpen(first)).toBe(false)
  const moved = { ...called, regionCode: OTHER }
  const anew = await session(officer)
  expect(await change(county, moved, { role: 'town', regionCode: TOWN }, 0)).toMatchObject({ ok: true })
  expect(await isOpen(anew)).toBe(false)
  expect(await now(officer)).toMatchObject({ role: 'town', regionCode: TOWN, officePhone: '0711-2345678' })
})

test('nobody changes himself, an auditor, whoever is above or elsewhere, and nobody raises anybody above himself', async () => {
  const auditor = await service.appoint('auditor', 'auditor', '420702')
  const far = await service.appoint('far', 'village', '420704108202')
  const officer = await service.appoint('stays', 'village', VILLAGE)
  const refused = { refusal: { code: 'notFound' } }
  expect(await change(county, county, { disabled: true })).toMatchObject(refused)
  expect(await change(county, auditor, { disabled: true })).toMatchObject(refused)
  expect(await change(county, far, { disabled: true })).toMatchObject(refused)
  expect(await change(town, county, { disabled: true })).toMatchObject(refused)
  expect(await change(officer, officer, {})).toMatchObject(refused)
  const wrong = (field: string) => ({ refusal: { code: 'badInput', fields: [field] } })
  expect(await change(town, officer, { role: 'town', regionCode: TOWN })).toMatchObject(wrong('role'))
  expect(await change(county, officer, { role: 'auditor', regionCode: '420702' })).toMatchObject(wrong('role'))
  expect(await change(county, officer, { regionCode: TOWN })).toMatchObject(wrong('regionCode'))
  expect(await change(county, officer, { regionCode: '420702104999' })).toMatchObject(wrong('regionCode'))
  expect(await change(county, officer, { officePhone: '110' })).toMatchObject(wrong('officePhone'))
})

test('a substitute who is made less does not keep the rank of the colleague for whom he stands in', async () => {
  const desk = makeTaskDesk(service.parts)
  const head = await service.appoint('head', 'county', '420702')
  const deputy = await service.appoint('deputy', 'county', '420702')
  const today = shanghaiDate(database.world.now())
  const away = { officerId: head.id, from: today, to: today, substituteId: deputy.id }
  expect(await desk.setAbsence(county, away)).toMatchObject({ ok: true })
  expect(await desk.standingIn(deputy, 'head')).toMatchObject({ role: 'county' })
  expect(await change(county, deputy, { role: 'village', regionCode: VILLAGE }, 0)).toMatchObject({ ok: true })
  const after = { ...deputy, role: 'village' as const, regionCode: VILLAGE }
  expect(await desk.standingIn(after, 'head')).toBeNull()
  expect(await desk.standsInFor(after)).toEqual([])
  const staff = await service.kept.store.transaction({ kind: 'system' }, tx => tx.staff.within('420702', today))
  expect(staff.find(({ officer }) => officer.id === head.id)?.absent).toEqual({ substitute: null })
})

test('of two who change one officer at the same moment one is told to look again', async () => {
  const officer = await service.appoint('raced', 'village', VILLAGE)
  const done = await Promise.all([
    change(county, officer, { regionCode: OTHER }, 0),
    change(town, officer, { disabled: true }, 0),
  ])
  expect(done.filter(({ ok }) => ok).length).toBeGreaterThan(0)
  expect(await now(officer)).toMatchObject({ username: 'raced' })
})

test('the list has those who left, no auditor, and nobody of another place', async () => {
  const listed = await changes.list(town)
  expect(listed.find(({ username }) => username === 'returns')).toMatchObject({ disabled: false, mayChange: true })
  expect((await changes.list(county)).find(({ username }) => username === 'leaves')).toMatchObject({ disabled: true })
  expect(listed.find(({ username }) => username === 'town')).toMatchObject({ mayChange: false })
  expect(listed.map(({ username }) => username)).not.toEqual(expect.arrayContaining(['auditor']))
  expect(listed.every(({ regionCode }) => regionCode.startsWith(TOWN))).toBe(true)
})
