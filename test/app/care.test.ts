import { afterAll, beforeAll, expect, test } from 'vitest'
import { careFamilyOf, openCare } from '../../src/app/care/careFamilyOf.ts'
import { eyesOf } from '../../src/app/officer/eyes.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

/* 暖心 on a real store: who sees a family, and who does not. */

const VILLAGE = '420702104212'

let database: TestDatabase
let here: Instance
let cadre: Officer
let neighbour: Officer
let leader: Officer
let otherTown: Officer
let county: Officer

beforeAll(async () => {
  database = await testDatabase()
  here = openInstance(database)
  cadre = await here.appoint('王专干', 'village', VILLAGE)
  neighbour = await here.appoint('李专干', 'village', VILLAGE)
  leader = await here.appoint('陈镇长', 'town', '420702104')
  otherTown = await here.appoint('刘经办', 'town', '420704108')
  county = await here.appoint('赵科长', 'county', '420702')
})
afterAll(() => database?.close())

async function resident(sender: string): Promise<string> {
  const address = { channel: 'web' as const, sender, messageKey: 'first' }
  return (await here.kept.store.turns.open(address, here.parts.world.now())).resident.id
}

const asSystem = <T>(run: Parameters<typeof here.parts.store.transaction<T>>[1]) =>
  here.parts.store.transaction({ kind: 'system' }, run)

async function seesTask(officer: Officer, taskId: string): Promise<boolean> {
  return (await here.app.officer.task(officer, taskId)).ok
}

test('a death in a family that nobody looks after yet makes a visit for the town, and for no one else', async () => {
  const residentId = await resident('grieving')
  const opening = { residentId, householdId: null, regionCode: VILLAGE, name: null, occasion: 'bereavement' as const }
  const actor = { kind: 'resident' as const, id: residentId }
  const opened = await asSystem(tx => openCare(here.parts, tx, { ...opening, actor }))
  const taskId = opened.taskId ?? ''
  const seen = await Promise.all([leader, cadre, neighbour, otherTown, county].map(who => seesTask(who, taskId)))
  expect(seen).toEqual([true, false, false, false, false])
  const again = await asSystem(tx => openCare(here.parts, tx, { ...opening, actor }))
  expect(again).toEqual({ familyId: opened.familyId, taskId: null })
  const found = await asSystem(tx => careFamilyOf(tx, { residentId }))
  expect(found?.state.status).toBe('proposed')
  const own = await here.parts.store.transaction({ kind: 'resident', residentId }, tx =>
    careFamilyOf(tx, { residentId }),
  )
  expect(own?.family.id).toBe(opened.familyId)
  for (const who of [cadre, neighbour, otherTown, county]) {
    expect(await here.parts.store.transaction(eyesOf(who), tx => tx.care.byId(opened.familyId))).toBeNull()
  }
})
