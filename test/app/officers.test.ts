import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Conflict, type ChannelName } from '../../src/app/ports.ts'
import { makeApp } from '../../src/app/makeApp.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { answersOf, registerUpTo, withCheck } from '../e2e/registration.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

const VILLAGE = '420702104212'

let database: TestDatabase
let service: Instance
let village: Officer
let neighbour: Officer
beforeAll(async () => {
  database = await testDatabase()
  service = openInstance(database)
  village = await service.appoint('village', 'village', VILLAGE)
  neighbour = await service.appoint('neighbour', 'village', VILLAGE)
})
afterAll(() => database?.close())

let births = 0
/** Registers as `sender`; answers application and task. */
async function registered(
  sender: string,
  channel: ChannelName = 'web',
): Promise<{ applicationId: string; taskId: string }> {
  const born = `4207021994${String(101 + births++).padStart(4, '0')}000`
  await registerUpTo('submit', answersOf(VILLAGE, withCheck(born)), text => service.say(sender, text, channel))
  const { resident } = await service.kept.store.turns.open(
    { channel, sender, messageKey: randomUUID() },
    database.world.now(),
  )
  const [row] = await database.sql(
    `select a.id as application, t.id as task from application a join task t on t.application_id = a.id
      where a.resident_id = $1`,
    [resident.id],
  )
  return { applicationId: String(row?.['application']), taskId: String(row?.['task']) }
}

const bind = (officer: Officer, sender: string) =>
  service.kept.officers.bind({ channel: 'web', sender, officerId: officer.id, at: database.world.now() })

test('nobody accepts or decides a case of his own, by page or by chat; a colleague does', async () => {
  const sender = randomUUID()
  const { applicationId, taskId } = await registered(sender)
  await bind(village, sender)
  const { officer } = service.app
  const leased = await officer.lease(village, taskId, null)
  const fence = leased.ok ? leased.value.fence : 0
  const own = { ok: false, refusal: { code: 'ownCase' } }
  expect(await officer.accept(village, applicationId, fence)).toEqual(own)
  expect(await officer.decide(village, applicationId, fence, { decision: 'granted' })).toEqual(own)
  await service.say(sender, '待办')
  const { replies } = await service.say(sender, '办结 1')
  expect(replies.map(({ text }) => text).join()).not.toMatch(/PZ\d{6}/)
  await officer.release(village, taskId, fence)

  const taken = await officer.lease(neighbour, taskId, null)
  const decided = await officer.decide(neighbour, applicationId, taken.ok ? taken.value.fence : 0, {
    decision: 'granted',
  })
  expect(decided).toMatchObject({ ok: true, value: { status: 'granted' } })
})

test('an auditor who once worked on cases sees no task in chat', async () => {
  await registered(randomUUID())
  const sender = randomUUID()
  const moved = await service.appoint('moved', 'village', VILLAGE)
  await bind(moved, sender)
  expect((await service.say(sender, '待办')).replies.map(({ text }) => text).join()).toContain('生育登记：')
  await service.appoint('moved', 'auditor', VILLAGE)
  expect((await service.say(sender, '待办')).replies.map(({ text }) => text).join()).not.toContain('生育登记：')
})

test('a write that met another writer at the same rows is done again, not answered with a failure', async () => {
  const { taskId } = await registered(randomUUID())
  let failures = 2
  const app = makeApp({
    ...service.parts,
    store: {
      ...service.parts.store,
      transaction: async (scope, run) => {
        if (failures-- > 0) throw new Conflict('somebody was faster')
        return service.parts.store.transaction(scope, run)
      },
    },
  })
  expect(await app.officer.lease(village, taskId, null)).toMatchObject({ ok: true })
})

test('a binding code cannot be guessed: after five wrong ones even the right one is of no use in that chat', async () => {
  const { parts, kept } = service
  const at = database.world.now()
  const code = { officerId: village.id, at, expiresAt: at + 600_000 }
  expect(await kept.auth.storeBindingCode({ ...code, codeHash: parts.hashToken('424242') })).toBe(true)
  const guesser = randomUUID()
  for (let n = 0; n < 5; n++) await service.say(guesser, `绑定 00000${n}`)
  const refused = await service.say(guesser, '绑定 424242')
  expect(refused.replies.map(({ text }) => text).join()).toContain('绑定码不对')
  const bound = await service.say(randomUUID(), '绑定 424242')
  expect(bound.replies.map(({ text }) => text).join()).toContain('绑定好了')
})

test('six digits come round again: a valid code keeps its officer, a used one makes room', async () => {
  const { parts, kept } = service
  const at = database.world.now()
  const drawn = (officer: Officer) =>
    kept.auth.storeBindingCode({
      codeHash: parts.hashToken('131313'),
      officerId: officer.id,
      at,
      expiresAt: at + 600_000,
    })
  expect(await drawn(village)).toBe(true)
  expect(await drawn(neighbour)).toBe(false)
  await service.say(randomUUID(), '绑定 131313')
  expect(await drawn(neighbour)).toBe(true)
})

test('the message about a granted case opens the certificate by its link, for a month and for this one only', async () => {
  const { applicationId, taskId } = await registered(randomUUID(), 'wechat-official')
  const leased = await service.app.officer.lease(village, taskId, null)
  await service.app.officer.decide(village, applicationId, leased.ok ? leased.value.fence : 0, { decision: 'granted' })
  const [row] = await database.sql(`select id from outbox where dedupe_key = $1`, [`decision:${applicationId}`])
  const taken = await service.kept.outbox.take(String(row?.['id']), database.world.now())
  const url = new URL(taken?.replies[0]?.url ?? '', 'https://nx.example.cn')
  const number = /([^/]+)\.pdf$/.exec(url.pathname)?.[1] ?? ''
  const link = { number, until: Number(url.searchParams.get('until')), key: url.searchParams.get('key') ?? '' }

  const { certificateByLink } = service.app.resident
  expect((await certificateByLink(link))?.certificate.number).toBe(number)
  expect(await certificateByLink({ ...link, until: link.until + 1 })).toBeNull()
  expect(await certificateByLink({ ...link, key: `${link.key.slice(0, -1)}_` })).toBeNull()
  expect(
    await certificateByLink({ ...link, number: number.replace(/\d$/, digit => String((+digit + 1) % 10)) }),
  ).toBeNull()
  const later = { ...service.parts.world, now: () => link.until + 1 }
  expect(await makeApp({ ...service.parts, world: later }).resident.certificateByLink(link)).toBeNull()
})

test('a bad rating is answered by the level above the one that worked on the case', async () => {
  const town = await service.appoint('town', 'town', VILLAGE.slice(0, 9))
  await service.appoint('county', 'county', VILLAGE.slice(0, 6))
  for (const [decider, place] of [
    [village, VILLAGE.slice(0, 9)],
    [town, VILLAGE.slice(0, 6)],
  ] as const) {
    const sender = randomUUID()
    const { applicationId, taskId } = await registered(sender)
    const leased = await service.app.officer.lease(decider, taskId, null)
    await service.app.officer.decide(decider, applicationId, leased.ok ? leased.value.fence : 0, {
      decision: 'granted',
    })
    await service.say(sender, '非常不满意')
    for (let n = 0; n < 2; n++) await service.say(sender, '跳过')
    const tasks = await database.sql(
      `select region_code from task where source = 'badRating' and application_id = $1`,
      [applicationId],
    )
    expect(tasks).toEqual([{ region_code: place }])
  }
})

test('the reason of a look at personal data may name people, and is not readable in the database', async () => {
  const { applicationId } = await registered(randomUUID())
  const shown = await service.app.officer.reveal(village, applicationId, '核对李秀英的电话')
  expect(shown).toMatchObject({ ok: true, value: { content: { applicantName: '李秀英' } } })
  const [row = {}] = await database.sql(
    `select detail, at from audit where action = 'application.reveal' and object_id = $1`,
    [applicationId],
  )
  const { reason } = row['detail'] as { reason: string }
  expect(reason).not.toContain('李秀英')
  const place = `${applicationId}:${(row['at'] as Date).getTime()}`
  expect(database.cipher.open('audit|reason', place, Buffer.from(reason, 'base64')).toString()).toBe('核对李秀英的电话')
})
