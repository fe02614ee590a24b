import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { liftMute, isMuted, muteHousehold, optIn, optOut } from '../../src/app/messages/mutes.ts'
import { householdsOfResident, linkHousehold, whyNotSent } from '../../src/app/messages/households.ts'
import { makeMessageDesk } from '../../src/app/messages/messageDesk.ts'
import { sendMessage, sendMessages, type OutgoingMessage } from '../../src/app/messages/sendMessage.ts'
import type { Tx } from '../../src/app/ports.ts'
import { frozenWorld } from '../../src/domain/world.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

const morning = '2026-11-23T09:00:00+08:00'
const DAY = 86_400_000
const service = { kind: 'system' as const }

let database: TestDatabase
let here: Instance
let world: ReturnType<typeof uniqueWorld>
let households = 0
beforeAll(async () => {
  database = await testDatabase()
  world = uniqueWorld()
  here = openInstance(database, world)
})
beforeEach(() => world.reset())
afterAll(() => database?.close())

/** Stands still, with ids that no other test of this file makes. */
function uniqueWorld() {
  let frozen = frozenWorld(morning)
  return {
    now: () => frozen.now(),
    randomBytes: (length: number) => frozen.randomBytes(length),
    newId: () => database.world.newId(),
    advance: (ms: number) => frozen.advance(ms),
    reset: () => {
      frozen = frozenWorld(morning)
    },
  }
}

const within = <T>(run: (tx: Tx) => Promise<T>) => here.kept.store.transaction({ kind: 'system' }, run)

async function resident(name: string): Promise<string> {
  const address = { channel: 'wechat-official' as const, sender: name, messageKey: database.world.newId() }
  return (await here.kept.store.turns.open(address, world.now())).resident.id
}

async function household(phone: string | null = null): Promise<string> {
  const id = `h${++households}-${database.world.newId()}`
  const index = phone === null ? null : database.cipher.index('household|phone', phone)
  await database.sql(
    `insert into household (id, region_code, phone_index, content, digest, imported_at)
      values ($1, '420702104212', $2, '\\x00', '\\x00', now())`,
    [id, index],
  )
  return id
}

const message = (to: OutgoingMessage['to'], purpose: OutgoingMessage['purpose'] = 'care'): OutgoingMessage => ({
  ...{ to, purpose, key: 'jobs.send.again', values: {}, dedupeKey: database.world.newId() },
})
const send = (one: OutgoingMessage) => within(tx => sendMessage(here.parts, tx, one))
const outboxOf = (residentId: string) =>
  database.sql('select status, purpose, not_before from outbox where resident_id = $1 order by seq', [residentId])

describe('one message', () => {
  test('goes to the resident at once, by day', async () => {
    const residentId = await resident('mc-1')
    expect(await send(message({ residentId }))).toMatchObject({ kind: 'queued' })
    expect(await outboxOf(residentId)).toMatchObject([
      { status: 'created', purpose: 'care', not_before: new Date(world.now()) },
    ])
  })

  test('waits for the morning, by night', async () => {
    const residentId = await resident('mc-2')
    world.advance(14 * 3600_000)
    await send(message({ residentId }))
    expect(await outboxOf(residentId)).toMatchObject([{ not_before: new Date('2026-11-24T08:00:00+08:00') }])
  })

  test('is sent once for one cause, however often it is asked for', async () => {
    const residentId = await resident('mc-3')
    const one = message({ residentId })
    const first = await send(one)
    expect(await send(one)).toEqual(first)
    expect(await outboxOf(residentId)).toHaveLength(1)
  })

  test('leaves nothing behind when its transaction does not hold', async () => {
    const residentId = await resident('mc-4')
    const failing = within(async tx => {
      await sendMessage(here.parts, tx, message({ residentId }))
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await outboxOf(residentId)).toEqual([])
    expect(await within(tx => whyNotSent(tx, { residentId }))).toEqual([])
  })

  test('that nobody can get is written down with its reason', async () => {
    const householdId = await household()
    expect(await send(message({ householdId }, 'survey'))).toEqual({ kind: 'notSent', reason: 'noAddress' })
    expect(await within(tx => whyNotSent(tx, { householdId }))).toMatchObject([
      { purpose: 'survey', reason: 'noAddress', status: null },
    ])
  })

  test('that was not sent may go later, under the same key', async () => {
    const residentId = await resident('mc-5')
    await send(message({ residentId }))
    const second = message({ residentId }, 'survey')
    expect(await send(second)).toEqual({ kind: 'notSent', reason: 'capped' })
    world.advance(DAY)
    expect(await send(second)).toMatchObject({ kind: 'queued' })
    expect(await within(tx => whyNotSent(tx, { residentId }))).toHaveLength(2)
  })
})

describe('a household', () => {
  test('is spoken for by who proved it: the phone of the platform, an officer, its own link', async () => {
    const phone = '13800000017'
    const householdId = await household(phone)
    const [byPhone, byOfficer, byLink, stranger] = await Promise.all(['p', 'o', 'l', 's'].map(n => resident(`sp-${n}`)))
    if (!byPhone || !byOfficer || !byLink || !stranger) throw new Error('no residents')
    await within(async tx => {
      await tx.messages.confirmPhone(byPhone, phone, world.now())
      await tx.messages.confirmPhone(stranger, '13800000018', world.now())
      await linkHousehold(here.parts, tx, { householdId, residentId: byOfficer, proof: 'officer', by: 'o1' })
      await linkHousehold(here.parts, tx, { householdId, residentId: byLink, proof: 'surveyLink', by: 'service' })
    })
    const speakers = (await within(tx => tx.messages.speakersOf([householdId]))).get(householdId) ?? []
    expect(new Map(speakers.map(one => [one.residentId, one.proof]))).toEqual(
      new Map([
        [byPhone, 'phone'],
        [byOfficer, 'officer'],
        [byLink, 'surveyLink'],
      ]),
    )
    expect(speakers.every(({ channels }) => channels.join() === 'wechat-official')).toBe(true)
    expect(await within(tx => householdsOfResident(tx, byPhone))).toEqual([householdId])
    expect(await within(tx => householdsOfResident(tx, stranger))).toEqual([])
  })

  test('has one cap for all its people together', async () => {
    const householdId = await household()
    const [first, second] = [await resident('cap-1'), await resident('cap-2')]
    await within(async tx => {
      for (const residentId of [first, second]) {
        await linkHousehold(here.parts, tx, { householdId, residentId, proof: 'officer', by: 'o1' })
      }
    })
    expect(await send(message({ residentId: first }))).toMatchObject({ kind: 'queued' })
    expect(await send(message({ residentId: second }, 'survey'))).toEqual({ kind: 'notSent', reason: 'capped' })
    expect(await send(message({ householdId }, 'calendar'))).toEqual({ kind: 'notSent', reason: 'capped' })
    expect(await send(message({ householdId }, 'case'))).toMatchObject({ kind: 'queued' })
  })

  test('gets one message, though two processes ask in the same moment', async () => {
    const householdId = await household()
    const residentId = await resident('race')
    await within(tx => linkHousehold(here.parts, tx, { householdId, residentId, proof: 'officer', by: 'o1' }))
    const processes = Array.from({ length: 4 }, () => openInstance(database, world))
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, n) => {
        const one = processes[n % 4]
        if (!one) throw new Error('no process')
        const to = n % 2 === 0 ? { householdId } : { residentId }
        return one.kept.store.transaction({ kind: 'system' }, tx => sendMessage(one.parts, tx, message(to, 'care')))
      }),
    )
    expect(outcomes.filter(({ kind }) => kind === 'queued')).toHaveLength(1)
    expect(await outboxOf(residentId)).toHaveLength(1)
  })

  test('in one batch, two messages meet each other', async () => {
    const residentId = await resident('batch')
    const outcomes = await within(tx =>
      sendMessages(here.parts, tx, [message({ residentId }), message({ residentId }, 'survey')]),
    )
    expect(outcomes).toMatchObject([{ kind: 'queued' }, { kind: 'notSent', reason: 'capped' }])
  })
})

describe('silence', () => {
  test('a muted household gets nothing, from whichever of its people is asked, until a human lifts it', async () => {
    const householdId = await household()
    const residentId = await resident('mute-1')
    await within(tx => linkHousehold(here.parts, tx, { householdId, residentId, proof: 'officer', by: 'o1' }))
    await send(message({ residentId }))
    const mute = { to: { householdId }, reason: 'bereavement' as const, by: service }
    expect(await within(tx => muteHousehold(here.parts, tx, mute))).toBe(true)
    expect(await within(tx => muteHousehold(here.parts, tx, mute))).toBe(false)
    expect(await outboxOf(residentId)).toMatchObject([{ status: 'failed' }])
    world.advance(40 * DAY)
    expect(await send(message({ residentId }, 'survey'))).toEqual({ kind: 'notSent', reason: 'muted' })
    expect(await send(message({ householdId }, 'case'))).toEqual({ kind: 'notSent', reason: 'muted' })
    expect(await send(message({ householdId }, 'distress'))).toMatchObject({ kind: 'queued' })
    expect(await within(tx => isMuted(tx, { residentId }))).toBe(true)
    expect(await within(tx => liftMute(here.parts, tx, { to: { householdId }, by: service }))).toBe(true)
    expect(await within(tx => isMuted(tx, { residentId }))).toBe(false)
    expect(await send(message({ residentId }, 'survey'))).toMatchObject({ kind: 'queued' })
  })

  test('a mute of one person silences the household for which they speak', async () => {
    const householdId = await household()
    const residentId = await resident('mute-2')
    await within(tx => linkHousehold(here.parts, tx, { householdId, residentId, proof: 'officer', by: 'o1' }))
    await within(tx => muteHousehold(here.parts, tx, { to: { residentId }, reason: 'distress', by: service }))
    expect(await send(message({ householdId }, 'survey'))).toEqual({ kind: 'notSent', reason: 'muted' })
  })

  test('one who refuses keeps nobody else of the household from being written to; when all do, it gets nothing', async () => {
    const householdId = await household()
    const residents = [await resident('out-of-two-1'), await resident('out-of-two-2')]
    await within(async tx => {
      for (const residentId of residents)
        await linkHousehold(here.parts, tx, { householdId, residentId, proof: 'officer', by: 'o1' })
    })
    const refuse = (residentId: string) =>
      within(tx =>
        optOut(here.parts, tx, { residentId, purposes: ['survey'], by: { kind: 'resident', id: residentId } }),
      )
    const [first = ''] =
      (await within(tx => tx.messages.speakersOf([householdId]))).get(householdId)?.map(one => one.residentId) ?? []
    const second = residents.find(id => id !== first) ?? ''
    await refuse(first)
    expect(await send(message({ householdId }, 'survey'))).toMatchObject({ kind: 'queued' })
    expect(await outboxOf(first)).toEqual([])
    expect(await outboxOf(second)).toHaveLength(1)
    await refuse(second)
    expect(await send(message({ householdId }, 'survey'))).toEqual({ kind: 'notSent', reason: 'optedOut' })
  })

  test('who refuses surveys gets none, loses the one that waits, and may come back', async () => {
    const residentId = await resident('out-1')
    world.advance(13 * 3600_000)
    const waiting = message({ residentId }, 'survey')
    await send(waiting)
    const by = { kind: 'resident' as const, id: residentId }
    const choice = { residentId, purposes: ['survey' as const, 'case' as const], by }
    expect(await within(tx => optOut(here.parts, tx, choice))).toEqual(['survey'])
    expect(await outboxOf(residentId)).toMatchObject([{ status: 'failed' }])
    expect(await within(tx => whyNotSent(tx, { residentId }))).toMatchObject([{ reason: 'optedOut' }])
    world.advance(DAY)
    expect(await send(message({ residentId }, 'survey'))).toEqual({ kind: 'notSent', reason: 'optedOut' })
    expect(await within(tx => optIn(here.parts, tx, choice))).toEqual(['survey'])
    expect(await send(waiting)).toMatchObject({ kind: 'queued' })
    expect(await outboxOf(residentId)).toMatchObject([{ status: 'failed' }, { status: 'created' }])
  })
})

describe('in the chat', () => {
  const words = async (sender: string, text: string) =>
    (await here.say(sender, text, 'wechat-official')).replies.map(reply => reply.text).join('\n')

  test('退订 asks which, stops it with a clear answer, and 恢复接收 takes it back', async () => {
    const residentId = await resident('chat-out')
    expect(await words('chat-out', '退订')).toContain('哪一类')
    expect(await words('chat-out', '满意度调查')).toContain('满意度调查不再发给您')
    expect(await send(message({ residentId }, 'survey'))).toEqual({ kind: 'notSent', reason: 'optedOut' })
    expect(await send(message({ residentId }, 'case'))).toMatchObject({ kind: 'queued' })
    await words('chat-out', '不要再发了')
    expect(await words('chat-out', '全都不要')).toContain('服务日历提醒、问候和关怀不再发给您')
    expect(await words('chat-out', '恢复接收')).toContain('以后又会收到')
    expect(await send(message({ residentId }, 'survey'))).toMatchObject({ kind: 'queued' })
    expect(await words('chat-out', '恢复接收')).toContain('没有退订过')
  })
})

describe('why it did not arrive', () => {
  test('is read by town and county of the place, and by nobody else', async () => {
    const desk = makeMessageDesk(here.parts)
    const householdId = await household()
    await send(message({ householdId }, 'survey'))
    const officers = await Promise.all([
      here.appoint('why-county', 'county', '420702'),
      here.appoint('why-town', 'town', '420702104'),
      here.appoint('why-village', 'village', '420702104212'),
      here.appoint('why-other', 'county', '420704'),
    ])
    const read = await Promise.all(officers.map(officer => desk.ofHousehold(officer, householdId)))
    expect(read.map(one => (one.ok ? one.value.map(({ why }) => why) : one.refusal.code))).toEqual([
      ['没有可用的联系方式，请打电话或上门'],
      ['没有可用的联系方式，请打电话或上门'],
      'notAllowed',
      'notFound',
    ])
  })

  test('tells the county nothing from which a family that is looked after could be known', async () => {
    const desk = makeMessageDesk(here.parts)
    const householdId = await household()
    await send(message({ householdId }, 'care'))
    await send(message({ householdId }, 'survey'))
    const [county, town] = [
      await here.appoint('care-county', 'county', '420702'),
      await here.appoint('care-town', 'town', '420702104'),
    ]
    const purposes = async (officer: typeof county) => {
      const read = await desk.ofHousehold(officer, householdId)
      return read.ok ? read.value.map(({ purpose }) => purpose).toSorted() : []
    }
    expect(await purposes(county)).toEqual(['survey'])
    expect(await purposes(town)).toEqual(['care', 'survey'])
  })
})
