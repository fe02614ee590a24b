import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OfficerEntry } from '../../src/domain/import/officers.ts'
import { OfficersMoved, type MasterData } from '../../src/store/masterData.ts'
import type { OpenStore } from '../../src/store/openStore.ts'
import { testDatabase, type TestDatabase } from './database.ts'

let database: TestDatabase
let kept: OpenStore
let masterData: MasterData
const at = Date.parse('2026-11-23T09:00:00+08:00')
const entry = (username: string): OfficerEntry => ({
  username,
  name: '柯小满',
  role: 'village',
  regionCode: '420702104212',
  officePhone: null,
})
const account = (username: string) => ({ id: `id-${username}`, entry: entry(username), passwordHash: 'none' })
const named = async (username: string) => {
  const officer = (await masterData.officers()).find(one => one.username === username)
  if (!officer) throw new Error(`no officer ${username}`)
  return officer
}

beforeAll(async () => {
  database = await testDatabase()
  kept = database.open()
  masterData = kept.masterData
})
afterAll(() => database.close())

test('a disabled officer’s sessions end, and each change stands in the audit trail', async () => {
  await masterData.changeOfficers({ create: [account('ke')], update: [], disable: [] }, at)
  const tokenHash = Uint8Array.of(1, 2, 3)
  const session = { tokenHash, officerId: 'id-ke', csrfToken: 'c', at, expiresAt: at + 3_600_000 }
  await kept.auth.openOfficerSession(session)
  await masterData.changeOfficers({ create: [], update: [], disable: [await named('ke')] }, at)
  expect(await database.sql('select * from officer_session')).toEqual([])
  expect(await database.sql(`select action from audit where object_id = 'id-ke' order by seq`)).toEqual([
    { action: 'masterData.officer.created' },
    { action: 'masterData.officer.disabled' },
  ])
})

test('when an officer was changed meanwhile, nothing of the list is written', async () => {
  await masterData.changeOfficers({ create: [account('shen')], update: [], disable: [] }, at)
  const before = await named('shen')
  await database.sql(`update officer set name = '沈立秋' where username = 'shen'`)
  const update = [{ before, after: { ...entry('shen'), officePhone: '0711-2345678' } }]
  const late = masterData.changeOfficers({ create: [account('new')], update, disable: [] }, at)
  await expect(late).rejects.toThrow(OfficersMoved)
  expect((await masterData.officers()).map(({ username }) => username)).toEqual(['ke', 'shen'])
  expect((await named('shen')).officePhone).toBeNull()
  const taken = masterData.changeOfficers({ create: [account('new'), account('shen')], update: [], disable: [] }, at)
  await expect(taken).rejects.toThrow(OfficersMoved)
  expect(await masterData.officers()).toHaveLength(2)
})

test('the password of a known officer stays when his place changes', async () => {
  const [before] = await database.sql(`select password_hash from officer where username = 'shen'`)
  const after = { ...entry('shen'), role: 'town' as const, regionCode: '420702104' }
  await masterData.changeOfficers({ create: [], update: [{ before: await named('shen'), after }], disable: [] }, at)
  expect(await named('shen')).toMatchObject({ role: 'town', regionCode: '420702104', name: '柯小满' })
  expect(await database.sql(`select password_hash from officer where username = 'shen'`)).toEqual([before])
})

test('calendars and places come back as they were saved, the last one for a year and a county', async () => {
  const calendar = { year: 2027, daysOff: ['2027-01-01'], makeUpDays: ['2027-01-02'], source: '合成' }
  const list = { county: '420703', rows: [['420703100', '华容镇']] as const, aliases: [['老镇', '420703100']] as const }
  await masterData.saveCalendar({ ...calendar, daysOff: [] }, at)
  await masterData.saveCalendar(calendar, at)
  await masterData.saveCounty({ county: '420703', list, seats: [] }, at)
  expect(await masterData.read()).toEqual({ calendars: [calendar], counties: [list] })
})

test('village offices of a list are written with their audit, and never over what an officer recorded on the spot', async () => {
  const seat = (regionCode: string, longitude: number) => ({
    ...{ regionCode, point: { longitude, latitude: 30.3 }, system: 'cgcs2000' as const },
  })
  await database.sql(
    `insert into village_seat (region_code, longitude, latitude, system, source, recorded_by, recorded_at)
      values ('420703100201', 114.5, 30.5, 'gcj02', 'onSite', 'id-ke', now())`,
  )
  const seats = [seat('420703100201', 114.1), seat('420703100202', 114.2)]
  await masterData.saveCounty({ county: '420703', list: null, seats }, at)
  expect(await masterData.seats('420703')).toMatchObject([
    { regionCode: '420703100201', point: { longitude: 114.5 }, source: 'onSite', by: 'id-ke' },
    { ...seat('420703100202', 114.2), source: 'list', by: null, accuracy: null, at },
  ])
  expect(await database.sql(`select object_id from audit where action = 'masterData.seats'`)).toEqual([
    { object_id: '420703' },
  ])
})
