import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCareDesk, type CareDesk } from '../../src/app/care/careDesk.ts'
import { muteHousehold } from '../../src/app/messages/mutes.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { startOfDay, type World } from '../../src/domain/world.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'
import { talk } from './residents.ts'

/* An afternoon at the 暖心家园 by chat: invited, signed up, waited for, reminded, called off. */

const VILLAGE = '420702104212'
const HOUR = 3_600_000
let now = startOfDay('2026-11-23') + 10 * HOUR
let database: TestDatabase
let here: Instance
let desk: CareDesk
let leader: Officer

beforeAll(async () => {
  database = await testDatabase()
  const world: World = { ...database.world, now: () => now }
  here = openInstance(database, world)
  desk = makeCareDesk(here.parts)
  leader = await here.appoint('陈镇长', 'town', '420702104')
})
afterAll(() => database?.close())

const inTx = <T>(run: Parameters<typeof here.parts.store.transaction<T>>[1]) =>
  here.parts.store.transaction({ kind: 'system' }, run)

/** A family that is looked after; `writes`: one of them writes with us. */
async function family(name: string, writes = true): Promise<{ id: string; sender: string; residentId: string | null }> {
  const asked = { regionCode: VILLAGE, people: [{ name, birthday: null }], phone: null, address: null }
  const done = await desk.register(leader, { ...asked, consentWay: 'spoken' })
  if (!done.ok) throw new Error('not registered')
  const sender = randomUUID()
  const { id } = done.value
  if (!writes) return { id, sender, residentId: null }
  await talk(here, sender, '你好')
  const address = { channel: 'web' as const, sender, messageKey: randomUUID() }
  const residentId = (await here.kept.store.turns.open(address, now)).resident.id
  await inTx(tx => tx.care.link(id, { residentId }))
  return { id, sender, residentId }
}

/** Keys of what a resident was told of afternoons, whatever held it back. */
const told = async (residentId: string | null) =>
  (
    await database.sql(
      `select key, reason from message where resident_id = $1 and key like 'care.told.%' order by at, id`,
      [residentId],
    )
  ).map(({ key, reason }) => [String(key).slice('care.told.'.length), reason])

test('a family is invited, signs up by chat, gets the place that becomes free, and is told the day before', async () => {
  const [first, second, mourning, silent] = [
    await family('王秀英'),
    await family('李大山'),
    await family('周德福'),
    await family('吴桂兰', false),
  ]
  await inTx(tx =>
    muteHousehold(here.parts, tx, {
      to: { residentId: mourning.residentId ?? '' },
      reason: 'distress',
      by: { kind: 'system' },
    }),
  )
  const startsAt = startOfDay('2026-12-20') + 14 * HOUR
  const place = { regionCode: '420702104', title: '包饺子', place: '暖心家园', note: null }
  const opened = await desk.activities.open(leader, { ...place, startsAt, capacity: 3 })
  if (!opened.ok) throw new Error('not opened')
  const activityId = opened.value.id
  expect(await told(first.residentId)).toEqual([['invited', null]])
  expect(await told(mourning.residentId)).toEqual([['invited', 'muted']])

  now += 40 * 24 * HOUR - 20 * 24 * HOUR
  expect(await talk(here, first.sender, '有什么活动')).toContain('1. 2026年12月20日14:00，包饺子，暖心家园\n想去哪一个')
  expect(await talk(here, first.sender, '1', '2')).toContain('2026年12月20日（星期日）14:00，包饺子，在暖心家园')
  expect(await talk(here, second.sender, '有什么活动', '1', '2')).toContain('先给您排着')
  expect(await talk(here, second.sender, '有什么活动')).toContain('（排着队）')
  expect(await talk(here, randomUUID(), '有什么活动')).toContain('眼下没有能报的活动')
  for (const [familyId, people] of [
    [mourning.id, 1],
    [silent.id, 1],
  ] as const) {
    const own = await desk.activities.signUp(leader, { familyId, activityId, people })
    expect(own.ok).toBe(familyId === mourning.id)
  }

  expect(await talk(here, first.sender, '取消报名', '1', '0')).toContain('这次不去')
  expect((await told(second.residentId)).map(([key]) => key)).toEqual(['invited', 'place'])
  const seen = (await desk.activities.list(leader))[0]
  expect([seen?.taken, new Set(seen?.families.map(({ name }) => name))]).toEqual([3, new Set(['李家', '周家'])])

  now = startOfDay('2026-12-19') + 9 * HOUR
  await desk.remind()
  await desk.remind()
  expect((await told(second.residentId)).map(([key]) => key)).toEqual(['invited', 'place', 'tomorrow'])
  expect(await told(first.residentId)).toEqual([['invited', null]])
  expect(await told(mourning.residentId)).toEqual([
    ['invited', 'muted'],
    ['tomorrow', 'muted'],
  ])
})

test('whom no message reaches, a contact tells, by a task with the words', async () => {
  const { id: familyId } = await family('郑小兰', false)
  const startsAt = startOfDay('2026-12-28') + 9 * HOUR
  const place = { regionCode: '420702104', title: '体检', place: '镇卫生院', note: null }
  const opened = await desk.activities.open(leader, { ...place, startsAt, capacity: 3 })
  if (!opened.ok) throw new Error('not opened')
  expect((await desk.activities.signUp(leader, { familyId, activityId: opened.value.id, people: 1 })).ok).toBe(true)
  await desk.activities.cancel(leader, opened.value.id)
  const open = await inTx(tx => tx.care.openTasks(familyId))
  expect(open.map(({ summary }) => summary)).toContain('请打电话告诉郑家：您报名的“体检”取消了，对不住让您空等。')
})
