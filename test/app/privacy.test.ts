import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noteDeparture } from '../../src/app/afterthoughts.ts'
import { makePrivacyDesk } from '../../src/app/privacy/ownData.ts'
import { makeRetentionNight, retentionNight } from '../../src/app/privacy/retentionNight.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'
import { fileIn, register, talk } from './residents.ts'

/* 看、改、删、撤回、注销, and the nightly round, on a real store. */

let database: TestDatabase
let here: Instance
beforeAll(async () => {
  database = await testDatabase()
  here = openInstance(database)
})
afterAll(() => database?.close())

const DAY_MS = 86_400_000

/** The same use cases, days later. */
function later(days: number) {
  const world = { ...here.parts.world, now: () => database.world.now() + days * DAY_MS }
  return { ...here.parts, world }
}

function opened(sender: string) {
  const address = { channel: 'web' as const, sender, messageKey: randomUUID() }
  return here.kept.store.turns.open(address, database.world.now())
}

const residentOf = async (sender: string): Promise<string> => (await opened(sender)).resident.id

const conversationOf = async (sender: string) => (await opened(sender)).conversation

async function count(table: string, residentId: string): Promise<number> {
  const [row] = await database.sql(`select count(*)::int as n from ${table} where resident_id = '${residentId}'`)
  return Number(row?.['n'] ?? 0)
}

const age = (table: string, column: string, residentId: string, days: number) =>
  database.sql(
    `update ${table} set ${column} = ${column} - interval '${days} days' where resident_id = '${residentId}'`,
  )

async function photo(residentId: string): Promise<string> {
  const id = randomUUID()
  const at = database.world.now()
  await here.kept.auth.saveUpload({ id, residentId, mimeType: 'image/jpeg', bytes: new Uint8Array([1, 2, 3]), at })
  return id
}

const decide = (residentId: string) =>
  database.sql(`update application set status = 'archived' where resident_id = '${residentId}'`)

describe('deleting', () => {
  test('takes chat, drafts, photos and consents; keeps the case and says so; proves it without a name', async () => {
    const [sender, neighbour] = [randomUUID(), randomUUID()]
    await talk(here, neighbour, '生育登记')
    await register(here, sender, '1991-01-01')
    await talk(here, sender, '服务日历', '同意，开日历')
    const [residentId, other] = [await residentOf(sender), await residentOf(neighbour)]
    await photo(residentId)
    const before = await count('inbox', other)
    await age('inbox', 'at', residentId, 1)
    const told = await talk(here, sender, '删除我的资料', '删掉', '是')
    expect(told).toContain('办件1件')
    expect(told).toContain('办件1件要存档')
    expect(await count('inbox', residentId)).toBeLessThanOrEqual(3)
    expect([await count('upload', residentId), await count('application', residentId)]).toEqual([0, 1])
    expect(await count('inbox', other)).toBe(before)
    const proofs = await database.sql('select * from deletion_record')
    expect(proofs.map(row => row['kind'])).toEqual(expect.arrayContaining(['chat', 'uploads']))
    expect(JSON.stringify(proofs)).not.toContain(residentId)
  })

  test('takes a half-filled form out of the conversation', async () => {
    const sender = randomUUID()
    await talk(here, sender, '生育登记', '孩子妈妈', '同意', '李小红')
    await talk(here, sender, '把我的个人信息删了')
    const [first] = await database.sql(
      `select state from conversation where resident_id = '${await residentOf(sender)}'`,
    )
    expect(first).toBeDefined()
    await talk(here, sender, '删掉', '是')
    expect(await talk(here, sender, '继续')).not.toContain('李小红')
    expect(await talk(here, sender, '生育登记')).not.toMatch(/接着|上次/)
  })
})

describe('seeing', () => {
  test('one gets the own data and nobody else’s, by a link that ends', async () => {
    const sender = randomUUID()
    await register(here, sender, '1991-01-02')
    const residentId = await residentOf(sender)
    const desk = makePrivacyDesk(here.parts)
    expect(JSON.stringify(await desk.data(residentId))).toContain('李小红')
    expect(JSON.stringify(await desk.data(await residentOf(randomUUID())))).not.toContain('李小红')
    const until = database.world.now() + 60_000
    const key = await here.kept.store.transaction({ kind: 'system' }, async tx =>
      tx.certificates.linkKey(`my-data:${residentId}`, until),
    )
    expect(await desk.dataByLink({ residentId, until, key })).toMatchObject({ applications: [{}] })
    expect(await desk.dataByLink({ residentId, until: until + 1, key })).toBeNull()
    expect(await desk.dataByLink({ residentId: await residentOf(randomUUID()), until, key })).toBeNull()
    expect(await makePrivacyDesk(later(1)).dataByLink({ residentId, until, key })).toBeNull()
    expect(await talk(here, sender, '看我的资料', '看全部')).toContain('链接')
    const sent = await database.sql(`select 1 from outbox where dedupe_key like 'own-data:%'`)
    expect(sent).toHaveLength(1)
  })
})

test('a wish for correction becomes one task of the office, with its words sealed', async () => {
  const sender = randomUUID()
  await register(here, sender, '1991-01-03')
  expect(await talk(here, sender, '我的资料', '改错的', '电话', '13800000009')).toContain('已请经办人核对')
  await talk(here, sender, '我的资料', '改错的', '电话', '13800000009')
  const tasks = await database.sql(`select summary, detail from task where source = 'correction'`)
  expect(tasks).toHaveLength(1)
  expect(JSON.stringify(tasks.map(row => [row['summary'], String(row['detail'])]))).not.toContain('13800000009')
  const town = await here.appoint('经办', 'town', '420702104')
  const { items } = await here.app.officer.tasks(town, { limit: 50 })
  const [task] = items.filter(({ source }) => source === 'correction')
  await here.app.officer.lease(town, task?.id ?? '', null)
  const shown = await here.app.officer.revealTask(town, task?.id ?? '', '核对更正')
  expect(shown).toMatchObject({ ok: true, value: { field: 'phone', value: '13800000009' } })
})

test('a consent is withdrawn by its number, and what stood on it stops', async () => {
  const sender = randomUUID()
  await register(here, sender, '1991-01-04')
  await talk(here, sender, '服务日历', '同意，开日历')
  const residentId = await residentOf(sender)
  const listed = await talk(here, sender, '撤回同意', '撤回同意')
  const number = /(\d)\. 服务日历/.exec(listed)?.[1] ?? ''
  expect(await talk(here, sender, number)).toContain('已撤回')
  const running = await database.sql(
    `select 1 from service_calendar where resident_id = '${residentId}' and stopped_at is null`,
  )
  expect(running).toEqual([])
  expect(await talk(here, sender, '撤回同意', '撤回同意')).not.toMatch(/\d\. 服务日历/)
})

describe('an account', () => {
  test('is not closed while a case is open; closed it is somebody new who comes back', async () => {
    const sender = randomUUID()
    await register(here, sender, '1991-01-05')
    const residentId = await residentOf(sender)
    expect(await talk(here, sender, '注销账号', '注销', '是')).toContain('没办结')
    await decide(residentId)
    expect(await talk(here, sender, '注销账号', '注销', '是')).toContain('已注销')
    await retentionNight(here.parts)
    expect(await residentOf(sender)).toBe(residentId)
    await retentionNight(later(0.1))
    expect(await count('resident_identity', residentId)).toBe(0)
    expect(await residentOf(sender)).not.toBe(residentId)
    expect(await count('application', residentId)).toBe(1)
  })

  test('that the platform revoked is forgotten at once, except what an open case needs', async () => {
    const [free, bound] = [randomUUID(), randomUUID()]
    await talk(here, free, '生育登记', '孩子妈妈', '同意')
    await register(here, bound, '1991-01-06')
    await talk(here, bound, '生育登记', '孩子妈妈', '同意', '王小绿')
    const ids = [await residentOf(free), await residentOf(bound)]
    expect(JSON.stringify(await conversationOf(bound))).toContain('王小绿')
    for (const sender of [free, bound])
      await noteDeparture(here.parts, { channel: 'web', sender, messageKey: 'departure' }, 'revoked')
    expect(await residentOf(free)).not.toBe(ids[0])
    expect(await residentOf(bound)).toBe(ids[1])
    expect(await count('application', ids[1] ?? '')).toBe(1)
    expect(await conversationOf(bound)).toMatchObject({ language: 'zh-CN', sessions: [], current: null })
  })
})

describe('the nightly round', () => {
  test('deletes what is old enough, in batches, once, and never under an open case', async () => {
    const [old, open, young] = [randomUUID(), randomUUID(), randomUUID()]
    for (const sender of [old, open, young]) await talk(here, sender, '你好', '生育登记')
    await fileIn({ here, database }, '420702104212', open)
    const [oldId, openId, youngId] = [await residentOf(old), await residentOf(open), await residentOf(young)]
    const kept = await photo(oldId)
    await photo(oldId)
    await database.sql(`update upload set kept = true where id = '${kept}'`)
    for (const id of [oldId, openId]) await age('inbox', 'at', id, 70)
    for (const id of [oldId, openId]) await age('upload', 'at', id, 40)
    await database.sql(`insert into inbox select channel, sender_index, message_key || n, turn_id || n, resident_id, body,
      delivery, at from inbox, generate_series(1, 700) n where resident_id = '${oldId}'`)
    const many = await count('inbox', oldId)
    expect(many).toBeGreaterThan(1000)
    const [a, b] = await Promise.all([retentionNight(here.parts), retentionNight(here.parts)])
    expect((a['chat'] ?? 0) + (b['chat'] ?? 0)).toBe(many)
    expect([await count('inbox', oldId), await count('upload', oldId)]).toEqual([0, 1])
    expect(await count('inbox', openId)).toBe(2)
    expect(await count('inbox', youngId)).toBe(2)
    const [sum] = await database.sql(
      `select sum(removed)::int as n from deletion_record where kind = 'chat' and cause = 'retention'`,
    )
    expect(sum).toEqual({ n: many })
  })

  test('comes once a day, not before two in the morning', async () => {
    const at = (time: string) => ({
      ...here.parts,
      world: { ...here.parts.world, now: () => Date.parse(`2026-11-23T${time}:00+08:00`) },
    })
    expect(await makeRetentionNight(at('01:59'))()).toBeNull()
    const night = makeRetentionNight(at('02:00'))
    expect(await night()).not.toBeNull()
    expect(await night()).toBeNull()
  })
})

test('a photo handed in with a case is kept with it', async () => {
  const sender = randomUUID()
  await fileIn({ here, database }, '420702104212', sender)
  const residentId = await residentOf(sender)
  const id = await photo(residentId)
  await here.kept.store.transaction({ kind: 'system' }, async tx => {
    const [application] = await tx.applications.ofResident(residentId)
    if (!application) throw new Error('no case')
    const event = { type: 'supplemented' as const, materials: [`户口簿 [${id}]`] }
    const actor = { kind: 'resident' as const, id: residentId }
    const action = { applicationId: application.id, seq: 2, at: database.world.now(), actor, event }
    await tx.applications.append(action, 'submitted')
  })
  expect(await database.sql(`select kept from upload where id = '${id}'`)).toEqual([{ kept: true }])
})
