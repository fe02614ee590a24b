import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { calendarConsent } from '../../src/domain/policy/serviceCalendar.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'
import { register, talk } from './residents.ts'

let database: TestDatabase
let here: Instance

beforeAll(async () => {
  database = await testDatabase()
  here = openInstance(database)
})
afterAll(() => database.close())

describe('the service calendar', () => {
  test('is offered in words, opened by consent, listed, and stopped', async () => {
    const sender = randomUUID()
    expect(await talk(here, sender, '服务日历')).toContain('您还没有登记')
    expect(await register(here, sender, '1990-01-01')).toContain('回复“服务日历”')
    const opened = await talk(here, sender, '服务日历', '同意，开日历')
    expect(opened).toContain('孕期保健')
    expect(opened).toContain('2027年3月15日')
    expect(await talk(here, sender, '我的服务日历')).toContain('您的服务日历')
    expect(await talk(here, sender, '停掉')).toContain('已停')
    expect(await talk(here, sender, '服务日历')).toContain('您同意吗')
    const rows = await database.sql(
      `select consent_version, stopped_at is not null as stopped from service_calendar order by consent_at`,
    )
    expect(rows).toEqual([{ consent_version: calendarConsent.version, stopped: true }])
    const actions = await database.sql(`select action from audit where action like 'serviceCalendar.%' order by seq`)
    expect(actions).toEqual([{ action: 'serviceCalendar.start' }, { action: 'serviceCalendar.stop' }])
  })

  test('asks for the very consent that its rows name', () => {
    const { steps } = parse(readFileSync('flows/service-calendar/flow.yaml', 'utf8'))
    expect(steps).toContainEqual(expect.objectContaining({ id: 'agree', ...calendarConsent }))
  })

  test('of one resident is seen by nobody else', async () => {
    const sender = randomUUID()
    await register(here, sender, '1990-01-02')
    await talk(here, sender, '服务日历', '同意，开日历')
    const owner = await database.sql(`select resident_id from service_calendar where stopped_at is null limit 1`)
    const residentId = String(owner[0]?.['resident_id'])
    const seenBy = (scope: Parameters<typeof here.kept.store.transaction>[0]) =>
      here.kept.store.transaction(scope, tx => tx.serviceCalendars.running(residentId))
    expect((await seenBy({ kind: 'resident', residentId })).length).toBe(1)
    expect(await seenBy({ kind: 'resident', residentId: randomUUID() })).toEqual([])
    expect((await seenBy({ kind: 'officer', officerId: 'o', regionCode: '420702104' })).length).toBe(1)
    expect(await seenBy({ kind: 'officer', officerId: 'o', regionCode: '420704108' })).toEqual([])
  })
})
