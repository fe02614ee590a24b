/**
 * The ways to a resident over the Official Account and the mini-program: the real app and database, the mock platform. Over 400
 * lines: every error and every way meets the same service.
 */
import { createServer } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { whyNotSent } from '../../src/app/messages/households.ts'
import { sendMessage, type OutgoingMessage } from '../../src/app/messages/sendMessage.ts'
import type { MessageSender } from '../../src/app/ports.ts'
import { makeMiniSender } from '../../src/channels/miniprogram/sender.ts'
import { defaultLimits, openAccount } from '../../src/channels/wechat-official/account.ts'
import { handleCallback, type CallbackDeps } from '../../src/channels/wechat-official/callback.ts'
import { makeClient } from '../../src/channels/wechat-official/client.ts'
import { readQuery } from '../../src/channels/wechat-official/door.ts'
import { failures } from '../../src/channels/wechat-official/errors.ts'
import { guard } from '../../src/channels/wechat-official/guard.ts'
import { noteNews } from '../../src/channels/wechat-official/noteNews.ts'
import { makeSender } from '../../src/channels/wechat-official/sender.ts'
import { makeTokens } from '../../src/channels/wechat-official/token.ts'
import type { MessageTemplate } from '../../src/domain/message/template.ts'
import { sendReady } from '../../src/jobs/outbox.ts'
import { openLanes } from '../../src/jobs/lanes.ts'
import type { JobParts } from '../../src/jobs/parts.ts'
import { settleReceipts } from '../../src/jobs/receipts.ts'
import { openInstance, type Instance } from '../app/instance.ts'
import type { Fault } from '../mock-wechat/faults.ts'
import { startMockWeChat, type MockWeChat } from '../mock-wechat/server.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'

const HOUR = 3600_000
const BIZSEND = '/cgi-bin/message/subscribe/bizsend'
const CUSTOM = '/cgi-bin/message/custom/send'
const TEMPLATE = '/cgi-bin/message/template/send'
const MINI = '/cgi-bin/message/subscribe/send'
const TOKEN = '/cgi-bin/stable_token'
const morning = Date.parse('2026-11-23T09:00:00+08:00')

const form = (
  way: MessageTemplate['way'],
  templateId: string,
  consent: MessageTemplate['consent'],
): MessageTemplate => ({
  ...{ way, key: 'jobs.send.*', templateId, consent, fields: { thing1: '{text}' }, page: null },
})
const forms = {
  lasting: form('officialSubscription', 'lasting-lasting', 'lasting'),
  once: form('officialSubscription', 'once-once-once', 'once'),
  template: form('officialTemplate', 'template-template', 'none'),
  mini: form('miniSubscription', 'mini-mini-mini', 'once'),
}

let database: TestDatabase
let here: Instance
let mock: MockWeChat
let shift = 0
beforeAll(async () => {
  database = await testDatabase()
  const world = { ...database.world, now: () => morning + shift + (mock ? mock.clock.now() : 0) - base }
  here = openInstance(database, world)
})
let base = 0
let stop: () => Promise<void>
let alarms: string[]
beforeEach(async () => {
  // What a former test left for later would be due in a slow one of these.
  await database.sql('delete from outbox')
  mock = await startMockWeChat({ pushTime: () => here.parts.world.now() })
  base = mock.clock.now()
  shift = 0
  alarms = []
  mock.giveForm({ templateId: forms.lasting.templateId, by: 'bizsend', consent: 'lasting', fields: ['thing1'] })
  mock.giveForm({ templateId: forms.once.templateId, by: 'bizsend', consent: 'once', fields: ['thing1'] })
  mock.giveForm({ templateId: forms.template.templateId, by: 'template', consent: 'none', fields: ['thing1'] })
  mock.giveForm({ templateId: forms.mini.templateId, by: 'subscribe', consent: 'once', fields: ['thing1'] })
})
afterEach(async () => {
  await stop?.()
  await mock.close()
})
afterAll(() => database?.close())

/** A process with these forms: its callback, and its worker. */
async function start(...templates: MessageTemplate[]) {
  const { world } = here.parts
  const { account: books } = here.kept
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const { appId, token, aesKey } = mock.account
  const keys = { channel: 'wechat-official' as const, appId, token, aesKey, previousAesKey: null, allowPlain: false }
  const deps: CallbackDeps = {
    account: openAccount({ ...keys, limits: defaultLimits }, world),
    world,
    takeTurn: here.app.takeTurn,
    sendLater: async () => undefined,
    personLeft: async () => undefined,
    platformNews: (news, at) => noteNews({ books, channel: 'wechat-official', templates }, news, at),
    text: key => key,
    log,
  }
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      const query = readQuery(new URL(request.url ?? '/', 'http://x').search.slice(1))
      const answer = await handleCallback(deps, { method: request.method ?? '', query, body: Buffer.concat(chunks) })
      response.writeHead(answer.status, { 'content-type': answer.contentType }).end(answer.body)
    })()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  mock.connect({ url: `http://127.0.0.1:${address.port}/wechat/official` })
  stop = async () => {
    const closed = new Promise<void>(resolve => server.close(() => resolve()))
    server.closeAllConnections()
    await closed
  }
  return worker(templates)
}

/** The sending side of one process. */
function worker(templates: MessageTemplate[]): JobParts {
  const { world, text } = here.parts
  const { account: books } = here.kept
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const api = (app: { appId: string; secret: string }) => {
    const config = { ...app, baseUrl: mock.baseUrl, timeoutMs: 400 }
    const tokens = makeTokens({ config, world, fetch, store: books.tokens })
    const client = makeClient({ config, tokens, fetch, log })
    return guard(client, { account: app.appId, failures, pauses: books.pauses, world, log })
  }
  const chinese = (key: string) => text('zh-CN', key)
  const official = api(mock.account)
  const mini = api(mock.mini)
  const common = { books, templates, world, text: chinese }
  const senders: Record<string, MessageSender> = {
    'wechat-official': makeSender({
      channel: 'wechat-official',
      client: official.call,
      resting: official.resting,
      ...common,
    }),
    miniprogram: makeMiniSender(
      async () => undefined,
      { client: mini.call, consents: books.consents, templates, world, text: chinese },
      chinese,
    ),
  }
  return {
    outbox: here.kept.outbox,
    lanes: openLanes(),
    quietHours: here.parts.messageRules.quietHours,
    timers: here.kept.timers,
    senders,
    app: here.app,
    wake: { outbox: () => undefined, timers: () => undefined },
    world,
    crash: () => undefined,
    text: chinese,
    log: (event, detail) => void alarms.push(`${event} ${String(detail['failure'])}`),
  }
}

async function post(openid: string, more: Partial<OutgoingMessage> = {}): Promise<string> {
  const address = { channel: 'wechat-official' as const, sender: openid, messageKey: database.world.newId() }
  const residentId = (await here.kept.store.turns.open(address, here.parts.world.now())).resident.id
  const message: OutgoingMessage = {
    ...{ to: { residentId }, purpose: 'case', key: 'jobs.send.channelOff', values: {} },
    ...{ dedupeKey: database.world.newId(), ...more },
  }
  const outcome = await here.kept.store.transaction({ kind: 'system' }, tx => sendMessage(here.parts, tx, message))
  if (outcome.kind !== 'queued') throw new Error(`not queued: ${outcome.reason}`)
  return outcome.id
}
const rowOf = async (id: string) =>
  (await database.sql('select status, receipt, failure, not_before, provider_id from outbox where id = $1', [id]))[0]
const linesOf = (openid: string) => mock.transcript(openid).filter(line => line.via === 'api')
const paths = () => mock.journal.map(({ path }) => path).filter(path => path !== TOKEN)

async function granny() {
  const person = mock.user()
  await person.follow()
  await person.say('在吗')
  return person
}

describe('the ways in order', () => {
  test('who subscribed gets the form, whether or not the window is open', async () => {
    const parts = await start(forms.lasting, forms.template)
    const person = await granny()
    await person.answerCard(forms.lasting.templateId, 'accept')
    mock.clock.advance(72 * HOUR)
    for (let n = 0; n < 2; n++) {
      const id = await post(person.openid)
      await sendReady(parts)
      expect(await rowOf(id)).toMatchObject({ status: 'sent', provider_id: expect.stringMatching(/^\d{19}$/) })
    }
    expect(paths()).toEqual([BIZSEND, BIZSEND])
    expect(linesOf(person.openid)).toMatchObject([{ type: 'form' }, { type: 'form' }])
  })

  test('a yes for once is good for one, though the platform told of it twice', async () => {
    const parts = await start(forms.once)
    const person = await granny()
    const told = await person.answerCard(forms.once.templateId, 'accept')
    await person.again(told)
    for (let n = 0; n < 2; n++) await post(person.openid)
    await sendReady(parts)
    expect(paths()).toEqual([BIZSEND, CUSTOM])
  })

  test('five in the window, the sixth as a form, without asking the platform in vain', async () => {
    const parts = await start(forms.template)
    const person = await granny()
    for (let n = 0; n < 6; n++) await post(person.openid)
    await sendReady(parts)
    expect(paths()).toEqual([CUSTOM, CUSTOM, CUSTOM, CUSTOM, CUSTOM, TEMPLATE])
    expect(mock.journal.every(({ errcode }) => errcode === 0)).toBe(true)
    await person.say('还在吗')
    await post(person.openid)
    await sendReady(parts)
    expect(paths().at(-1)).toBe(CUSTOM)
  })

  test('three within a minute of following, none later; with no way left an officer calls', async () => {
    const parts = await start()
    const person = mock.user()
    await person.follow()
    const first = await post(person.openid)
    await sendReady(parts)
    mock.clock.advance(61_000)
    const second = await post(person.openid)
    await sendReady(parts)
    expect([(await rowOf(first))?.['status'], (await rowOf(second))?.['status']]).toEqual(['sent', 'undeliverable'])
    expect(paths()).toEqual([CUSTOM])
    const [task] = await database.sql(
      `select source, status from task where cause like 'unreached:%' order by created_at desc`,
    )
    expect(task).toMatchObject({ source: 'unreachable', status: 'open' })
  })

  test('a form whose values do not fit is not sent, the next way is', async () => {
    const narrow = { ...forms.lasting, fields: { character_string1: '{text}' } }
    const parts = await start(narrow)
    const person = await granny()
    await person.answerCard(narrow.templateId, 'accept')
    await post(person.openid)
    await sendReady(parts)
    expect(paths()).toEqual([CUSTOM])
  })

  test('the mini-program shows its form to who allowed it, and help in distress goes on where nobody did', async () => {
    const parts = await start(forms.mini)
    const openid = mock.user().openid
    const mini = { channel: 'miniprogram', sender: openid }
    const address = { channel: 'miniprogram' as const, sender: openid, messageKey: 'm' }
    const residentId = (await here.kept.store.turns.open(address, here.parts.world.now())).resident.id
    const at = here.parts.world.now()
    await here.kept.account.consents.note({
      person: mini,
      templateId: forms.mini.templateId,
      change: 'once',
      key: openid,
      at,
    })
    await mock.user(openid).answerCard(forms.mini.templateId, 'accept')
    const shown = await post(openid, { to: { residentId } })
    await sendReady(parts)
    expect(await rowOf(shown)).toMatchObject({ status: 'sent', provider_id: expect.stringMatching(/^\d{19}$/) })
    const standing = await post(openid, { to: { residentId } })
    const help = await post(openid, { to: { residentId }, purpose: 'distress' })
    await sendReady(parts)
    expect([(await rowOf(standing))?.['status'], (await rowOf(help))?.['status']]).toEqual(['sent', 'undeliverable'])
    expect(paths()).toEqual([MINI])
  })
})

describe('what becomes of it', () => {
  test('a receipt closes the loop; late and doubled ones change nothing', async () => {
    const parts = await start(forms.template)
    const person = await granny()
    mock.clock.advance(49 * HOUR)
    const id = await post(person.openid, { purpose: 'care' })
    await sendReady(parts)
    const providerId = String((await rowOf(id))?.['provider_id'])
    const told = await person.tellFinish(providerId, 'success')
    await person.again(told)
    await settleReceipts(parts)
    await person.tellFinish(providerId, 'failed:user block')
    await settleReceipts(parts)
    expect(await rowOf(id)).toMatchObject({ status: 'sent', receipt: 'received' })
  })

  test('what the platform lost afterwards is told in person, and says so to who asks why', async () => {
    const parts = await start(forms.template)
    const person = await granny()
    mock.clock.advance(49 * HOUR)
    const id = await post(person.openid, { purpose: 'care' })
    await sendReady(parts)
    await person.tellFinish(String((await rowOf(id))?.['provider_id']), 'failed:user block')
    await settleReceipts(parts)
    expect(await rowOf(id)).toMatchObject({ status: 'sent', receipt: 'refused' })
    const residentId = String(
      (await database.sql('select resident_id from outbox where id = $1', [id]))[0]?.['resident_id'],
    )
    const tasks = await database.sql('select 1 from task where cause = $1', [`unreached:resident:${residentId}`])
    expect(tasks).toHaveLength(1)
    const lines = await here.kept.store.transaction({ kind: 'system' }, tx => whyNotSent(tx, { residentId }))
    expect(lines).toMatchObject([{ id, status: 'sent', receipt: 'refused', reason: null }])
  })

  test('who switches a form off in the settings gets no more of it', async () => {
    const parts = await start(forms.lasting)
    const person = await granny()
    await person.answerCard(forms.lasting.templateId, 'accept')
    await person.switchOff(forms.lasting.templateId)
    await post(person.openid)
    await sendReady(parts)
    expect(paths()).toEqual([CUSTOM])
  })
})

describe('every error of the platform', () => {
  /** What is injected into the subscribed form, which calls follow, and how the message stands then. */
  const rows: [string, Fault, number, string[], string, string | null][] = [
    ['40001 once', { errcode: 40001 }, 1, [BIZSEND, BIZSEND], 'sent', null],
    ['42001 once', { errcode: 42001 }, 1, [BIZSEND, BIZSEND], 'sent', null],
    ['40001 for ever', { errcode: 40001 }, Infinity, [BIZSEND, BIZSEND], 'created', 'tokenRefused'],
    ['45011', { errcode: 45011 }, 1, [BIZSEND], 'created', 'throttled'],
    ['45009', { errcode: 45009 }, 1, [BIZSEND, CUSTOM], 'sent', null],
    ['43101', { errcode: 43101 }, 1, [BIZSEND, CUSTOM], 'sent', null],
    ['43004', { errcode: 43004 }, 1, [BIZSEND, CUSTOM], 'sent', null],
    ['40003', { errcode: 40003 }, 1, [BIZSEND, CUSTOM], 'sent', null],
    ['47003', { errcode: 47003 }, 1, [BIZSEND, CUSTOM], 'sent', null],
    ['40037', { errcode: 40037 }, 1, [BIZSEND, CUSTOM], 'sent', null],
    ['48001', { errcode: 48001 }, 1, [BIZSEND, CUSTOM], 'sent', null],
    ['a number nobody knows', { errcode: 99999 }, 1, [BIZSEND, CUSTOM], 'sent', null],
    ['-1', { errcode: -1 }, 1, [BIZSEND], 'failed', 'unknownOutcome'],
    ['HTTP 500', { http: 500 }, 1, [BIZSEND], 'failed', 'unknownOutcome'],
    ['HTTP 502', { http: 502 }, 1, [BIZSEND], 'failed', 'unknownOutcome'],
    ['HTTP 503', { http: 503 }, 1, [BIZSEND], 'failed', 'unknownOutcome'],
    ['no answer', 'hang', 1, [BIZSEND], 'failed', 'unknownOutcome'],
    ['a late answer', { delayMs: 1000 }, 1, [BIZSEND], 'failed', 'unknownOutcome'],
    ['a slow drip', 'drip', 1, [BIZSEND], 'failed', 'unknownOutcome'],
    ['reset before', 'resetBefore', 1, [BIZSEND], 'failed', 'unknownOutcome'],
    ['reset after it was taken', 'resetAfter', 1, [BIZSEND], 'failed', 'unknownOutcome'],
    ['half of the answer', 'truncated', 1, [BIZSEND], 'failed', 'unknownOutcome'],
    ['an error page', 'html', 1, [BIZSEND], 'failed', 'unknownOutcome'],
    ['nothing', 'empty', 1, [BIZSEND], 'failed', 'unknownOutcome'],
    ['three megabytes', 'huge', 1, [BIZSEND], 'failed', 'unknownOutcome'],
    ['success without a number', { answer: { errcode: 0 } }, 1, [BIZSEND], 'sent', null],
  ]

  test.each(rows)('%s', async (_name, fault, times, calls, status, failure) => {
    const parts = await start(forms.lasting)
    const person = await granny()
    await person.answerCard(forms.lasting.templateId, 'accept')
    mock.inject(BIZSEND, fault, times)
    const id = await post(person.openid)
    await sendReady(parts)
    expect(paths()).toEqual(calls)
    const row = await rowOf(id)
    expect(row?.['status']).toBe(status)
    if (failure !== null) expect(row?.['failure']).toMatchObject({ name: failure, tell: expect.stringMatching(/\S/) })
    expect(linesOf(person.openid).length).toBeLessThanOrEqual(1)
    expect(mock.problems).toEqual([])
  })
})

describe('several processes', () => {
  test('an endpoint that said 45009 is left alone by all until midnight in Shanghai', async () => {
    const one = await start(forms.lasting)
    const other = worker([forms.lasting])
    const people = [await granny(), await granny()]
    for (const person of people) await person.answerCard(forms.lasting.templateId, 'accept')
    mock.inject(BIZSEND, { errcode: 45009 })
    await post(people[0]?.openid ?? '')
    await sendReady(one)
    await post(people[1]?.openid ?? '')
    await sendReady(other)
    expect(paths()).toEqual([BIZSEND, CUSTOM, CUSTOM])
    mock.clock.advance(15 * HOUR)
    await post(people[1]?.openid ?? '', { purpose: 'answer' })
    await sendReady(other)
    expect(paths().at(-1)).toBe(BIZSEND)
  })

  test('what one was told to send later goes when the minute is over, and not before', async () => {
    const one = await start(forms.lasting)
    const other = worker([forms.lasting])
    const person = await granny()
    await person.answerCard(forms.lasting.templateId, 'accept')
    mock.inject(BIZSEND, { errcode: 45011 })
    const id = await post(person.openid)
    await sendReady(one)
    mock.clock.advance(55_000)
    await sendReady(other)
    expect(paths()).toEqual([BIZSEND])
    mock.clock.advance(20_000)
    await sendReady(other)
    expect((await rowOf(id))?.['status']).toBe('sent')
  })

  test('sixty messages in three processes ask for one token, and after a refusal for one more', async () => {
    const workers = [await start(forms.template), worker([forms.template]), worker([forms.template])]
    await database.sql('delete from platform_token')
    const send = async () => {
      const people = await Promise.all(Array.from({ length: 30 }, granny))
      for (const person of people) await post(person.openid)
      await Promise.all(workers.map(sendReady))
      return people
    }
    const first = await send()
    expect(mock.calls(TOKEN)).toHaveLength(1)
    mock.revokeTokens()
    const second = await send()
    expect(mock.calls(TOKEN)).toHaveLength(2)
    for (const person of [...first, ...second]) expect(linesOf(person.openid)).toHaveLength(1)
  })

  test('a platform that does not answer is left alone; its messages wait and then all go', async () => {
    const parts = await start(forms.template)
    const people = await Promise.all(Array.from({ length: 12 }, granny))
    mock.inject(CUSTOM, { http: 503 }, 5)
    const ids = []
    for (const person of people) ids.push(await post(person.openid, { critical: true }))
    await sendReady(parts)
    const after = paths().length
    await sendReady(parts)
    expect(paths().length).toBe(after)
    mock.clock.advance(HOUR)
    for (let n = 0; n < 4; n++) {
      await sendReady(parts)
      mock.clock.advance(HOUR / 12)
    }
    for (const id of ids) expect((await rowOf(id))?.['status']).toBe('sent')
  })
})
