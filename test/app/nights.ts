import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { quietHoursOf } from '../../src/app/messages/rulesHere.ts'
import { sendMessage } from '../../src/app/messages/sendMessage.ts'
import { stillWanted } from '../../src/app/messages/stillWanted.ts'
import type { ChannelName, MessageSender, OutboxMessage } from '../../src/app/ports.ts'
import { tellResident } from '../../src/app/tellResident.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { outboxJob } from '../../src/jobs/outbox.ts'
import type { JobParts } from '../../src/jobs/parts.ts'
import { fireDue } from '../../src/jobs/timers.ts'
import { answersOf, registerUpTo, withCheck } from '../e2e/registration.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

export const VILLAGE = '420702104212'
const AFTERNOON = '2026-11-24T15:00'
export const at = (moment: string) => Date.parse(`${moment}:00+08:00`)

let now = at(AFTERNOON)
let database: TestDatabase
let here: Instance
let village: Officer
let births = 0
let arrived: OutboxMessage[] = []

/** The service, its outbox and a clock of its own, for the tests of one file; each begins on an afternoon with nothing to send. */
export function onNights(): void {
  beforeAll(async () => {
    database = await testDatabase()
    here = openInstance(database, { ...database.world, now: () => now })
    village = await here.appoint('village', 'village', VILLAGE)
  })
  afterAll(() => database?.close())
  beforeEach(async () => {
    itIs(AFTERNOON)
    arrived = []
    for (const table of ['outbox', 'timer']) await database.sql(`delete from ${table}`)
  })
}

export const night = {
  get here() {
    return here
  },
  get database() {
    return database
  },
  get now() {
    return now
  },
  /** All that platforms took since the afternoon. */
  get arrived() {
    return arrived
  },
}

export function itIs(moment: string): void {
  now = at(moment)
}

export interface Filed {
  sender: string
  residentId: string
  applicationId: string
  fence: number
}

/** Somebody whose case lies before the village officer since the afternoon. */
export async function filed(channel: ChannelName = 'wechat-official'): Promise<Filed> {
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

export async function decide(one: Filed, moment: string): Promise<void> {
  itIs(moment)
  const decided = await here.app.officer.decide(village, one.applicationId, one.fence, { decision: 'granted' })
  expect(decided.ok).toBe(true)
}

export async function decidedAt(moment: string, channel?: ChannelName): Promise<Filed> {
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
    quietHoursOf: message => quietHoursOf(here.parts, message),
    stillWanted: message => stillWanted(here.parts, message),
    ...{ senders: { web: sender('web'), 'wechat-official': sender('wechat-official') } },
    ...{ crash: () => undefined, log: () => undefined, text: key => here.parts.text('zh-CN', key) },
  }
}

/** What leaves at this moment, by its words. */
export async function leavesAt(moment: string): Promise<string[]> {
  itIs(moment)
  const before = arrived.length
  await fireDue(parts())
  await outboxJob.run(parts(), {})
  return arrived.slice(before).map(({ replies }) => replies.map(({ text }) => text).join('\n'))
}

/** Word about his case, with a number by which a test knows it again. */
export async function tells({ residentId }: Filed, number: string): Promise<void> {
  const telling = { key: 'app.told.familyMoved', values: moved(number), dedupeKey: randomUUID() }
  await here.parts.store.transaction({ kind: 'system' }, tx => tellResident(here.parts, tx, residentId, telling))
}

/** Word that counts as care, which has no hurry. */
export async function cares({ residentId }: Filed): Promise<void> {
  const words = { key: 'care.told.contact', values: { name: '王专干', post: 'village', phone: null } }
  const message = { to: { residentId }, purpose: 'care' as const, ...words, dedupeKey: randomUUID() }
  await here.parts.store.transaction({ kind: 'system' }, tx => sendMessage(here.parts, tx, message))
}

export const hello = ({ sender: who }: Filed) => here.say(who, '你好', 'wechat-official')

const moved = (count: string) => ({ count, office: '东街村', phone: null })
/** The words of `tells`. */
export const numbered = (count: string) => here.parts.text('zh-CN', 'app.told.familyMoved', moved(count))
export const told = expect.stringContaining('已办好，凭证编号')
export const rated = expect.stringContaining('请您评价')
