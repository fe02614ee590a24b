import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeRelativeDesk, type RelativeDesk } from '../../src/app/care/relatives.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { submitBirthRegistration } from '../../src/app/commands/submitBirthRegistration.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

/* 个人信息保护法 49 on a real store: nothing is shown before somebody saw the papers and said yes. */

const VILLAGE = '420702104212'

let database: TestDatabase
let here: Instance
let desk: RelativeDesk
let town: Officer
let otherTown: Officer
let county: Officer
let number: string

beforeAll(async () => {
  database = await testDatabase()
  here = openInstance(database)
  desk = makeRelativeDesk(here.parts)
  town = await here.appoint('陈镇长', 'town', '420702104')
  otherTown = await here.appoint('刘经办', 'town', '420704108')
  county = await here.appoint('赵科长', 'county', '420702')
  number = await caseOfTheDead()
})
afterAll(() => database?.close())

async function caseOfTheDead(): Promise<string> {
  const at = here.parts.world.now()
  const address = { channel: 'web' as const, sender: 'dead', messageKey: 'first' }
  const { resident } = await here.kept.store.turns.open(address, at)
  return here.parts.store.transaction({ kind: 'system' }, async tx => {
    const filed = {
      ...{ registrant: 'mother', applicantName: '王秀英', applicantId: '42070219910606000X', phone: '13800000001' },
      ...{ region: VILLAGE, stage: 'expecting', birthDate: '2027-03-01', childName: null, earlierChildren: 0 },
    }
    await submitBirthRegistration(filed, { parts: here.parts, tx, officer: null, residentId: resident.id, address, at })
    return (await tx.applications.ofResident(resident.id))[0]?.number ?? ''
  })
}

function valueOf(outcome: Awaited<ReturnType<RelativeDesk['data']>>): Record<string, unknown> {
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  return outcome.value
}

const asked = (wish: 'see' | 'copy' | 'correct' | 'delete') => ({
  relative: { name: '周小军', relation: '儿子', phone: '13800000002' },
  ...{ deceased: '王秀英', wish, interest: '办遗产公证要用', caseNumber: number },
})
async function askFor(wish: 'see' | 'delete'): Promise<string> {
  const outcome = await desk.ask(town, asked(wish))
  return outcome.ok ? outcome.value.id : ''
}

test('who asks is shown nothing before his papers were seen and it was granted; then each look is written down', async () => {
  const id = await askFor('see')
  expect(await desk.data(town, id)).toMatchObject({ refusal: { code: 'notAllowed', allowed: ['checked', 'refused'] } })
  expect(await desk.decide(town, id, { granted: true })).toMatchObject({ ok: false })
  await desk.check(town, id, '身份证、户口簿、死亡证明')
  await desk.decide(town, id, { granted: true })
  expect(JSON.stringify(await desk.data(town, id))).toContain(number)
  expect(Object.keys(valueOf(await desk.data(town, id)))).toContain('care')
  // The county sees no family in care, by this way neither.
  expect(Object.keys(valueOf(await desk.data(county, id)))).not.toContain('care')
  const trail = await database.sql(`select action from audit where object_id = $1 order by seq`, [id])
  expect(trail.map(({ action }) => action)).toEqual([
    ...['relative.asked', 'relative.checked', 'relative.granted'],
    ...['relative.shown', 'relative.shown', 'relative.shown'],
  ])
})

test('another place has no such request, and finds no such case', async () => {
  const id = await askFor('see')
  expect(await desk.check(otherTown, id, '身份证、户口簿')).toMatchObject({ refusal: { code: 'notFound' } })
  expect(await desk.list(otherTown)).toEqual([])
  expect(await desk.ask(otherTown, asked('see'))).toMatchObject({ refusal: { code: 'notFound' } })
})

test('what the person arranged himself stands', async () => {
  const id = await askFor('see')
  await desk.check(town, id, '身份证、户口簿、死亡证明')
  await desk.decide(town, id, { granted: false, arranged: true, reason: '本人生前写明不给' })
  expect(await desk.data(town, id)).toMatchObject({ ok: false })
  expect((await desk.list(town)).find(one => one.id === id)?.state.reason).toBe('本人生前写明不给')
})

test('a wish for deletion is done when it is granted, and what the archive keeps stays', async () => {
  const id = await askFor('delete')
  await desk.check(town, id, '身份证、户口簿、死亡证明')
  expect((await desk.decide(town, id, { granted: true })).ok).toBe(true)
  expect(await desk.data(town, id)).toMatchObject({ ok: false })
  expect(await database.sql('select count(*)::int as n from application where number = $1', [number])).toEqual([
    { n: 1 },
  ])
})
