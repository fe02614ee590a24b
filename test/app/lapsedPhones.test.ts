import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeHouseholdDesk, type HouseholdDesk } from '../../src/app/households/householdDesk.ts'
import { makeOwnHouseholds, type OwnHouseholds } from '../../src/app/households/ownHouseholds.ts'
import { sendMessage } from '../../src/app/messages/sendMessage.ts'
import { retentionNight } from '../../src/app/privacy/retentionNight.ts'
import type { Outcome } from '../../src/app/app.ts'
import type { Tx } from '../../src/app/ports.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { frozenWorld } from '../../src/domain/world.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { householdMaker } from './householdMaker.ts'
import { openInstance, type Instance } from './instance.ts'

/* A number that was given up is given out again: a confirmed phone counts for a year, and then proves nothing. */

const VILLAGE = '420702104212'
const OTHER_COUNTY = '420703104212'
const START = '2026-11-23T09:00:00+08:00'
const DAY = 86_400_000

let database: TestDatabase
let here: Instance
let clock = frozenWorld(START)
let own: OwnHouseholds
let desk: HouseholdDesk
let made: ReturnType<typeof householdMaker>
let village: Officer
let town: Officer

beforeAll(async () => {
  database = await testDatabase()
  here = openInstance(database, { ...database.world, now: () => clock.now() })
  made = householdMaker(database, here, VILLAGE)
  own = makeOwnHouseholds(here.parts)
  desk = makeHouseholdDesk(here.parts)
  village = await here.appoint('village', 'village', VILLAGE)
  town = await here.appoint('town', 'town', VILLAGE.slice(0, 9))
})
beforeEach(() => {
  clock = frozenWorld(START)
})
afterAll(() => database?.close())

const within = <T>(run: (tx: Tx) => Promise<T>) => here.kept.store.transaction({ kind: 'system' }, run)

let counted = 13800000500
const number = () => String(++counted)

/** Days go by, with their nights; each test has numbers of its own, so that one night may serve them all. */
async function goBy(days: number): Promise<number> {
  clock.advance(days * DAY)
  return (await retentionNight(here.parts))['phones'] ?? 0
}

const speakersOf = async (id: string) =>
  ((await within(tx => tx.messages.speakersOf([id]))).get(id) ?? []).map(({ residentId }) => residentId)
const homesOf = async (residentId: string) => (await own.of(residentId)).links.map(({ id }) => id)
const phonesOf = (residentId: string) => database.sql('select from resident_phone where resident_id = $1', [residentId])

/** Somebody at whose household the list has his confirmed phone. */
async function linked(): Promise<{ id: string; phone: string; who: string }> {
  const phone = number()
  const [id, who] = [await made.household({ phone }), await made.resident()]
  await own.confirmPhone(who, phone)
  return { id, phone, who }
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  return outcome.value
}

describe('a phone that was confirmed', () => {
  test('counts to the end of its last day; the night after it ends the link and leaves nothing of the number', async () => {
    const { id, who } = await linked()
    await goBy(365)
    expect([await speakersOf(id), (await phonesOf(who)).length]).toEqual([[who], 1])
    const proofs = () => database.sql(`select cause from deletion_record where kind = 'phones'`)
    const before = await proofs()
    await goBy(1)
    expect([await speakersOf(id), await phonesOf(who)]).toEqual([[], []])
    expect(await proofs()).toEqual([...before, { cause: 'retention' }])
  })

  test('ends in the audit trail as any link does, by nobody', async () => {
    const { id, who } = await linked()
    await goBy(366)
    const trail = await database.sql(
      `select actor, region_code, detail from audit where object_id = $1 and action = 'household.unlink'`,
      [id],
    )
    expect(trail).toEqual([
      { actor: { kind: 'system' }, region_code: VILLAGE, detail: { residentId: who, why: 'phoneTooOld' } },
    ])
    const kept = await database.sql(
      'select proof, linked_at, ended_at from household_resident where household_id = $1',
      [id],
    )
    expect(kept).toEqual([{ proof: 'phone', linked_at: new Date(START), ended_at: new Date(clock.now()) }])
  })

  test('is asked for again before it runs out, and counts anew from the day on which it is confirmed again', async () => {
    const { id, phone, who } = await linked()
    expect(await own.of(who)).toMatchObject({ phone: 'confirmed', links: [{ until: '2027-11-23' }] })
    clock.advance(300 * DAY)
    expect(await own.of(who)).toMatchObject({ phone: 'longAgo', links: [{ until: '2027-11-23' }] })
    const view = await own.confirmPhone(who, phone)
    expect(view).toMatchObject({ phone: 'confirmed', links: [{ until: '2028-09-18' }] })
    await goBy(365)
    expect(await speakersOf(id)).toEqual([who])
    await goBy(1)
    expect(await speakersOf(id)).toEqual([])
  })

  test('holds a link that its owner chose among several, and ends that too', async () => {
    const phone = number()
    const [parents, ours] = [await made.household({ phone }), await made.household({ phone })]
    const son = await made.resident()
    await own.confirmPhone(son, phone)
    clock.advance(100 * DAY)
    await own.choose(son, ours)
    await goBy(265)
    expect(await speakersOf(ours)).toEqual([son])
    await goBy(1)
    expect([await speakersOf(ours), await speakersOf(parents)]).toEqual([[], []])
  })

  test('speaks in two counties, and ends in both', async () => {
    const phone = number()
    const homes = [await made.household({ phone }), await made.household({ phone, place: OTHER_COUNTY })]
    const who = await made.resident()
    await own.confirmPhone(who, phone)
    await goBy(366)
    for (const id of homes) expect(await speakersOf(id)).toEqual([])
  })

  test('takes nothing away that was proved another way', async () => {
    const { id, who } = await linked()
    const bound = await made.household()
    const code = valueOf(await desk.code(village, bound)).code
    await own.redeem(who, code)
    await goBy(366)
    expect([await homesOf(who), await speakersOf(id)]).toEqual([[bound], []])
    expect((await own.of(who)).lapsedAt).toBe(null)
  })

  test('goes once, whatever number of processes have their night', async () => {
    for (let n = 0; n < 3; n++) await linked()
    clock.advance(366 * DAY)
    const nights = await Promise.all([retentionNight(here.parts), retentionNight(here.parts)])
    expect(nights.reduce((sum, done) => sum + (done['phones'] ?? 0), 0)).toBe(3)
  })
})

test('chat says it when 我家 is asked for: to confirm it again before, since when nothing comes after', async () => {
  const sender = 'asks-in-chat'
  const asks = async () => (await here.say(sender, '我家')).replies.map(({ text }) => text).join('\n')
  await asks()
  const address = { channel: 'web' as const, sender, messageKey: database.world.newId() }
  const who = (await here.kept.store.turns.open(address, clock.now())).resident.id
  const phone = number()
  await made.household({ phone })
  await own.confirmPhone(who, phone)
  expect(await asks()).not.toContain('再核实一次')
  await here.say(sender, '0')
  clock.advance(300 * DAY)
  expect(await asks()).toMatch(/户主李\*.*\n手机号核实到2027年11月23日为止。.*再核实一次/)
  await here.say(sender, '0')
  await goBy(66)
  expect(await asks()).toMatch(/^您的手机号很久没有核实，2027年11月24日起/)
})

describe('a household whose phone ran out', () => {
  test('has nobody to write to: its messages take the next way', async () => {
    const { id } = await linked()
    const told = (n: number) =>
      within(tx =>
        sendMessage(here.parts, tx, {
          ...{ to: { householdId: id }, purpose: 'survey', key: 'campaigns.invitation', values: { title: '满意度' } },
          dedupeKey: `lapsed:${id}:${n}`,
        }),
      )
    expect(await told(1)).toMatchObject({ kind: 'queued' })
    await goBy(366)
    expect(await told(2)).toMatchObject({ kind: 'notSent', reason: 'noAddress' })
    expect(valueOf(await desk.one(village, id))).toMatchObject({ speakers: 0, links: [] })
  })

  test('is told as it is, in 我家 and 我的信息, without a word of whose it was', async () => {
    const { who } = await linked()
    await goBy(366)
    expect(await own.of(who)).toEqual({ links: [], choices: [], phone: 'ask', lapsedAt: clock.now() })
  })

  test('is his again when he confirms his phone and says which it is, not before', async () => {
    const { id, phone, who } = await linked()
    await goBy(366)
    const view = await own.confirmPhone(who, phone)
    expect(view).toMatchObject({ links: [], choices: [{ id }] })
    expect(await speakersOf(id)).toEqual([])
    expect((await own.choose(who, id)).kind).toBe('linked')
    expect([await speakersOf(id), (await own.of(who)).lapsedAt]).toEqual([[who], null])
    await goBy(366)
    expect(await speakersOf(id)).toEqual([])
  })

  test('is not given to whoever got the number since: he says first that it is his', async () => {
    const { id, phone } = await linked()
    await goBy(366)
    const stranger = await made.resident()
    expect(await own.confirmPhone(stranger, phone)).toMatchObject({ links: [], choices: [{ id }] })
    expect(await speakersOf(id)).toEqual([])
  })

  test('gives its former speaker to no other household that the list has under the number by then', async () => {
    const { phone, who } = await linked()
    await goBy(366)
    const others = await made.household({ phone })
    expect(await speakersOf(others)).toEqual([])
    expect(await homesOf(who)).toEqual([])
  })

  test('does not leave its former speaker to the other of two under one number, when he confirms it again', async () => {
    const phone = number()
    const [parents, ours] = [await made.household({ phone }), await made.household({ phone })]
    const son = await made.resident()
    await own.confirmPhone(son, phone)
    await own.choose(son, ours)
    await goBy(366)
    const view = await own.confirmPhone(son, phone)
    expect(view.links).toEqual([])
    expect(view.choices.map(({ id }) => id).toSorted()).toEqual([parents, ours].toSorted())
    expect(await speakersOf(parents)).toEqual([])
  })

  test('stays without him where he said himself that it is not his', async () => {
    const { id, phone, who } = await linked()
    await own.end(who, id)
    await goBy(366)
    expect((await own.of(who)).lapsedAt).toBe(null)
    await own.confirmPhone(who, phone)
    expect(await speakersOf(id)).toEqual([])
  })

  test('gets no link back from a second officer, who undoes the end of one whose phone ran out since', async () => {
    const { id, who } = await linked()
    clock.advance(360 * DAY)
    valueOf(await desk.unlink(village, id, who))
    await goBy(6)
    const [change] = valueOf(await desk.one(town, id)).changes
    const undone = { change: change?.id ?? '', verdict: 'undone' as const, reason: '打过电话，是他' }
    expect(await desk.settle(town, id, undone)).toMatchObject({ refusal: { allowed: ['confirmed'] } })
    expect(await speakersOf(id)).toEqual([])
  })
})
