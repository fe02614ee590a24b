import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Outcome } from '../../src/app/app.ts'
import type { Measured, SeatDesk } from '../../src/app/seats/seatDesk.ts'
import { makeSeatDesk } from '../../src/app/seats/seatDesk.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { frozenWorld } from '../../src/domain/world.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

/* Officers record where the office of a village lies; who is of another place neither sees nor changes it. */

const TOWN = '420702104'
const VILLAGE = `${TOWN}212`
const SIBLING = `${TOWN}213`
const OTHER_TOWN = '420702105'
const villages = [VILLAGE, SIBLING, `${OTHER_TOWN}201`]

let database: TestDatabase
let service: Instance
let desk: SeatDesk
let village: Officer
let sibling: Officer
let town: Officer
let county: Officer

beforeAll(async () => {
  database = await testDatabase()
  service = openInstance(database, frozenWorld('2026-11-23T09:00:00+08:00'))
  desk = makeSeatDesk(service.parts, place => villages.filter(code => code.startsWith(place)))
  village = await service.appoint('ke', 'village', VILLAGE)
  sibling = await service.appoint('shen', 'village', SIBLING)
  town = await service.appoint('town', 'town', TOWN)
  county = await service.appoint('county', 'county', '420702')
})
afterAll(() => database?.close())

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  return outcome.value
}

const at = (longitude: number, latitude: number): Measured => ({
  ...{ point: { longitude, latitude }, system: 'wgs84', accuracy: 12 },
})
const here = at(114.8, 30.2)
const audited = () =>
  database.sql(`select actor ->> 'id' as who, action, object_id, region_code, detail from audit
    where action like 'villageSeat.%' order by seq`)

test('what an officer recorded at the door is there with his name and moment, and in the audit trail without the place', async () => {
  const shown = valueOf(await desk.record(village, VILLAGE, here))
  expect(shown).toEqual({
    regionCode: VILLAGE,
    seat: {
      ...{ point: { longitude: 114.8, latitude: 30.2 }, accuracy: 12, source: 'onSite', by: 'ke' },
      ...{ at: expect.any(Number), nearestKm: null, far: false },
    },
  })
  expect(valueOf(await desk.list(village, null))).toEqual({ villages: [shown], roughMetres: 100 })
  expect(await audited()).toEqual([
    {
      ...{ who: 'ke', action: 'villageSeat.record', object_id: VILLAGE, region_code: VILLAGE },
      detail: { system: 'wgs84', accuracy: 12 },
    },
  ])
})

test('it is done again by whoever is there, of the town too, and the newest holds', async () => {
  const shown = valueOf(await desk.record(town, VILLAGE, { ...at(114.81, 30.21), accuracy: null }))
  expect(shown.seat).toMatchObject({ by: 'town', accuracy: null, point: { longitude: 114.81, latitude: 30.21 } })
  valueOf(await desk.record(village, VILLAGE, here))
  expect(await database.sql('select count(*)::int as n from village_seat')).toEqual([{ n: 1 }])
})

test('as a map of WeChat gives it, it is kept as given and shown in the system of the satellites', async () => {
  const point = { longitude: 114.89624038245506, latitude: 30.369401978777862 }
  const shown = valueOf(await desk.record(sibling, SIBLING, { point, system: 'gcj02', accuracy: 20 }))
  expect(shown.seat?.point.longitude).toBeCloseTo(114.8912, 5)
  expect(shown.seat?.point.latitude).toBeCloseTo(30.3721, 5)
  expect(
    await database.sql(`select longitude, latitude, system from village_seat where region_code = '${SIBLING}'`),
  ).toEqual([{ ...point, system: 'gcj02' }])
})

test('a place far from the others of the town is taken, and said to be far; the village hears how far, and not where they are', async () => {
  const shown = valueOf(await desk.record(sibling, SIBLING, at(115.8, 30.2)))
  expect(shown.seat?.far).toBe(true)
  expect(shown.seat?.nearestKm).toBeCloseTo(96.1, 0)
  expect(valueOf(await desk.list(sibling, null)).villages).toEqual([shown])
  expect(valueOf(await desk.record(sibling, SIBLING, at(114.82, 30.2))).seat).toMatchObject({ far: false })
})

test('town and county see the villages below them, those without a place too', async () => {
  const codes = (list: { regionCode: string; seat: unknown }[]) =>
    list.map(({ regionCode, seat }) => [regionCode, seat !== null])
  expect(codes(valueOf(await desk.list(town, null)).villages)).toEqual([
    [VILLAGE, true],
    [SIBLING, true],
  ])
  expect(codes(valueOf(await desk.list(county, OTHER_TOWN)).villages)).toEqual([[`${OTHER_TOWN}201`, false]])
  expect(valueOf(await desk.list(county, null)).villages).toHaveLength(3)
})

test('another village, another town, a town itself and a village that does not exist are not there', async () => {
  const notThere = { ok: false, refusal: { code: 'notFound' } }
  expect(await desk.record(village, SIBLING, here)).toEqual(notThere)
  expect(await desk.remove(village, SIBLING)).toEqual(notThere)
  expect(await desk.list(village, SIBLING)).toEqual(notThere)
  expect(await desk.list(town, OTHER_TOWN)).toEqual(notThere)
  expect(await desk.record(county, OTHER_TOWN, here)).toEqual(notThere)
  expect(await desk.record(county, `${TOWN}999`, here)).toEqual(notThere)
})

test('the database itself shows no village of another place, and lets none be written', async () => {
  const eyes = { kind: 'officer', officerId: 'ke', regionCode: VILLAGE } as const
  const seats = await service.kept.store.transaction(eyes, tx => tx.seats.within(TOWN))
  expect(seats.map(({ regionCode }) => regionCode)).toEqual([VILLAGE])
  const foreign = { ...at(114.8, 30.2), regionCode: SIBLING, source: 'onSite', by: 'ke', at: 0 } as const
  await expect(service.kept.store.transaction(eyes, tx => tx.seats.record(foreign))).rejects.toThrow(/row-level/)
  expect(await service.kept.store.transaction(eyes, tx => tx.seats.remove(SIBLING))).toBe(false)
})

test('a place outside China is refused by the field that is wrong', async () => {
  const exchanged = await desk.record(village, VILLAGE, at(30.2, 114.8))
  expect(exchanged).toEqual({ ok: false, refusal: { code: 'badInput', fields: ['longitude', 'latitude'] } })
  const nowhere = await desk.record(village, VILLAGE, { ...here, accuracy: -1 })
  expect(nowhere).toEqual({ ok: false, refusal: { code: 'badInput', fields: ['accuracy'] } })
})

test('what was recorded in the wrong place is removed once, and that is written down', async () => {
  expect(valueOf(await desk.remove(village, VILLAGE))).toEqual({ regionCode: VILLAGE, seat: null })
  expect(await desk.remove(village, VILLAGE)).toEqual({ ok: false, refusal: { code: 'alreadyDone' } })
  expect((await audited()).at(-1)).toMatchObject({ who: 'ke', action: 'villageSeat.remove', object_id: VILLAGE })
})
