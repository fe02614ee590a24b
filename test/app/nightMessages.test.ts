import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { muteHousehold } from '../../src/app/messages/mutes.ts'
import { messageRulesAt, quietHoursFor } from '../../src/app/messages/rulesHere.ts'
import { sendMessage } from '../../src/app/messages/sendMessage.ts'
import type { ChannelName, MessageSender, OutboxMessage } from '../../src/app/ports.ts'
import { tellResident } from '../../src/app/tellResident.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { packFor, parseRegionPackLayer } from '../../src/domain/regionPacks.ts'
import type { World } from '../../src/domain/world.ts'
import { outboxJob } from '../../src/jobs/outbox.ts'
import type { JobParts } from '../../src/jobs/parts.ts'
import { fireDue } from '../../src/jobs/timers.ts'
import { loadRegionPacks } from '../../src/runtime/loadRegions.ts'
import { answersOf, registerUpTo, withCheck } from '../e2e/registration.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

/* What nobody asked for at that moment keeps the quiet hours; answers never wait, and are held up by nothing that does. */

const VILLAGE = '420702104212'
const at = (moment: string) => Date.parse(`${moment}:00+08:00`)
const AFTERNOON = at('2026-11-24T15:00')
let now = AFTERNOON
let database: TestDatabase
let here: Instance
let village: Officer
let births = 0
let arrived: OutboxMessage[] = []

beforeAll(async () => {
  database = await testDatabase()
  const world: World = { ...database.world, now: () => now }
  here = openInstance(database, world)
  village = await here.appoint('village', 'village', VILLAGE)
})
afterAll(() => database?.close())
beforeEach(async () => {
  now = AFTERNOON
  arrived = []
  for (const table of ['outbox', 'timer']) await database.sql(`delete from ${table}`)
})

interface Filed {
  sender: string
  residentId: string
  applicationId: string
  fence: number
}

/** Somebody whose case lies before the village officer since the afternoon. */
async function filed(channel: ChannelName): Promise<Filed> {
  const sender = randomUUID()
  const born = withCheck(`4207021994${String(101 + births++).padStart(4, '0')}000`)
  await registerUpTo('submit', answersOf(VILLAGE, born), text => here.say(sender, text, channel))
  const address = { channel, sender, messageKey: randomUUID() }
  const { resident } = await here.kept.store.turns.open(address, now)
  const [row] = await database.sql(
    `select a.id as application, t.id as task from application a join task t on t.application_id = a.id
      where a.resident_id = $1`,
    [resident.id],
  )
  const leased = await here.app.officer.lease(village, String(row?.['task']), null)
  if (!leased.ok) throw new Error(leased.refusal.code)
  const applicationId = String(row?.['application'])
  return { sender, residentId: resident.id, applicationId, fence: leased.value.fence }
}

async function decide(one: Filed, moment: string): Promise<void> {
  now = at(moment)
  const decided = await here.app.officer.decide(village, one.applicationId, one.fence, { decision: 'granted' })
  expect(decided.ok).toBe(true)
}

async function decidedAt(moment: string, channel: ChannelName = 'wechat-official'): Promise<Filed> {
  const one = await filed(channel)
  await decide(one, moment)
  return one
}

const sender = (channel: ChannelName): MessageSender => ({
  channel,
  send: async message => {
    arrived.push(message)
    return { status: 'sent', providerId: message.id }
  },
})

function parts(): JobParts {
  return {
    ...{ outbox: here.kept.outbox, timers: here.kept.timers, app: here.app, wake: here.parts.wake },
    ...{ quietHours: here.parts.messageRules.quietHours, world: here.parts.world },
    quietHoursOf: message =>
      here.parts.store.transaction({ kind: 'system' }, tx => quietHoursFor(here.parts, tx, { ...message, at: now })),
    ...{ senders: { web: sender('web'), 'wechat-official': sender('wechat-official') } },
    ...{ crash: () => undefined, log: () => undefined, text: key => here.parts.text('zh-CN', key) },
  }
}

/** What leaves at this moment, by its words. */
async function leavesAt(moment: string): Promise<string[]> {
  now = at(moment)
  const before = arrived.length
  await fireDue(parts())
  await outboxJob.run(parts(), {})
  return arrived.slice(before).map(({ replies }) => replies.map(({ text }) => text).join('\n'))
}

const told = expect.stringContaining('已办好，凭证编号')
const rated = expect.stringContaining('请您评价')

describe('a decision', () => {
  test.each(['2026-11-24T20:59', '2026-11-25T08:00'])(
    'made at %s is told at once, and then its rating asked',
    async moment => {
      await decidedAt(moment)
      expect(await leavesAt(moment)).toEqual([told, rated])
    },
  )

  test.each(['2026-11-24T21:00', '2026-11-24T23:00', '2026-11-25T07:59'])(
    'made at %s is told at eight, and then its rating asked, once',
    async moment => {
      await decidedAt(moment)
      expect(await leavesAt(moment)).toEqual([])
      expect(await leavesAt('2026-11-25T07:59')).toEqual([])
      expect(await leavesAt('2026-11-25T08:00')).toEqual([told, rated])
      expect(await leavesAt('2026-11-25T08:01')).toEqual([])
      expect((await database.sql('select status from outbox')).map(({ status }) => status)).toEqual(['sent', 'sent'])
    },
  )

  test('stands on the page at once, where it wakes nobody', async () => {
    await decidedAt('2026-11-24T23:00', 'web')
    expect(await leavesAt('2026-11-24T23:00')).toEqual([told, rated])
  })

  test('that no platform took before nine in the evening waits for the morning as well', async () => {
    await decidedAt('2026-11-24T20:59')
    expect(await leavesAt('2026-11-24T21:01')).toEqual([])
    expect(await leavesAt('2026-11-25T08:00')).toEqual([told, rated])
  })
})

describe('who is talking to us by night', () => {
  const hello = (one: Filed) => here.say(one.sender, '你好', 'wechat-official')

  test.each([
    ['a minute ago', '2026-11-24T22:59', '2026-11-24T23:00'],
    ['half an hour ago', '2026-11-24T22:31', '2026-11-24T23:00'],
    ['before nine, a minute ago', '2026-11-24T20:59', '2026-11-24T21:00'],
  ])('hears at once how it ended, and is asked to rate: he wrote %s', async (_, wrote, moment) => {
    const one = await filed('wechat-official')
    now = at(wrote)
    await hello(one)
    await decide(one, moment)
    expect(await leavesAt(moment)).toEqual([told, rated])
  })

  test('and stopped half an hour ago is let sleep', async () => {
    const one = await filed('wechat-official')
    now = at('2026-11-24T22:30')
    await hello(one)
    await decide(one, '2026-11-24T23:00')
    expect(await leavesAt('2026-11-24T23:00')).toEqual([])
    expect(await leavesAt('2026-11-25T08:00')).toEqual([told, rated])
  })

  test('hears first what waited before, and by day', async () => {
    const one = await decidedAt('2026-11-24T23:00')
    now = at('2026-11-24T23:30')
    await hello(one)
    const telling = { key: 'app.told.familyMoved', values: { number: '1' }, dedupeKey: randomUUID() }
    await here.parts.store.transaction({ kind: 'system' }, tx => tellResident(here.parts, tx, one.residentId, telling))
    expect(await leavesAt('2026-11-24T23:30')).toEqual([])
    expect(await leavesAt('2026-11-25T08:00')).toEqual([told, expect.not.stringContaining('请您评价'), rated])
  })

  test('is still not sent what counts as care, which has no hurry', async () => {
    const one = await filed('wechat-official')
    now = at('2026-11-24T22:59')
    await hello(one)
    const words = { key: 'care.told.contact', values: { name: '王专干', post: 'village', phone: null } }
    const to = { residentId: one.residentId }
    await here.parts.store.transaction({ kind: 'system' }, tx =>
      sendMessage(here.parts, tx, { to, purpose: 'care', ...words, dedupeKey: randomUUID() }),
    )
    expect(await leavesAt('2026-11-24T23:00')).toEqual([])
  })
})

describe('a chat by night while a decision waits', () => {
  test('is answered, hears of the decision when it asks, and is asked nothing of which it was not told', async () => {
    const { sender: mother } = await decidedAt('2026-11-24T23:00')
    now = at('2026-11-24T23:30')
    const progress = await here.say(mother, '进度', 'wechat-official')
    const words = progress.replies.map(({ text }) => text).join('\n')
    expect(words).toContain('已办好')
    expect(words).not.toContain('评价')
    const five = await here.say(mother, '5', 'wechat-official')
    expect(five.state.flow).not.toBe('service-rating')
    expect(await leavesAt('2026-11-24T23:31')).toEqual([])
    expect(await leavesAt('2026-11-25T08:00')).toEqual([told, rated])
  })

  test('gets the rest of a long answer at once, though the decision stands before it', async () => {
    const { residentId, sender: mother } = await decidedAt('2026-11-24T23:00')
    now = at('2026-11-24T23:30')
    const replies = [{ id: 'r', kind: 'text' as const, text: '剩下的回答' }]
    const address = { channel: 'wechat-official' as const, sender: mother }
    const row = { id: randomUUID(), residentId, ...address, replies, dedupeKey: randomUUID(), critical: false }
    await here.parts.store.transaction({ kind: 'system' }, tx =>
      tx.outbox.add({ ...row, notBefore: now, createdAt: now }),
    )
    expect(await leavesAt('2026-11-24T23:30')).toEqual(['剩下的回答'])
    expect(await leavesAt('2026-11-25T08:00')).toEqual([told, rated])
  })

  test('that is still going on in the morning is not interrupted by the rating', async () => {
    const { sender: mother } = await decidedAt('2026-11-24T23:00')
    now = at('2026-11-25T07:58')
    await here.say(mother, '投诉', 'wechat-official')
    expect(await leavesAt('2026-11-25T08:00')).toEqual([told])
  })
})

test('two words about one case keep their order, over the night and over a platform that fails', async () => {
  const { residentId } = await filed('wechat-official')
  now = at('2026-11-24T22:00')
  for (const number of ['1', '2']) {
    const telling = { key: 'app.told.familyMoved', values: { number }, dedupeKey: randomUUID() }
    await here.parts.store.transaction({ kind: 'system' }, tx => tellResident(here.parts, tx, residentId, telling))
    now = at('2026-11-24T22:30')
  }
  const [first, second] = (await database.sql('select id from outbox order by seq')).map(({ id }) => String(id))
  now = at('2026-11-25T08:00')
  expect(await here.kept.outbox.take(second ?? '', now)).toBeNull()
  const taken = await here.kept.outbox.take(first ?? '', now)
  if (!taken) throw new Error('not taken')
  const failure = { name: 'busy', retry: 'soon' as const, alert: false, tell: '', mayHaveArrived: false }
  await here.kept.outbox.retry(taken, { notBefore: now + 60_000, failure, repeat: false })
  expect(await here.kept.outbox.take(second ?? '', now)).toBeNull()
  await leavesAt('2026-11-25T08:01')
  expect(arrived.map(({ id }) => id)).toEqual([first, second])
})

test('who is left in peace over night is told how it ended, and is not asked to rate', async () => {
  const { residentId, sender: mother } = await decidedAt('2026-11-24T23:00')
  const by = { kind: 'system' as const }
  await here.parts.store.transaction(by, tx =>
    muteHousehold(here.parts, tx, { to: { residentId }, reason: 'bereavement', by }),
  )
  expect(await leavesAt('2026-11-25T08:00')).toEqual([told])
  now = at('2026-11-25T09:00')
  expect((await here.say(mother, '你好', 'wechat-official')).state.flow).not.toBe('service-rating')
})

describe('a county whose evening begins earlier', () => {
  const none = ['marriageRequired', 'whoMay', 'where', 'materials', 'resultName', 'legalDays', 'promiseDays']
  const source = { document: '测试县要求', checked: '2026-11-22', weight: 'official' }
  const county = parseRegionPackLayer({
    ...{ code: '420702', name: '测试县', officePhone: null },
    birthRegistration: Object.fromEntries([...none, 'onlineEntry', 'resultNote'].map(field => [field, null])),
    messages: { quietHours: { value: { from: '19:30', to: '09:00' }, source } },
  })
  const usual = (code: string | null) => packFor(loadRegionPacks('regions'), code)
  beforeEach(() => {
    here.parts.packFor = code => packFor([...loadRegionPacks('regions'), county], code)
  })
  afterEach(() => {
    here.parts.packFor = usual
  })

  test('waits from its own hour on, with decisions and with what goes by rules, until its own morning', async () => {
    const { residentId } = await decidedAt('2026-11-24T20:00')
    const words = { key: 'care.told.contact', values: { name: '王专干', post: 'village', phone: null } }
    const message = { to: { residentId }, purpose: 'care' as const, ...words, dedupeKey: randomUUID() }
    await here.parts.store.transaction({ kind: 'system' }, tx => sendMessage(here.parts, tx, message))
    expect(await leavesAt('2026-11-24T20:00')).toEqual([])
    expect(await leavesAt('2026-11-25T08:59')).toEqual([])
    expect(await leavesAt('2026-11-25T09:00')).toEqual(
      expect.arrayContaining([told, expect.stringContaining('王专干')]),
    )
  })

  test('holds back at the last moment what was queued before its evening', async () => {
    await decidedAt('2026-11-24T19:29')
    expect(await leavesAt('2026-11-24T19:31')).toEqual([])
    expect(await leavesAt('2026-11-25T09:00')).toEqual([told, rated])
  })

  test('says nothing for the county next to it, and speaks for who lives nowhere that we know', () => {
    expect(messageRulesAt(here.parts, '420703106')).toEqual(here.parts.messageRules)
    expect(messageRulesAt(here.parts, null).quietHours.from).toBe(1170)
  })
})
