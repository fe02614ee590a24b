import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeHouseholdDesk, type HouseholdDesk } from '../../src/app/households/householdDesk.ts'
import { makeOwnHouseholds, type OwnHouseholds } from '../../src/app/households/ownHouseholds.ts'
import type { Outcome } from '../../src/app/app.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { frozenWorld } from '../../src/domain/world.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { householdMaker } from './householdMaker.ts'
import { openInstance, type Instance } from './instance.ts'

/* One officer changes something about a household, and another looks at it. */

const VILLAGE = '420702104212'
const DAY = 86_400_000
const clock = frozenWorld('2026-11-23T09:00:00+08:00')

let database: TestDatabase
let here: Instance
let desk: HouseholdDesk
let own: OwnHouseholds
let made: ReturnType<typeof householdMaker>
let village: Officer
let sibling: Officer
let town: Officer
let county: Officer

beforeAll(async () => {
  database = await testDatabase()
  here = openInstance(database, { ...database.world, now: () => clock.now() })
  desk = makeHouseholdDesk(here.parts)
  own = makeOwnHouseholds(here.parts)
  made = householdMaker(database, here, VILLAGE)
  village = await here.appoint('village', 'village', VILLAGE)
  sibling = await here.appoint('sibling', 'village', '420702104213')
  town = await here.appoint('town', 'town', VILLAGE.slice(0, 9))
  county = await here.appoint('county', 'county', VILLAGE.slice(0, 6))
})
afterAll(() => database?.close())

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  return outcome.value
}

const household = (phone?: string) => made.household(phone === undefined ? {} : { phone })
const codeFor = async (id: string) => valueOf(await desk.code(village, id)).code
const linksOf = async (residentId: string) => (await own.of(residentId)).links.map(({ id, proof }) => [id, proof])
const speakersOf = (id: string) =>
  here.kept.store.transaction({ kind: 'system' }, async tx =>
    ((await tx.messages.speakersOf([id])).get(id) ?? []).map(({ residentId }) => residentId),
  )

const tasksOf = async () => {
  const rows = await database.sql(
    `select t.region_code, t.status from task t where t.source = 'householdChange' and t.status in ('open', 'leased')`,
  )
  return rows.map(row => row['region_code'])
}
const changeOf = async (id: string) => {
  const [change] = valueOf(await desk.one(town, id)).changes
  if (!change) throw new Error('nothing was changed')
  return change
}
const confirmed = (change: string) => ({ change, verdict: 'confirmed' as const })
const undone = (change: string) => ({ change, verdict: 'undone' as const, reason: '打过电话，人还在' })
const waitsFor = async (officer: Officer) => (await desk.waiting(officer)).map(({ id }) => id)

test('what a village noted holds at once, lies with the town, and is confirmed there, not by who noted it', async () => {
  const id = await household()
  valueOf(await desk.setGone(village, id, 'moved'))
  expect(await tasksOf()).toEqual([VILLAGE.slice(0, 9)])
  expect(await waitsFor(town)).toEqual([id])
  const change = await changeOf(id)
  expect(change).toMatchObject({ kind: 'moved', by: 'village', verdict: null, maySettle: true })
  expect(await desk.settle(village, id, confirmed(change.id))).toMatchObject({ refusal: { code: 'notAllowed' } })
  expect(await desk.settle(sibling, id, confirmed(change.id))).toMatchObject({ refusal: { code: 'notFound' } })
  const after = valueOf(await desk.settle(town, id, confirmed(change.id)))
  expect(after).toMatchObject({ gone: 'moved', changes: [{ verdict: 'confirmed', maySettle: false }] })
  expect(await desk.settle(county, id, undone(change.id))).toMatchObject({ refusal: { code: 'alreadyDone' } })
  expect([await tasksOf(), await waitsFor(town)]).toEqual([[], []])
})

test('undone, the household is asked again, and who noted it reads why', async () => {
  const id = await household()
  valueOf(await desk.setGone(village, id, 'deceased'))
  const { gone } = valueOf(await desk.settle(town, id, undone((await changeOf(id)).id)))
  expect(gone).toBe(null)
  expect(valueOf(await desk.one(village, id))).toMatchObject({
    ...{ gone: null, changes: [{ verdict: 'undone', reason: '打过电话，人还在' }] },
  })
  expect(await tasksOf()).toEqual([])
})

test('a link that was ended comes back, whatever had proved it', async () => {
  const [bound, byPhone] = [await household(), await household('13800000131')]
  const [granny, son] = [await made.resident(), await made.resident()]
  await own.redeem(granny, await codeFor(bound))
  await own.confirmPhone(son, '13800000131')
  clock.advance(DAY)
  for (const [id, who] of [
    [bound, granny],
    [byPhone, son],
  ] as const) {
    valueOf(await desk.unlink(village, id, who))
    expect(await speakersOf(id)).toEqual([])
    valueOf(await desk.settle(town, id, undone((await changeOf(id)).id)))
    expect(await speakersOf(id)).toEqual([who])
  }
  expect(await tasksOf()).toEqual([])
})

test('a link does not come back to who speaks for another household by now', async () => {
  const [before, now] = [await household(), await household()]
  const granny = await made.resident()
  await own.redeem(granny, await codeFor(before))
  clock.advance(DAY)
  valueOf(await desk.unlink(village, before, granny))
  await own.redeem(granny, await codeFor(now))
  const { id } = await changeOf(before)
  expect(await desk.settle(town, before, undone(id))).toMatchObject({ refusal: { allowed: ['confirmed'] } })
  valueOf(await desk.settle(town, before, confirmed(id)))
  expect(await linksOf(granny)).toEqual([[now, 'officer']])
})

test('who takes back on the same day what he bound himself needs no second look', async () => {
  const id = await household()
  const wrong = await made.resident()
  await own.redeem(wrong, await codeFor(id))
  expect(valueOf(await desk.unlink(village, id, wrong)).changes).toEqual([])
  expect(await tasksOf()).toEqual([])
})

test('what is taken back before anybody looked leaves nothing to look at', async () => {
  const id = await household()
  valueOf(await desk.setGone(village, id, 'moved'))
  expect(valueOf(await desk.setGone(village, id, null)).changes).toMatchObject([{ verdict: 'takenBack' }])
  expect(await tasksOf()).toEqual([])
})

test('what the town changed lies with the county, and what the county changed with the town', async () => {
  const [one, other] = [await household(), await household()]
  valueOf(await desk.setGone(town, one, 'moved'))
  expect(await tasksOf()).toEqual([VILLAGE.slice(0, 6)])
  expect(await desk.settle(town, one, confirmed((await changeOf(one)).id))).toMatchObject({
    refusal: { code: 'notAllowed' },
  })
  valueOf(await desk.settle(county, one, confirmed((await changeOf(one)).id)))
  valueOf(await desk.setGone(county, other, 'merged'))
  expect(await tasksOf()).toEqual([VILLAGE.slice(0, 9)])
  valueOf(await desk.settle(town, other, confirmed((await changeOf(other)).id)))
})

test('whoever may give the second look sets nothing otherwise without a reason, which the first officer reads', async () => {
  const id = await household()
  valueOf(await desk.setGone(village, id, 'moved'))
  const withoutReason = { ok: false, refusal: { code: 'reasonMissing', fields: ['reason'] } }
  expect(await desk.setGone(town, id, null)).toEqual(withoutReason)
  // Nor by the way round: another word for it, which then is his own to take back.
  expect(await desk.setGone(town, id, 'merged')).toEqual(withoutReason)
  expect(await waitsFor(town)).toEqual([id])
  expect(valueOf(await desk.setGone(town, id, null, '打过电话，人还在'))).toMatchObject({
    ...{ gone: null, changes: [{ kind: 'moved', verdict: 'undone', reason: '打过电话，人还在' }] },
  })
  expect(await tasksOf()).toEqual([])
  const trail = await database.sql(`select detail from audit where object_id = $1 and action = 'household.settle'`, [
    id,
  ])
  expect(trail).toMatchObject([{ detail: { verdict: 'undone' } }])
})

test('with a reason the town may say that they have gone another way; that waits for the county', async () => {
  const id = await household()
  valueOf(await desk.setGone(village, id, 'moved'))
  const after = valueOf(await desk.setGone(town, id, 'merged', '和隔壁是一户'))
  expect(after).toMatchObject({
    ...{ gone: 'merged', changes: [{ kind: 'merged', verdict: null, maySettle: false }, { verdict: 'undone' }] },
  })
  expect(await tasksOf()).toEqual([VILLAGE.slice(0, 6)])
  valueOf(await desk.settle(county, id, confirmed(after.changes[0]?.id ?? '')))
})

test('his own note, and what was confirmed before, is taken back as before, and a colleague of the village needs no reason', async () => {
  const [own1, old, shared] = [await household(), await household(), await household()]
  valueOf(await desk.setGone(town, own1, 'moved'))
  expect(valueOf(await desk.setGone(town, own1, null)).gone).toBe(null)
  valueOf(await desk.setGone(village, old, 'moved'))
  valueOf(await desk.settle(town, old, confirmed((await changeOf(old)).id)))
  expect(valueOf(await desk.setGone(town, old, null)).gone).toBe(null)
  const colleague = await here.appoint('colleague', 'village', VILLAGE)
  valueOf(await desk.setGone(village, shared, 'moved'))
  expect(valueOf(await desk.setGone(colleague, shared, null)).changes).toMatchObject([{ verdict: 'takenBack' }])
})
