import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeRatingDesk, type RatingDesk } from '../../src/app/ratings/ratingDesk.ts'
import type { Officer } from '../../src/domain/officer.ts'
import type { World } from '../../src/domain/world.ts'
import { answersOf, registerUpTo, withCheck } from '../e2e/registration.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

/* 差评: who answers it, by when, who never learns of it, and how the county puts one aside. */

const VILLAGE = '420702104212'
/** A Friday afternoon: the next working day is Monday. */
const FRIDAY = Date.parse('2026-11-20T15:00:00+08:00')
const DAY = 86_400_000
let now = FRIDAY
let database: TestDatabase
let service: Instance
let desk: RatingDesk
let village: Officer
let town: Officer
let county: Officer
let births = 0

beforeAll(async () => {
  database = await testDatabase()
  const world: World = { ...database.world, now: () => now }
  service = openInstance(database, world)
  desk = makeRatingDesk(service.parts)
  village = await service.appoint('village', 'village', VILLAGE)
  town = await service.appoint('town', 'town', '420702104')
  county = await service.appoint('county', 'county', '420702')
})
afterAll(() => database?.close())

/** Somebody whose case the village officer decided; answers his chat and the case. */
async function decided(): Promise<{ sender: string; applicationId: string }> {
  const sender = randomUUID()
  const born = `4207021994${String(101 + births++).padStart(4, '0')}000`
  await registerUpTo('submit', answersOf(VILLAGE, withCheck(born)), text => service.say(sender, text))
  const address = { channel: 'web' as const, sender, messageKey: randomUUID() }
  const { resident } = await service.kept.store.turns.open(address, now)
  const [row] = await database.sql(
    `select a.id as application, t.id as task from application a join task t on t.application_id = a.id
      where a.resident_id = $1`,
    [resident.id],
  )
  const applicationId = String(row?.['application'])
  const leased = await service.app.officer.lease(village, String(row?.['task']), null)
  const fence = leased.ok ? leased.value.fence : 0
  await service.app.officer.decide(village, applicationId, fence, { decision: 'granted' })
  return { sender, applicationId }
}

async function ratedBadly(): Promise<{ applicationId: string; taskId: string; id: string }> {
  now = FRIDAY
  const { sender, applicationId } = await decided()
  for (const text of ['不满意', '等的时间太长', '1和5']) await service.say(sender, text)
  const [row] = await database.sql('select id, task_id from bad_rating where application_id = $1', [applicationId])
  return { applicationId, taskId: String(row?.['task_id']), id: String(row?.['id']) }
}

async function take(officer: Officer, taskId: string): Promise<number> {
  const leased = await service.app.officer.lease(officer, taskId, null)
  if (!leased.ok) throw new Error(leased.refusal.code)
  return leased.value.fence
}

describe('a bad rating', () => {
  test('is for the town to speak about by Monday, and then to put right within fifteen working days, and to ask again', async () => {
    const { taskId } = await ratedBadly()
    const { officer } = service.app
    const fence = await take(town, taskId)
    const seen = async () => {
      const found = await officer.task(town, taskId)
      return found.ok ? found.value.task : null
    }
    expect(await seen()).toMatchObject({ promiseDue: '2026-11-23', status: 'leased' })
    expect(await officer.close(town, taskId, fence, '电话联系，说窗口等了两小时')).toMatchObject({ ok: true })
    expect(await seen()).toMatchObject({ promiseDue: '2026-12-11', status: 'leased' })
    expect((await seen())?.summary).toContain('已联系，待整改')
    await officer.close(town, taskId, fence, '中午也开窗了')
    expect((await seen())?.summary).toContain('待回访')
    await officer.close(town, taskId, fence, '回访：满意了')
    expect(await seen()).toMatchObject({ status: 'done' })
    const [view] = await desk.list(town, { appealed: false, limit: 10 })
    expect(view).toMatchObject({ state: { status: 'calledBack' }, next: null, taskId: null })
    const words = view?.rating.actions.flatMap(({ event }) => ('words' in event ? [event.words] : []))
    expect(words).toEqual(['电话联系，说窗口等了两小时', '中午也开窗了', '回访：满意了'])
  })

  test('is not taken a step by who holds nothing, and each step is done once', async () => {
    const { taskId } = await ratedBadly()
    const fence = await take(town, taskId)
    expect(await service.app.officer.close(county, taskId, fence, '代办')).toMatchObject({ ok: false })
    expect(await service.app.officer.close(town, taskId, fence - 1, '旧的')).toMatchObject({ ok: false })
    const found = await service.app.officer.task(town, taskId)
    expect(found.ok && found.value.task.promiseDue).toBe('2026-11-23')
  })

  test('stays unseen by who was rated: no task, no case, no name, only that there is one and of which month', async () => {
    const { taskId, applicationId } = await ratedBadly()
    expect(await service.app.officer.task(village, taskId)).toMatchObject({ ok: false, refusal: { code: 'notFound' } })
    expect(await desk.list(village, { appealed: false, limit: 10 })).toEqual([])
    const mine = await desk.mine(village)
    const known = { month: '2026-11', level: 2, reasons: ['等的时间长', '态度不好'] }
    expect(mine[0]).toMatchObject({ ...known, appeal: 'none', appealBy: '2026-12-04', mayAppeal: true, said: null })
    // Neither the case nor what was written: both may tell who it was.
    expect(JSON.stringify(mine)).not.toContain(applicationId)
    expect(JSON.stringify(mine)).not.toContain('等的时间太长')
    const found = await service.app.officer.application(village, applicationId)
    expect(found.ok && found.value.rating).toBeNull()
  })
})

describe('an appeal', () => {
  test('is for who was rated, once; the county puts the rating aside with a reason, and it counts no more', async () => {
    const { taskId, id } = await ratedBadly()
    const counted = async (measure: string) => {
      const [row] = await database.sql('select coalesce(sum(n), 0)::int as n from figure_change where measure = $1', [
        measure,
      ])
      return Number(row?.['n'])
    }
    const before = { rated: await counted('rated'), reasons: await counted('badReason') }
    expect(await desk.appeal(town, id, '不是我')).toMatchObject({ ok: false, refusal: { code: 'notFound' } })
    expect(await desk.appeal(village, id, '等候是停电造成的')).toMatchObject({ ok: true })
    expect(await desk.appeal(village, id, '再说一次')).toMatchObject({ ok: false, refusal: { code: 'notAllowed' } })
    expect(await desk.decide(town, id, { setAside: true, reason: '属实' })).toMatchObject({ ok: false })
    const [waiting] = await desk.list(county, { appealed: true, limit: 10 })
    expect(waiting).toMatchObject({ mayDecide: true, rating: { id } })
    expect(await desk.decide(county, id, { setAside: true, reason: '停电有记录' })).toMatchObject({ ok: true })
    expect(await desk.list(county, { appealed: true, limit: 10 })).toEqual([])
    expect(await counted('rated')).toBe(before.rated - 1)
    expect(await counted('badReason')).toBe(before.reasons - 2)
    const tasks = await database.sql(`select status from task where id = $1 or cause = $2`, [
      taskId,
      `ratingAppeal:${id}`,
    ])
    expect(tasks.map(({ status }) => status)).toEqual(['cancelled', 'cancelled'])
    expect((await desk.mine(village)).find(one => one.id === id)).toMatchObject({ appeal: 'setAside' })
  })

  test('that comes too late is refused; that fails leaves the rating with who handles it', async () => {
    const { taskId, id } = await ratedBadly()
    now = Date.parse('2026-12-05T09:00:00+08:00')
    expect(await desk.appeal(village, id, '等候是停电造成的')).toMatchObject({ ok: false })
    expect((await desk.mine(village)).find(one => one.id === id)).toMatchObject({ mayAppeal: false })
    now = FRIDAY
    await desk.appeal(village, id, '等候是停电造成的')
    await desk.decide(county, id, { setAside: false, reason: '没有停电' })
    expect(await service.app.officer.close(town, taskId, await take(town, taskId), '已联系')).toMatchObject({
      ok: true,
    })
    expect((await desk.mine(village)).find(one => one.id === id)).toMatchObject({
      status: 'contacted',
      appeal: 'upheld',
    })
  })
})

test('the public sees how many were rated, badly and put right, and nothing of few', async () => {
  now = FRIDAY + DAY
  const [whole, ...towns] = await desk.publicCounts('420702')
  expect(whole).toMatchObject({ region: { code: '420702' }, ratings: null, bad: null, repaired: null })
  expect(towns.every(({ ratings }) => ratings === null || ratings >= 5)).toBe(true)
  while (births < 12) await ratedBadly()
  const [after] = await desk.publicCounts('420702')
  expect(after).toMatchObject({ ratings: 11, bad: 11, repaired: 1 })
})
