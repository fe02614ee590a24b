import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Receipt, SharedAccount } from '../../src/app/sharedAccount.ts'
import type { OpenStore } from '../../src/store/openStore.ts'
import { testDatabase, type TestDatabase } from './database.ts'
import { addressOf } from './turns.ts'

let database: TestDatabase
let store: OpenStore
let one: SharedAccount
let other: SharedAccount
beforeAll(async () => {
  database = await testDatabase()
  store = database.open()
  one = store.account
  other = database.open().account
})
afterAll(() => database?.close())

const noon = Date.parse('2026-11-23T12:00:00+08:00')
const granny = { channel: 'wechat-official', sender: 'oGranny' }

test('an endpoint that one process was told to leave alone is left alone by the other, until then', async () => {
  await one.pauses.pause('wx1', '/send', { until: noon + 1000, failure: 'throttled' })
  await one.pauses.pause('wx1', '/send', { until: noon + 500, failure: 'throttled' })
  expect(await other.pauses.of('wx1', '/send', noon)).toEqual({ until: noon + 1000, failure: 'throttled' })
  expect(await other.pauses.of('wx1', '/send', noon + 1000)).toBeNull()
  expect(await other.pauses.of('wx1', '/other', noon)).toBeNull()
  expect(await other.pauses.of('wx2', '/send', noon)).toBeNull()
})

test('what a person said and what was written to them is known to every process', async () => {
  const address = { ...addressOf('oGranny', '7250021412600020001'), channel: 'wechat-official' as const }
  const { resident } = await store.store.turns.open(address, noon)
  await database.sql(
    `insert into inbox (channel, sender_index, message_key, turn_id, resident_id, body, delivery, at)
      select channel, sender_index, $2, 't1', resident_id, '\\x00', 'passive', $3 from resident_identity
        where resident_id = $1`,
    [resident.id, address.messageKey, new Date(noon).toISOString()],
  )
  await one.windows.noteSent(granny, noon + 1, 2)
  expect(await other.windows.lately(granny, noon)).toEqual({
    heard: [{ at: noon, key: address.messageKey }],
    sent: [{ at: noon + 1, messages: 2 }],
  })
  expect(await other.windows.lately(granny, noon + 2)).toEqual({ heard: [], sent: [] })
})

describe('a yes to a form', () => {
  const form = 'abcdefghijklmnop'
  const event = (change: 'once' | 'lasting' | 'ended', key: string, at = noon) => ({
    ...{ person: granny, templateId: form, change, key, at },
  })
  const allowed = () => other.consents.allowed(granny, [form, 'another-template'])

  test('for once is good for one message each, and counted once though told three times', async () => {
    for (let n = 0; n < 3; n++) await one.consents.note(event('once', 'e1'))
    expect(await allowed()).toEqual([form])
    await one.consents.spend(granny, form, noon)
    expect(await allowed()).toEqual([])
    await one.consents.spend(granny, form, noon)
    await one.consents.note(event('once', 'e2'))
    await one.consents.note(event('once', 'e3'))
    await one.consents.spend(granny, form, noon)
    expect(await allowed()).toEqual([form])
  })

  test('that lasts is not used up, ends when the person ends it, and an old end does not undo a newer yes', async () => {
    await one.consents.note(event('lasting', 'e4', noon + 10))
    await one.consents.spend(granny, form, noon + 11)
    await one.consents.note(event('ended', 'e5', noon + 5))
    expect(await allowed()).toEqual([form])
    await one.consents.note(event('ended', 'e6', noon + 20))
    expect(await allowed()).toEqual([])
  })

  test('is over when the platform says that there is none', async () => {
    await one.consents.note(event('once', 'e7', noon + 30))
    await one.consents.end(granny, form, noon + 31)
    expect(await allowed()).toEqual([])
  })
})

describe('receipts', () => {
  const receipt = (providerId: string, result: Receipt['result'], at = noon): Receipt => ({
    ...{ channel: 'wechat-official', providerId, result, at },
  })
  const sentMessages = async (...providerIds: string[]) => {
    const residentId = (await store.store.turns.open(addressOf('receipts', 'm'), noon)).resident.id
    for (const id of providerIds) {
      const message = { id, residentId, channel: 'wechat-official' as const, sender: 's', replies: [], dedupeKey: id }
      await store.store.transaction({ kind: 'system' }, tx =>
        tx.outbox.add({ ...message, critical: false, notBefore: noon, createdAt: noon }),
      )
      const taken = await store.outbox.take(id, noon)
      if (taken) await store.outbox.sent(taken, id, noon)
    }
  }
  const outboxRow = async (id: string) =>
    (await database.sql('select status, receipt from outbox where id = $1', [id]))[0]

  test('come to their message; late, doubled or contrary ones change nothing, nor does the status', async () => {
    await sentMessages('r1', 'r2')
    await one.receipts.note([receipt('r1', 'received'), receipt('r2', 'refused')])
    await other.receipts.note([receipt('r1', 'lost'), receipt('r2', 'received')])
    expect((await store.outbox.notReceived(10)).map(({ message, result }) => [message.id, result])).toEqual([
      ['r2', 'refused'],
    ])
    expect(await store.outbox.settleReceipts(['r2'], noon)).toBe(2)
    await one.receipts.note([receipt('r1', 'lost', noon + 1), receipt('r2', 'received', noon + 1)])
    expect(await store.outbox.notReceived(10)).toEqual([])
    expect(await store.outbox.settleReceipts([], noon + 1)).toBe(0)
    expect([await outboxRow('r1'), await outboxRow('r2')]).toEqual([
      { status: 'sent', receipt: 'received' },
      { status: 'sent', receipt: 'refused' },
    ])
    expect(await database.sql('select 1 from message_receipt')).toEqual([])
  })

  test('that are faster than our own note of the message wait for it', async () => {
    await one.receipts.note([receipt('r3', 'lost')])
    expect(await store.outbox.notReceived(10)).toEqual([])
    await store.outbox.settleReceipts([], noon)
    await sentMessages('r3')
    expect(await store.outbox.notReceived(10)).toHaveLength(1)
  })

  test('seventy thousand at once are written within seconds, while a resident’s turn lock is held', async () => {
    const residentId = (await store.store.turns.open(addressOf('receipts', 'm'), noon)).resident.id
    const took = await store.store.transaction({ kind: 'system' }, async tx => {
      await tx.turns.lock(residentId)
      const begun = performance.now()
      await Promise.all(
        Array.from({ length: 73_000 }, (_, n) => other.receipts.note([receipt(`flood-${n}`, 'received')])),
      )
      return performance.now() - begun
    })
    expect((await database.sql('select count(*)::int as n from message_receipt'))[0]?.['n']).toBeGreaterThanOrEqual(
      73_000,
    )
    expect(took).toBeLessThan(60_000)
  })
})
