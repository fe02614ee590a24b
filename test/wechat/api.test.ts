import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OutboxMessage } from '../../src/app/ports.ts'
import { miniLogin } from '../../src/channels/miniprogram/login.ts'
import { miniPhone } from '../../src/channels/miniprogram/phone.ts'
import { makeClient } from '../../src/channels/wechat-official/client.ts'
import { apiBase, type ApiConfig } from '../../src/channels/wechat-official/http.ts'
import { makeSender } from '../../src/channels/wechat-official/sender.ts'
import { makeTokens, memoryTokenStore } from '../../src/channels/wechat-official/token.ts'
import type { Fault } from '../mock-wechat/faults.ts'
import { startMockWeChat, type MockWeChat } from '../mock-wechat/server.ts'
import { realWorld } from './product.ts'

const HOUR = 3600_000
const SEND = '/cgi-bin/message/custom/send'
const TOKEN = '/cgi-bin/stable_token'

let mock: MockWeChat
let logged: string[]

beforeEach(async () => {
  mock = await startMockWeChat()
  logged = []
  mock.connect({ urls: ['http://127.0.0.1:9/nobody'] }) // pushes are not what is tested here: nobody answers
})

afterEach(async () => {
  await mock.close()
})

/** A product process: its own memory, the platform's clock, maybe a shared token store. */
function start(change: Partial<ApiConfig> = {}, store = memoryTokenStore()) {
  const { appId, secret } = mock.account
  const config = { baseUrl: mock.baseUrl, appId, secret, timeoutMs: 1000, ...change }
  const world = { ...realWorld, now: mock.clock.now }
  const note = (fields: Record<string, unknown>, text: string): void =>
    void logged.push(`${text} ${JSON.stringify(fields)}`)
  const log = { info: note, warn: note, error: note }
  const tokens = makeTokens({ config, world, fetch, store })
  const client = makeClient({ config, tokens, fetch, log })
  return { sender: makeSender({ channel: 'wechat-official', client, text: key => `«${key}»` }), tokens, store }
}

function message(sender: string, text = '您的登记已办结'): OutboxMessage {
  return {
    id: 'm1',
    residentId: 'r1',
    channel: 'wechat-official',
    sender,
    replies: [{ id: 'x', kind: 'text', text }],
    dedupeKey: 'k1',
    critical: false,
    status: 'sending',
    attempts: 1,
    notBefore: 0,
    createdAt: 0,
  }
}

async function talker(): Promise<ReturnType<MockWeChat['user']>> {
  const granny = mock.user()
  await granny.say('在吗')
  return granny
}

const heard = (user: ReturnType<MockWeChat['user']>): string[] =>
  user.transcript().flatMap(line => (line.via === 'api' ? [line.text] : []))

describe('sending', () => {
  test('reaches the person', async () => {
    const granny = await talker()
    expect(await start().sender.send(message(granny.openid))).toEqual({ status: 'sent', providerId: null })
    expect(heard(granny)).toEqual(['您的登记已办结'])
    expect(mock.problems).toEqual([])
  })

  test('fifty at once ask for one token', async () => {
    const { sender } = start()
    const people = await Promise.all(Array.from({ length: 50 }, talker))
    const outcomes = await Promise.all(people.map(({ openid }) => sender.send(message(openid))))
    expect(outcomes.every(({ status }) => status === 'sent')).toBe(true)
    expect(mock.calls(TOKEN)).toHaveLength(1)
  })

  test('a long message goes out in parts that fit', async () => {
    const granny = await talker()
    const text = '请带上身份证原件。'.repeat(300)
    expect((await start().sender.send(message(granny.openid, text))).status).toBe('sent')
    expect(heard(granny).join('')).toBe(text)
  })

  test('rare characters arrive as they are', async () => {
    const granny = await talker()
    await start().sender.send(message(granny.openid, '𬱖𠮷买买提·艾力 "<&>"'))
    expect(heard(granny)).toEqual(['𬱖𠮷买买提·艾力 "<&>"'])
  })
})

describe('the window of one person', () => {
  test('five messages after a word, then another way', async () => {
    const granny = await talker()
    const { sender } = start()
    const outcomes = []
    for (let n = 0; n < 6; n++) outcomes.push(await sender.send(message(granny.openid)))
    expect(outcomes.slice(0, 5).every(({ status }) => status === 'sent')).toBe(true)
    expect(outcomes[5]).toMatchObject({
      failure: { name: 'windowClosed', retry: 'otherWay', tell: '«wechat.send.windowClosed»' },
    })
    expect(outcomes[5]).toMatchObject({ detail: expect.stringMatching(/^errcode 45047 rid [\w-]+$/) })
  })

  test('48 hours of silence close it', async () => {
    const granny = await talker()
    mock.clock.advance(48 * HOUR + 1)
    expect(await start().sender.send(message(granny.openid))).toMatchObject({ failure: { name: 'windowClosed' } })
    expect(mock.calls(SEND).at(-1)?.errcode).toBe(45015)
  })

  test('a minute after following it is closed', async () => {
    const granny = mock.user()
    await granny.follow()
    mock.clock.advance(61_000)
    expect(await start().sender.send(message(granny.openid))).toMatchObject({ failure: { name: 'windowClosed' } })
  })

  test('who left, or was never here, is gone', async () => {
    const granny = await talker()
    await granny.unfollow()
    const { sender } = start()
    expect(await sender.send(message(granny.openid))).toMatchObject({
      failure: { name: 'personGone', retry: 'otherWay' },
    })
    expect(await sender.send(message('oNobody'))).toMatchObject({ failure: { name: 'personGone' } })
    expect(mock.calls(SEND).map(({ errcode }) => errcode)).toEqual([43004, 40003])
  })
})

describe('tokens', () => {
  test('a refused token is replaced and the call repeated once', async () => {
    const granny = await talker()
    const { sender } = start()
    await sender.send(message(granny.openid, '一'))
    mock.revokeTokens()
    expect((await sender.send(message(granny.openid, '二'))).status).toBe('sent')
    expect(mock.calls(SEND).map(({ errcode }) => errcode)).toEqual([0, 40001, 0])
    expect(mock.calls(TOKEN)).toHaveLength(2)
    expect(heard(granny)).toEqual(['一', '二'])
  })

  test.each([40001, 40014, 41001, 42001])('errcode %s for ever stops after one repetition', async errcode => {
    const granny = await talker()
    mock.inject(SEND, { errcode }, Infinity)
    expect(await start().sender.send(message(granny.openid))).toMatchObject({
      failure: { name: 'tokenRefused', alert: true },
    })
    expect(mock.calls(SEND)).toHaveLength(2)
  })

  test('are renewed before they end, and only then', async () => {
    const granny = await talker()
    const { sender } = start()
    await sender.send(message(granny.openid))
    mock.clock.advance(6890_000)
    await sender.send(message(granny.openid))
    expect(mock.calls(TOKEN)).toHaveLength(1)
    mock.clock.advance(20_000)
    expect((await sender.send(message(granny.openid))).status).toBe('sent')
    expect(mock.calls(TOKEN)).toHaveLength(2)
  })

  test('are shared by processes through the store', async () => {
    const granny = await talker()
    const first = start()
    await first.sender.send(message(granny.openid))
    await start({}, first.store).sender.send(message(granny.openid))
    expect(mock.calls(TOKEN)).toHaveLength(1)
  })

  test('a process with an old token does not throw away the new one of another', async () => {
    const granny = await talker()
    const one = start()
    const two = start({}, one.store)
    await one.sender.send(message(granny.openid))
    await two.sender.send(message(granny.openid))
    mock.revokeTokens()
    await one.sender.send(message(granny.openid))
    await two.sender.send(message(granny.openid))
    expect(mock.calls(TOKEN)).toHaveLength(2)
    expect(heard(granny)).toHaveLength(4)
  })

  test('never by force', async () => {
    const granny = await talker()
    await start().sender.send(message(granny.openid))
    expect(mock.calls(TOKEN).map(({ body }) => JSON.parse(body))).not.toContainEqual(
      expect.objectContaining({ force_refresh: true }),
    )
  })

  test.each([
    ['a wrong secret', { secret: 'wrong' }],
    ['a wrong app id', { appId: 'wx0' }],
  ])('%s alarms and is not asked again at once', async (_name, change) => {
    const granny = await talker()
    const { sender } = start(change)
    const outcome = await sender.send(message(granny.openid))
    await sender.send(message(granny.openid))
    expect(outcome).toMatchObject({ failure: { name: 'misconfigured', alert: true, mayHaveArrived: false } })
    expect(mock.calls(TOKEN)).toHaveLength(1)
  })

  test.each<[string, Fault]>([
    ['no answer', 'hang'],
    ['an answer without a life time', { answer: { access_token: 'x' } }],
    ['an error page', { http: 502 }],
    ['half an answer', 'truncated'],
  ])('%s is tried later, and nothing was sent', async (_name, fault) => {
    const granny = await talker()
    mock.inject(TOKEN, fault)
    const { sender } = start()
    expect(await sender.send(message(granny.openid))).toMatchObject({
      failure: { name: 'unreachable', retry: 'soon', mayHaveArrived: false },
    })
    expect((await sender.send(message(granny.openid))).status).toBe('sent')
  })
})

describe('faults of a send', () => {
  test.each<[string, Fault, string, number]>([
    ['busy', { errcode: -1 }, 'unknownOutcome', 0],
    ['per-minute limit', { errcode: 45011 }, 'throttled', 0],
    ['daily limit', { errcode: 45009 }, 'quotaSpent', 0],
    ['no right', { errcode: 48001 }, 'misconfigured', 0],
    ['address not listed', { errcode: 40164 }, 'misconfigured', 0],
    ['risky content', { errcode: 87014 }, 'riskyContent', 0],
    ['a number nobody knows', { errcode: 99999 }, 'unexpected', 0],
    ['HTTP 500', { http: 500 }, 'unknownOutcome', 0],
    ['HTTP 404', { http: 404 }, 'unexpected', 0],
    ['no answer', 'hang', 'unknownOutcome', 0],
    ['reset before', 'resetBefore', 'unknownOutcome', 0],
    ['reset after', 'resetAfter', 'unknownOutcome', 1],
    ['half an answer', 'truncated', 'unknownOutcome', 1],
    ['an error page with 200', 'html', 'unknownOutcome', 1],
    ['nothing', 'empty', 'unknownOutcome', 1],
    ['three megabytes', 'huge', 'unknownOutcome', 1],
    ['a slow drip', 'drip', 'unknownOutcome', 1],
    ['an answer too late', { delayMs: 2000 }, 'unknownOutcome', 1],
  ])('%s', async (_name, fault, failure, arrived) => {
    const granny = await talker()
    mock.inject(SEND, fault)
    const outcome = await start().sender.send(message(granny.openid))
    expect(outcome).toMatchObject({ status: 'failed', failure: { name: failure } })
    expect(outcome).toMatchObject({ failure: { mayHaveArrived: failure === 'unknownOutcome' } })
    expect(heard(granny)).toHaveLength(arrived)
    expect(mock.calls(SEND)).toHaveLength(1) // whatever happened, it is not ours to send again at once
  })

  test('a redirect is not followed: the token would travel with it', async () => {
    const granny = await talker()
    mock.inject(SEND, { redirect: `${mock.baseUrl}${SEND}?elsewhere=1` })
    expect(await start().sender.send(message(granny.openid))).toMatchObject({ status: 'failed' })
    expect(mock.calls(SEND)).toHaveLength(1)
  })

  test('nobody listens: certainly not sent', async () => {
    const first = start()
    await first.tokens.current()
    await mock.close()
    const outcome = await start({}, first.store).sender.send(message('oX'))
    expect(outcome).toMatchObject({ failure: { name: 'unreachable', mayHaveArrived: false }, detail: 'ECONNREFUSED' })
    mock = await startMockWeChat()
  })

  test('a later part that fails says that earlier ones arrived', async () => {
    const granny = await talker()
    const { sender } = start()
    for (let n = 0; n < 4; n++) await sender.send(message(granny.openid))
    const outcome = await sender.send(message(granny.openid, '请带上身份证原件。'.repeat(300)))
    expect(outcome).toMatchObject({ failure: { name: 'windowClosed', mayHaveArrived: true } })
  })

  test('no log line holds a token, a secret, a person or a text', async () => {
    const granny = await talker()
    const { sender, tokens } = start()
    mock.inject(SEND, { errcode: 45011, errmsg: `secret ${granny.openid}` })
    await sender.send(message(granny.openid, '秘密'))
    const answer = await tokens.current()
    expect(logged).toHaveLength(1)
    const secrets = [mock.account.secret, granny.openid, '秘密', answer.status === 'ok' ? answer.token : 'no token']
    for (const secret of secrets) expect(logged.join()).not.toContain(secret)
  })
})

describe('mini-program login', () => {
  const login = (code: string, change: Partial<ApiConfig> = {}) => {
    const note = (fields: Record<string, unknown>, text: string): void =>
      void logged.push(`${text} ${JSON.stringify(fields)}`)
    const config = { baseUrl: mock.baseUrl, ...mock.mini, timeoutMs: 1000, ...change }
    return miniLogin({ config, fetch, log: { info: note, warn: note, error: note } }, code)
  }

  test('a code gives the person, once', async () => {
    const code = mock.issueLoginCode('oMini', { unionId: 'u1' })
    expect(await login(code)).toEqual({ status: 'ok', identity: { openid: 'oMini', unionId: 'u1' } })
    expect(await login(code)).toEqual({ status: 'failed', failure: 'codeUsed' })
    expect(await login(mock.issueLoginCode('oMini'))).toMatchObject({ identity: { unionId: null } })
  })

  test('a code lives five minutes', async () => {
    const code = mock.issueLoginCode('oMini')
    mock.clock.advance(300_001)
    expect(await login(code)).toEqual({ status: 'failed', failure: 'codeInvalid' })
  })

  test('an odd code is not even asked about', async () => {
    for (const code of ['', 'a&b=c', 'x'.repeat(200)])
      expect(await login(code)).toMatchObject({ failure: 'codeInvalid' })
    expect(mock.journal).toEqual([])
  })

  test('each failure has its name', async () => {
    expect(await login('never-issued')).toMatchObject({ failure: 'codeInvalid' })
    expect(await login(mock.issueLoginCode('oRisky', { risky: true }))).toMatchObject({ failure: 'personRisky' })
    expect(await login(mock.issueLoginCode('oMini'), { secret: 'wrong' })).toMatchObject({ failure: 'misconfigured' })
    for (const fault of [{ errcode: -1 }, 'hang', 'truncated', 'resetBefore', { answer: {} }] as const) {
      mock.inject('/sns/jscode2session', fault)
      expect(await login(mock.issueLoginCode('oMini'))).toMatchObject({ failure: 'busy' })
    }
    mock.inject('/sns/jscode2session', { errcode: 45011 })
    expect(await login(mock.issueLoginCode('oMini'))).toMatchObject({ failure: 'tooOften' })
    expect(logged.join()).not.toContain(mock.mini.secret)
  })
})

test('the API is called over https, or http on loopback', () => {
  for (const good of ['https://api.weixin.qq.com', 'http://127.0.0.1:8080', 'http://localhost:1', 'http://[::1]:1']) {
    expect(() => apiBase(good)).not.toThrow()
  }
  for (const bad of [
    'http://api.weixin.qq.com',
    'http://127.0.0.1.example.com',
    'ftp://127.0.0.1',
    'http://10.0.0.1',
  ]) {
    expect(() => apiBase(bad)).toThrow('https')
  }
})

describe('the phone button of the mini-program', () => {
  function ask(code: string, asApp = mock.mini.appId) {
    const config = { baseUrl: mock.baseUrl, ...mock.mini, timeoutMs: 1000 }
    const world = { ...realWorld, now: mock.clock.now }
    const note = (fields: Record<string, unknown>, text: string): void =>
      void logged.push(`${text} ${JSON.stringify(fields)}`)
    const log = { info: note, warn: note, error: note }
    const tokens = makeTokens({ config, world, fetch, store: memoryTokenStore() })
    return miniPhone({ client: makeClient({ config, tokens, fetch, log }), appId: asApp, log }, code)
  }

  test('a code gives the own number, once, within five minutes', async () => {
    const code = mock.issuePhoneCode('13800000001')
    expect(await ask(code)).toEqual({ status: 'ok', phone: '13800000001' })
    expect(await ask(code)).toEqual({ status: 'failed', reason: 'badCode' })
    const late = mock.issuePhoneCode('13800000001')
    mock.clock.advance(300_001)
    expect(await ask(late)).toEqual({ status: 'failed', reason: 'badCode' })
  })

  test('the code of a log-in gives none, and an odd one is not asked about', async () => {
    expect(await ask(mock.issueLoginCode('oMini'))).toEqual({ status: 'failed', reason: 'badCode' })
    const before = mock.calls('/wxa/business/getuserphonenumber').length
    expect(await ask('a&b=c')).toEqual({ status: 'failed', reason: 'badCode' })
    expect(mock.calls('/wxa/business/getuserphonenumber')).toHaveLength(before)
  })

  test('a number of another country, or issued to another mini-program, is none', async () => {
    expect(await ask(mock.issuePhoneCode('61234567', '852'))).toEqual({ status: 'failed', reason: 'unavailable' })
    expect(await ask(mock.issuePhoneCode('13800000001'), 'wx-another')).toMatchObject({ reason: 'unavailable' })
  })

  test('a token that was refused is replaced once; a platform that fails gives no number; none is in a log', async () => {
    mock.inject('/wxa/business/getuserphonenumber', { errcode: 40001 })
    expect(await ask(mock.issuePhoneCode('13800000001'))).toMatchObject({ status: 'ok' })
    for (const fault of [{ errcode: -1 }, 'hang', 'truncated', { answer: {} }, { errcode: 45011 }] as const) {
      mock.inject('/wxa/business/getuserphonenumber', fault)
      expect(await ask(mock.issuePhoneCode('13800000001'))).toEqual({ status: 'failed', reason: 'unavailable' })
    }
    expect(logged.join()).not.toContain('13800000001')
  })
})
