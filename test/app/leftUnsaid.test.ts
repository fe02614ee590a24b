import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openCare } from '../../src/app/care/careFamilyOf.ts'
import { makeGriefDesk } from '../../src/app/grief/griefDesk.ts'
import { callInstead } from '../../src/app/messages/callInstead.ts'
import { linkHousehold } from '../../src/app/messages/households.ts'
import { isMuted, muteHousehold, optOut } from '../../src/app/messages/mutes.ts'
import { sendMessage } from '../../src/app/messages/sendMessage.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { startOfDay, type World } from '../../src/domain/world.ts'
import type { JobParts } from '../../src/jobs/parts.ts'
import { sweep } from '../../src/jobs/sweep.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'
import { fileIn, talk } from './residents.ts'

/* What the service does not say after all, because a house is left in peace or a worker died, a person says. */

const VILLAGE = '420702104212'
const EVENING = startOfDay('2026-11-23') + 22 * 3_600_000
const service = { kind: 'system' as const }
let now = EVENING
let database: TestDatabase
let here: Instance
let town: Officer
let county: Officer

beforeAll(async () => {
  database = await testDatabase()
  const world: World = { ...database.world, now: () => now }
  here = openInstance(database, world)
  town = await here.appoint('town', 'town', '420702104')
  county = await here.appoint('county', 'county', '420702')
})
afterAll(() => database?.close())
beforeEach(async () => {
  now = EVENING
  for (const table of ['outbox', 'message', 'task_action', 'task']) await database.sql(`delete from ${table}`)
})

const inTx = <T>(run: Parameters<typeof here.parts.store.transaction<T>>[1]) =>
  here.parts.store.transaction(service, run)

async function somebody(place: string | null = VILLAGE): Promise<{ sender: string; residentId: string }> {
  const sender = randomUUID()
  await talk(here, sender, '你好')
  if (place !== null) await fileIn({ here, database }, place, sender)
  const address = { channel: 'web' as const, sender, messageKey: randomUUID() }
  return { sender, residentId: (await here.kept.store.turns.open(address, now)).resident.id }
}

/** A word of care that waits for the morning. */
async function waitingWord(residentId: string): Promise<void> {
  const values = { name: '王专干', post: 'village', phone: null }
  const words = { key: 'care.told.contact', values, dedupeKey: randomUUID() }
  const sent = await inTx(tx =>
    sendMessage(here.parts, tx, { to: { residentId }, purpose: 'care', ...words, expiresAt: now + 86_400_000 }),
  )
  expect(sent.kind).toBe('queued')
}

const tasks = () =>
  inTx(async tx => {
    const rows = await database.sql('select id from task order by created_at, id')
    return tx.tasks.byIds(rows.map(({ id }) => String(id)))
  })

describe('a word of care that waits', () => {
  test('when the house is left in peace it becomes one task for a human, with the words, however often it is said', async () => {
    const { residentId } = await somebody()
    await waitingWord(residentId)
    const mute = () =>
      inTx(tx => muteHousehold(here.parts, tx, { to: { residentId }, reason: 'bereavement', by: service }))
    await mute()
    await mute()
    const [task, ...more] = await tasks()
    expect(more).toEqual([])
    expect(task).toMatchObject({ source: 'unreachable', regionCode: VILLAGE })
    expect(task?.summary).not.toContain('王专干')
    expect(task?.detail?.answers['words']).toContain('王专干')
  })

  test('the words of further ones stand in the one task that waits, each once', async () => {
    const { residentId } = await somebody()
    const fails = (words: string | null) =>
      inTx(tx => callInstead(here.parts, tx, { to: { residentId }, purpose: 'case', why: '没有送到', words }))
    expect(await fails(null)).toBe(true)
    for (const words of ['请补交照片', '请补交照片', null, '证件办好了\n请来领取', '请来领取']) {
      expect(await fails(words)).toBe(false)
    }
    const [task, ...more] = await tasks()
    expect(more).toEqual([])
    expect(task?.detail).toMatchObject({ residentId, answers: { words: '请补交照片\n证件办好了\n请来领取' } })
    await database.sql(`update task set status = 'done'`)
    expect(await fails('请补交照片')).toBe(true)
    expect((await tasks()).map(({ detail }) => detail?.answers['words'])).toContain('请补交照片')
  })

  test('of two of one household, each has a task of his own, and none reads what was meant for the other', async () => {
    const [mother, son] = [await somebody(), await somebody()]
    const householdId = randomUUID()
    await database.sql(
      `insert into household (id, region_code, content, digest, imported_at) values ($1, $2, $3, '\\x00', now())`,
      [
        ...[householdId, VILLAGE],
        database.cipher.seal('household|content', householdId, JSON.stringify({ number: 'H-1', headName: '李秀英' })),
      ],
    )
    const proof = { proof: 'officer' as const, by: town.id }
    // Told before they were known to be of one household, which is told only so often.
    for (const { residentId } of [mother, son]) await waitingWord(residentId)
    for (const { residentId } of [mother, son]) {
      await inTx(tx => linkHousehold(here.parts, tx, { householdId, residentId, ...proof }))
    }
    await inTx(tx => muteHousehold(here.parts, tx, { to: { householdId }, reason: 'bereavement', by: service }))
    const found = await tasks()
    expect(found.map(({ detail }) => detail?.residentId).toSorted()).toEqual(
      [mother.residentId, son.residentId].toSorted(),
    )
    for (const { detail } of found) expect(String(detail?.answers['words']).split('\n')).toHaveLength(1)
    await inTx(tx =>
      callInstead(here.parts, tx, {
        to: { residentId: son.residentId },
        purpose: 'case',
        why: '没有送到',
        words: '不予登记',
      }),
    )
    const hers = (await tasks()).find(({ detail }) => detail?.residentId === mother.residentId)
    expect(hers?.detail?.answers['words']).not.toContain('不予登记')
  })

  test('when the person refuses such words it is dropped, and nobody is sent', async () => {
    const { residentId } = await somebody()
    await waitingWord(residentId)
    await inTx(tx =>
      optOut(here.parts, tx, { residentId, purposes: ['care'], by: { kind: 'resident', id: residentId } }),
    )
    await sweepOnce()
    expect(await tasks()).toEqual([])
  })

  test('when the worker dies with it in hand, an officer hears of it once', async () => {
    const { residentId } = await somebody()
    await waitingWord(residentId)
    now = startOfDay('2026-11-24') + 9 * 3_600_000
    const [row] = await database.sql('select id from outbox')
    await here.kept.outbox.take(String(row?.['id']), now)
    now += 60_000
    await sweepOnce()
    now += 60_000
    await sweepOnce()
    await sweepOnce()
    expect(await database.sql('select status from outbox')).toEqual([{ status: 'failed' }])
    expect(await tasks()).toMatchObject([{ source: 'unreachable', status: 'open' }])
  })
})

async function sweepOnce(): Promise<void> {
  const parts: JobParts = {
    ...{ outbox: here.kept.outbox, timers: here.kept.timers, app: here.app, wake: here.parts.wake },
    ...{ senders: {}, world: here.parts.world, crash: () => undefined, log: () => undefined },
    text: key => here.parts.text('zh-CN', key),
  }
  await sweep(parts)
}

describe('a death told by somebody of whom nobody knows where he lives', () => {
  test('is a task of the county that says nothing of it, until he says the village; then the town goes there', async () => {
    const { sender } = await somebody(null)
    expect(await talk(here, sender, '老伴走了')).toContain('找人说说话')
    expect(await tasks()).toMatchObject([{ source: 'helpRequest', regionCode: '420702', status: 'open' }])
    const seen = await here.app.officer.tasks(county, { limit: 10 })
    expect(seen.items.map(({ summary }) => summary).join()).toContain('还不知道住哪个村')
    expect(seen.items.map(({ summary }) => summary).join()).not.toContain('走了')
    await talk(here, sender, '1', '6', '湖北省鄂州市梁子湖区沼山镇下柯村', '13800000000')
    const all = await tasks()
    expect(all.map(({ source, status }) => `${source} ${status}`).toSorted()).toEqual([
      ...['careVisit open', 'helpRequest cancelled', 'helpRequest open'],
    ])
    expect(all.find(({ status }) => status === 'cancelled')).toMatchObject({ regionCode: '420702' })
    const [family] = await database.sql(`select id from care_family order by id desc limit 1`)
    const found = await inTx(tx => tx.care.byId(String(family?.['id'])))
    expect(found?.actions[0]?.event).toMatchObject({ type: 'proposed', phone: '13800000000' })
  })

  test('of whom there is a case the town is told name and phone at once', async () => {
    const { sender } = await somebody()
    await talk(here, sender, '我爸昨天去世了')
    const [visit, ...more] = await tasks()
    expect(more).toEqual([])
    expect(visit).toMatchObject({ source: 'careVisit', regionCode: VILLAGE.slice(0, 9) })
    expect(visit?.summary).toBe('请尽快上门看看李家')
    expect((await here.app.officer.task(town, visit?.id ?? '')).ok).toBe(true)
    expect((await here.app.officer.task(county, visit?.id ?? '')).ok).toBe(false)
  })
})

describe('a death of which an officer heard', () => {
  const desk = () => makeGriefDesk(here.parts)
  const loss = { regionCode: VILLAGE, name: '吴桂兰', phone: null, lost: 'person' as const }

  async function listed(phone: string): Promise<string> {
    const householdId = randomUUID()
    await database.sql(
      `insert into household (id, region_code, phone_index, content, digest, imported_at)
        values ($1, $2, $3, '\\x00', '\\x00', now())`,
      [householdId, VILLAGE, database.cipher.index('household|phone', phone)],
    )
    return householdId
  }

  test('without a case or a household: the town goes there by name, and the officer is told that nothing was stopped', async () => {
    expect(await desk().told(town, loss)).toEqual({ ok: true, value: { quiet: false } })
    expect((await tasks()).map(({ summary }) => summary)).toEqual(['请尽快上门看看吴家'])
    expect(await desk().told(town, { ...loss, regionCode: '420704108202' })).toMatchObject({
      refusal: { code: 'badInput', fields: ['region'] },
    })
  })

  test('of a household in the list: it is left in peace and visited once, however often it is told', async () => {
    const { residentId } = await somebody(null)
    const householdId = await listed('13800000077')
    await inTx(tx => tx.messages.link({ householdId, residentId, proof: 'officer', by: town.id, at: now }))
    for (const phone of ['13800000077', '138 0000 0077']) {
      expect(await desk().told(town, { ...loss, phone })).toEqual({ ok: true, value: { quiet: true } })
    }
    expect(await inTx(tx => isMuted(tx, { residentId }))).toBe(true)
    expect(await tasks()).toHaveLength(1)
  })

  test('by a number that half a village has: nobody else falls silent, and the town goes to the one who was named', async () => {
    const households = await Promise.all(Array.from({ length: 4 }, () => listed('13800000078')))
    expect(await desk().told(town, { ...loss, phone: '13800000078' })).toEqual({ ok: true, value: { quiet: false } })
    expect(await database.sql('select from mute where household_id = any($1)', [households])).toEqual([])
    expect((await tasks()).map(({ summary }) => summary)).toEqual(['请尽快上门看看吴家'])
  })

  test('the silence is not lifted while nobody has answered a cry for help', async () => {
    const { sender, residentId } = await somebody()
    await talk(here, sender, '我爸昨天去世了', '我不想活了')
    const [family] = await database.sql('select id from care_family where resident_ids && array[$1]', [residentId])
    const id = String(family?.['id'])
    expect(await desk().liftFamily(town, id, '去看过了')).toEqual({
      ok: false,
      refusal: { code: 'notAllowed', allowed: ['close'] },
    })
    await database.sql(`update task set status = 'done' where source = 'distress'`)
    expect((await desk().liftFamily(town, id, '去看过了')).ok).toBe(true)
    expect(await inTx(tx => isMuted(tx, { residentId }))).toBe(false)
  })
})

describe('words of care that did not arrive', () => {
  test('for a family that is looked after the words of all of them stand in one visit of its contacts', async () => {
    const { residentId } = await somebody()
    const opening = { residentId, householdId: null, regionCode: VILLAGE, name: null, phone: null }
    await inTx(tx => openCare(here.parts, tx, { ...opening, occasion: 'illness', actor: service }))
    await database.sql('delete from task_action')
    await database.sql('delete from task')
    const fails = (words: string) =>
      inTx(tx => callInstead(here.parts, tx, { to: { residentId }, purpose: 'care', why: '没有送到', words }))
    expect([await fails('王专干会来看您'), await fails('周三下午有活动')]).toEqual([true, false])
    const [task, ...more] = await tasks()
    expect(more).toEqual([])
    expect(task).toMatchObject({
      source: 'careVisit',
      detail: { answers: { words: '王专干会来看您\n周三下午有活动' } },
    })
  })
})
