import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openCare } from '../../src/app/care/careFamilyOf.ts'
import { recordCare } from '../../src/app/care/record.ts'
import { isMuted, muteHousehold } from '../../src/app/messages/mutes.ts'
import { sendMessage } from '../../src/app/messages/sendMessage.ts'
import { lookAtTasks } from '../../src/app/tasks/lookAtTasks.ts'
import { tellOfficer } from '../../src/app/tasks/tellOfficer.ts'
import type { Officer } from '../../src/domain/officer.ts'
import type { World } from '../../src/domain/world.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'
import { fileIn, talk } from './residents.ts'

/* A cry for help on a Sunday night: who is told, what stays silent, and how a human lifts it. */

const VILLAGE = '420702104212'
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NIGHT = Date.parse('2026-11-22T02:30:00+08:00')
let now = NIGHT
let database: TestDatabase
let service: Instance
let village: Officer
let cadre: Officer
let leader: Officer
let town: Officer
let county: Officer

beforeAll(async () => {
  database = await testDatabase()
  const world: World = { ...database.world, now: () => now }
  service = openInstance(database, world)
  const at = [VILLAGE, VILLAGE, '420702104', '420702104', '420702'] as const
  village = await service.appoint('village', 'village', at[0])
  cadre = await service.appoint('cadre', 'village', at[1])
  leader = await service.appoint('leader', 'town', at[2])
  town = await service.appoint('town', 'town', at[3])
  county = await service.appoint('county', 'county', at[4])
  for (const officer of [village, cadre, leader, town, county]) await bindChat(officer)
})
afterAll(() => database?.close())

beforeEach(async () => {
  now = NIGHT
  for (const table of ['outbox', 'message', 'officer_message_count', 'task_action', 'task']) {
    await database.sql(`delete from ${table}`)
  }
})

async function bindChat(officer: Officer, channel: 'web' | 'wecom' = 'web'): Promise<void> {
  const sender = `chat-${channel}-${officer.username}`
  await service.say(sender, '你好', channel)
  await service.kept.officers.bind({ channel, sender, officerId: officer.id, at: now })
}

const inTx = <T>(run: Parameters<typeof service.parts.store.transaction<T>>[1]) =>
  service.parts.store.transaction({ kind: 'system' }, run)

async function residentOf(sender: string): Promise<string> {
  const address = { channel: 'web' as const, sender, messageKey: randomUUID() }
  return (await service.kept.store.turns.open(address, now)).resident.id
}

/** Somebody with a case in the village. */
async function neighbour(): Promise<{ sender: string; residentId: string }> {
  const sender = randomUUID()
  await talk(service, sender, '你好')
  await fileIn({ here: service, database }, VILLAGE, sender)
  return { sender, residentId: await residentOf(sender) }
}

/** The same, looked after by the two contacts. */
async function inCare(): Promise<{ sender: string; residentId: string }> {
  const person = await neighbour()
  const { residentId } = person
  await inTx(async tx => {
    const actor = { kind: 'system' as const }
    const opening = {
      residentId,
      householdId: null,
      regionCode: VILLAGE,
      name: null,
      phone: null,
      occasion: 'asked' as const,
      actor,
    }
    const { familyId } = await openCare(service.parts, tx, opening)
    for (const [post, officerId] of [
      ['leader', leader.id],
      ['cadre', cadre.id],
    ] as const) {
      const family = await tx.care.lock(familyId)
      if (!family) throw new Error('no family')
      await recordCare(tx, family, { type: 'contactSet', post, officerId, why: 'chosen' }, { actor, at: now })
    }
  })
  await database.sql('delete from task_action')
  await database.sql('delete from task')
  return person
}

const cries = () => database.sql(`select id, summary, status from task where source = 'distress' order by created_at`)
const toldBy = async (user: Officer) =>
  (
    await database.sql(
      `select distinct o.id from outbox o join resident_identity i on i.resident_id = o.resident_id
        join officer_identity c on c.channel = i.channel and c.sender_index = i.sender_index where c.officer_id = $1`,
      [user.id],
    )
  ).length
const look = () => lookAtTasks(service.parts, 10)
const again = '我们在。工作人员会联系您。想说话，现在就打12356；有危险打120或110。'

/** An officer takes the call and writes what he did. */
async function close(officer: Officer, evidence: string | null) {
  const [cry] = await cries()
  const id = String(cry?.['id'])
  const leased = await service.app.officer.lease(officer, id, null)
  if (!leased.ok) throw new Error(leased.refusal.code)
  return service.app.officer.close(officer, id, leased.value.fence, evidence)
}

describe('a word of danger at half past two on a Sunday', () => {
  test('brings numbers to call at once, and in the same turn the village and both contacts in every chat they have', async () => {
    await bindChat(cadre, 'wecom')
    const { sender, residentId } = await inCare()
    expect(await talk(service, sender, '我不想活了')).toContain('12356')
    expect(await cries()).toMatchObject([{ status: 'open' }])
    expect([await toldBy(village), await toldBy(cadre), await toldBy(leader)]).toEqual([1, 2, 1])
    expect([await toldBy(town), await toldBy(county)]).toEqual([0, 0])
    const held = await database.sql('select count(*)::int as n from outbox where not_before > created_at')
    expect(held).toEqual([{ n: 0 }])
    expect(await inTx(tx => isMuted(tx, { residentId }))).toBe(true)
  })

  test('goes up to the town after ten minutes and to the county after ten more, in the middle of the night', async () => {
    const { sender } = await neighbour()
    await talk(service, sender, '我不想活了')
    await look()
    expect(await toldBy(town)).toBe(0)
    now += 10 * MINUTE
    await look()
    expect([await toldBy(town), await toldBy(county)]).toEqual([1, 0])
    now += 10 * MINUTE
    await look()
    expect(await toldBy(county)).toBe(1)
  })

  test('overtakes what the officer’s chat keeps for the morning', async () => {
    const { sender } = await neighbour()
    const desk = { key: 'tasks.urged', values: { by: '', total: 1, summary: '' } }
    await inTx(tx => tellOfficer(service.parts, tx, village, { ...desk, dedupeKey: randomUUID() }))
    await talk(service, sender, '我不想活了')
    const ready = await service.kept.outbox.ready(now, 10)
    const urgent = await database.sql(`select id from outbox where purpose = 'distress'`)
    expect(new Set(ready)).toEqual(new Set(urgent.map(({ id }) => id)))
  })

  test('is one task however often it is said, and those who are to come hear of it again', async () => {
    const { sender } = await neighbour()
    await talk(service, sender, '我不想活了', '我不想活了')
    expect(await toldBy(village)).toBe(1)
    now += 11 * MINUTE
    await talk(service, sender, '我不想活了')
    expect(await cries()).toHaveLength(1)
    expect(await toldBy(village)).toBe(2)
  })
})

describe('afterwards', () => {
  test('nothing of itself goes to the person, and no flow asks anything, until a human says what he did', async () => {
    const { sender, residentId } = await neighbour()
    await talk(service, sender, '生育登记', '我不想活了')
    const survey = { purpose: 'survey' as const, key: 'desk.menu', values: {}, dedupeKey: randomUUID() }
    const asked = () =>
      inTx(tx => sendMessage(service.parts, tx, { ...survey, to: { residentId }, dedupeKey: randomUUID() }))
    expect(await asked()).toEqual({ kind: 'notSent', reason: 'muted' })
    expect(await talk(service, sender, '在吗', '孩子妈妈')).toBe(`${again}\n${again}`)
    const timers = await database.sql('select session_id, name, turn_id from timer where resident_id = $1', [
      residentId,
    ])
    await database.sql('delete from outbox')
    for (const row of timers) {
      const [sessionId, turnId] = [String(row['session_id']), String(row['turn_id'])]
      await service.app.fireTimer({ residentId, sessionId, name: 'remind', turnId })
    }
    expect(await database.sql('select 1 from outbox where resident_id = $1', [residentId])).toEqual([])
    expect(await close(village, null)).toMatchObject({ ok: false })
    expect(await close(village, '上门陪了两个小时，家人已到')).toMatchObject({ ok: true })
    expect(await asked()).toMatchObject({ kind: 'queued' })
    expect(await talk(service, sender, '继续')).toContain('您是')
  })

  test('the person himself may go on with his matter, which tells nobody that all is well', async () => {
    const { sender, residentId } = await neighbour()
    await talk(service, sender, '我不想活了', '在吗')
    expect(await talk(service, sender, '1', '生育登记')).toContain('您是')
    expect(await inTx(tx => isMuted(tx, { residentId }))).toBe(true)
    expect(await cries()).toMatchObject([{ status: 'open' }])
    expect(await talk(service, sender, '我不想活了')).toContain('12356')
    expect(await talk(service, sender, '孩子妈妈')).toBe(again)
  })

  test('an emergency that is over leaves the cry beside it to its own human', async () => {
    const { sender, residentId } = await neighbour()
    await talk(service, sender, '羊水破了')
    now += MINUTE
    await talk(service, sender, '我不想活了')
    expect(await close(village, '已送到医院')).toMatchObject({ ok: true })
    expect((await cries()).map(({ status }) => status)).toEqual(['done', 'open'])
    expect(await inTx(tx => isMuted(tx, { residentId }))).toBe(true)
    expect(await talk(service, sender, '在吗')).toBe(again)
  })

  test('a house in mourning stays in peace when the cry is answered', async () => {
    const { sender, residentId } = await neighbour()
    const actor = { kind: 'system' as const }
    await inTx(tx => muteHousehold(service.parts, tx, { to: { residentId }, reason: 'bereavement', by: actor }))
    await talk(service, sender, '我不想活了')
    await close(village, '已上门')
    expect(await inTx(tx => isMuted(tx, { residentId }))).toBe(true)
  })
})

describe('without a word of danger', () => {
  test('several sad sentences together call a human, one alone does not', async () => {
    const { sender } = await neighbour()
    await talk(service, sender, '这几天心里难受')
    expect(await cries()).toEqual([])
    expect(await talk(service, sender, '夜里睡不着，没人说话')).toContain('12356')
    expect(await cries()).toMatchObject([{ summary: expect.stringContaining('难过的话') }])
  })

  test('sadness of last week is not added to that of today', async () => {
    const { sender } = await neighbour()
    await talk(service, sender, '这几天心里难受，睡不着')
    now += 7 * 24 * HOUR
    await talk(service, sender, '今天又睡不好')
    expect(await cries()).toEqual([])
  })

  const silence = async (residentId: string) => {
    const [row] = await database.sql(
      `select turn_id, session_id from timer where resident_id = $1 and session_id like 'heavyWord:%'`,
      [residentId],
    )
    now += 12 * HOUR
    const [turnId, sessionId] = [String(row?.['turn_id']), String(row?.['session_id'])]
    await service.app.fireTimer({ residentId, sessionId, name: 'expire', turnId })
  }

  test('who is looked after and falls silent after a heavy word is called on by his contacts, and gets no message', async () => {
    const { sender, residentId } = await inCare()
    await talk(service, sender, '什么都没有了')
    await silence(residentId)
    expect(await cries()).toMatchObject([{ summary: expect.stringContaining('没有回音') }])
    expect([await toldBy(cadre), await toldBy(leader)]).toEqual([2, 1])
    expect(await database.sql('select 1 from outbox where resident_id = $1', [residentId])).toEqual([])
  })

  test('the silence of one is not forgotten over the heavy word of another', async () => {
    const first = await inCare()
    await talk(service, first.sender, '什么都没有了')
    const second = await neighbour()
    await talk(service, second.sender, '什么都没有了')
    await silence(first.residentId)
    expect(await cries()).toMatchObject([{ summary: expect.stringContaining('没有回音') }])
  })

  test('who wrote again was not silent, and who is in no care is left alone', async () => {
    const { sender, residentId } = await inCare()
    await talk(service, sender, '什么都没有了', '谢谢')
    await silence(residentId)
    const other = await neighbour()
    await talk(service, other.sender, '什么都没有了')
    await silence(other.residentId)
    expect(await cries()).toEqual([])
  })
})
