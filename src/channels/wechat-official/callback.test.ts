import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { InboundMessage } from '../../app/app.ts'
import type { TurnAnswer } from '../../app/ports.ts'
import { frozenWorld } from '../../domain/world.ts'
import { decodeAesKey, openAccount, type WechatAccountConfig } from './account.ts'
import { handleCallback, type CallbackDeps, type CallbackRequest, type Overflow, type PersonLeft } from './callback.ts'
import { decryptMessage, encryptMessage, sign } from './crypto.ts'
import { readQuery, type Query } from './door.ts'
import { textOf } from './fields.ts'
import { readJson } from './json.ts'
import { sampleConfig } from './testdata/account.ts'
import { publishedTest, vectors } from './testdata/published.ts'
import { readXml } from './xml.ts'

const state = { sessionId: null, flow: null, revision: null, step: null, done: false }
const answerOf = (change: Partial<TurnAnswer> = {}): TurnAnswer => ({
  turnId: 't1',
  replies: [{ id: 't1-1', kind: 'text', text: '您好' }],
  state,
  repeated: false,
  delivery: 'passive',
  ...change,
})

function setUp(
  change: { config?: Partial<WechatAccountConfig>; answer?: () => Promise<TurnAnswer>; start?: string } = {},
) {
  const world = frozenWorld(change.start)
  const account = openAccount({ ...sampleConfig, ...change.config }, world)
  const taken: InboundMessage[] = []
  const later: Overflow[] = []
  const left: PersonLeft[] = []
  const logged: string[] = []
  const log = (fields: Record<string, unknown>, message: string) =>
    void logged.push(`${message} ${JSON.stringify(fields)}`)
  const deps: CallbackDeps = {
    account,
    world,
    takeTurn: message => {
      taken.push(message)
      return change.answer ? change.answer() : Promise.resolve(answerOf())
    },
    sendLater: async rest => void later.push(rest),
    personLeft: async notice => void left.push(notice),
    text: key => `«${key}»`,
    log: { info: log, warn: log, error: log },
  }
  return { deps, world, taken, later, left, logged, seconds: Math.floor(world.now() / 1000) }
}

const message = (more = '<MsgType>text</MsgType><Content>你好</Content><MsgId>7</MsgId>'): string =>
  `<xml><ToUserName>gh_1</ToUserName><FromUserName>oPerson</FromUserName><CreateTime>1</CreateTime>${more}</xml>`

/** A genuine safe-mode call. */
function safeCall(seconds: number, body = message(), change: { appId?: string; aesKey?: string; token?: string } = {}) {
  const { appId, aesKey, token } = { ...sampleConfig, ...change }
  const encrypted = encryptMessage(decodeAesKey(aesKey ?? ''), appId, Buffer.alloc(16, 7), body)
  return envelope(seconds, encrypted, token)
}

function envelope(
  seconds: number,
  encrypted: string,
  token = sampleConfig.token,
): CallbackRequest & { query: Record<string, string> } {
  const query = { timestamp: String(seconds), nonce: '42', encrypt_type: 'aes' }
  const signed = { ...query, msg_signature: sign([token, query.timestamp, query.nonce, encrypted]) }
  return {
    method: 'POST',
    query: signed,
    body: Buffer.from(`<xml><ToUserName>gh_1</ToUserName><Encrypt>${encrypted}</Encrypt></xml>`),
  }
}

function plainCall(seconds: number, body: string): CallbackRequest {
  const query = { timestamp: String(seconds), nonce: '42' }
  return {
    method: 'POST',
    query: { ...query, signature: sign([sampleConfig.token, query.timestamp, query.nonce]) },
    body: Buffer.from(body),
  }
}

/** The message inside an encrypted answer, after checking its signature. */
function opened(body: string) {
  const outer = body.startsWith('<') ? readXml(body) : readJson(body)
  const part = (name: string): string => textOf(outer ?? {}, name) ?? ''
  expect(part('MsgSignature')).toBe(sign([sampleConfig.token, part('TimeStamp'), part('Nonce'), part('Encrypt')]))
  const bytes = decryptMessage(decodeAesKey(sampleConfig.aesKey ?? ''), sampleConfig.appId, part('Encrypt'))
  const text = Buffer.from(bytes ?? []).toString('utf8')
  return text.startsWith('<') ? readXml(text) : readJson(text)
}

describe('address check', () => {
  publishedTest('the published example is echoed byte for byte', async () => {
    for (const v of vectors['url_verification_plain'] ?? []) {
      const { deps } = setUp({ config: { token: v.token ?? '' } })
      const { signature = '', timestamp = '', nonce = '', echostr = '' } = v
      const answer = await handleCallback(deps, {
        method: 'GET',
        query: { signature, timestamp, nonce, echostr },
        body: Buffer.alloc(0),
      })
      expect(answer).toMatchObject({ status: 200, body: v.expect_body })
    }
  })

  test('a wrong, missing or doubled parameter is refused', async () => {
    const { deps } = setUp()
    const good = { signature: sign(['pamtest', '1', '2']), timestamp: '1', nonce: '2', echostr: '99' }
    const ask = (query: Query) => handleCallback(deps, { method: 'GET', query, body: Buffer.alloc(0) })
    expect((await ask(good)).status).toBe(200)
    for (const name of Object.keys(good)) {
      expect((await ask({ ...good, [name]: undefined })).status, name).toBe(403)
      expect((await ask({ ...good, [name]: ['1', '2'] })).status, name).toBe(403)
    }
    expect((await ask({ ...good, signature: sign(['pamtest', '1', '3']) })).status).toBe(403)
  })
})

describe('genuine calls', () => {
  publishedTest('published pushes are opened and acknowledged', async () => {
    for (const v of vectors['push_encrypted'] ?? []) {
      const {
        timestamp = '',
        nonce = '',
        msg_signature = '',
        envelope: body = '',
        token = '',
        id = '',
        encodingAESKey = '',
      } = v
      const config = { token, appId: id, aesKey: encodingAESKey }
      const { deps, taken } = setUp({ config, start: new Date(Number(timestamp) * 1000).toISOString() })
      const query = { timestamp, nonce, msg_signature, encrypt_type: 'aes' }
      const answer = await handleCallback(deps, { method: 'POST', query, body: Buffer.from(body) })
      expect(answer.status, v.name).toBe(200)
      expect(taken.map(({ said }) => said)).toEqual(v.name === 'wecom-sample-text' ? ['hello'] : [])
    }
  })

  publishedTest('the published plain push is taken where plain mode is allowed', async () => {
    for (const v of vectors['push_plain'] ?? []) {
      const { timestamp = '', nonce = '', signature = '', body = '', token = '' } = v
      const start = new Date(Number(timestamp) * 1000).toISOString()
      const call = { method: 'POST', query: { timestamp, nonce, signature }, body: Buffer.from(body) }
      const allowed = setUp({ config: { token, allowPlain: true }, start })
      expect(await handleCallback(allowed.deps, call)).toMatchObject({ status: 200, body: 'success' })
      expect((await handleCallback(setUp({ config: { token }, start }).deps, call)).status).toBe(403)
    }
  })

  test('a safe-mode message is taken and answered encrypted', async () => {
    const { deps, taken, seconds } = setUp()
    const answer = await handleCallback(deps, safeCall(seconds))
    expect(taken[0]).toMatchObject({
      address: { channel: 'wechat-official', sender: 'oPerson', messageKey: '7' },
      input: { kind: 'text', text: '你好' },
      passiveBudgetMs: 3500,
    })
    expect({ ...opened(answer.body) }).toEqual({
      ToUserName: 'oPerson',
      FromUserName: 'gh_1',
      CreateTime: String(seconds),
      MsgType: 'text',
      Content: '您好',
    })
  })

  test('a JSON message is answered in JSON', async () => {
    const { deps, seconds } = setUp()
    const body = JSON.stringify({
      ToUserName: 'gh_1',
      FromUserName: 'oPerson',
      CreateTime: 1,
      MsgType: 'text',
      Content: 'x',
      MsgId: 7,
    })
    const answer = await handleCallback(deps, safeCall(seconds, body))
    expect(answer.contentType).toContain('json')
    expect(opened(answer.body)).toMatchObject({ ToUserName: 'oPerson', Content: '您好' })
  })

  test('compatible mode believes what was encrypted and nothing else', async () => {
    const { deps, taken, seconds } = setUp()
    const call = safeCall(seconds)
    const forged = message('<MsgType>text</MsgType><Content>伪造</Content><MsgId>8</MsgId>')
    const encrypted = /<Encrypt>.*<\/Encrypt>/.exec(call.body.toString()) ?? ['']
    await handleCallback(deps, { ...call, body: Buffer.from(forged.replace('</xml>', `${encrypted[0]}</xml>`)) })
    expect(taken.map(({ said }) => said)).toEqual(['你好'])
  })

  test('a message under the key before is answered with the key before', async () => {
    const config = { aesKey: 'B'.repeat(43), previousAesKey: sampleConfig.aesKey }
    const { deps, seconds } = setUp({ config })
    const answer = await handleCallback(deps, safeCall(seconds))
    expect(opened(answer.body)).toMatchObject({ Content: '您好' })
  })

  test('a repeated signature is not refused: retries may carry it', async () => {
    const { deps, taken, seconds } = setUp()
    await handleCallback(deps, safeCall(seconds))
    expect((await handleCallback(deps, safeCall(seconds))).status).toBe(200)
    expect(taken).toHaveLength(2)
  })

  test('media are named in the history by a sentence', async () => {
    const { deps, taken, seconds } = setUp()
    await handleCallback(
      deps,
      safeCall(seconds, message('<MsgType>image</MsgType><MediaId>m</MediaId><MsgId>9</MsgId>')),
    )
    expect(taken[0]).toMatchObject({ said: '«wechat.said.image»', input: { kind: 'media', mediaId: 'm' } })
  })

  test('who leaves gets no answer and is passed on', async () => {
    const { deps, left, taken, seconds } = setUp()
    const call = safeCall(seconds, message('<MsgType>event</MsgType><Event>unsubscribe</Event>'))
    expect(await handleCallback(deps, call)).toMatchObject({ status: 200, body: 'success' })
    expect(left).toMatchObject([{ kind: 'left', sender: 'oPerson' }])
    expect(taken).toEqual([])
  })

  test('an unknown type is acknowledged and recorded', async () => {
    const { deps, logged, seconds } = setUp()
    const call = safeCall(seconds, message('<MsgType>hologram</MsgType><MsgId>1</MsgId>'))
    expect(await handleCallback(deps, call)).toMatchObject({ status: 200, body: 'success' })
    expect(logged[0]).toContain('hologram')
  })
})

describe('answers in time', () => {
  test('what leaves by the outbox is acknowledged with success', async () => {
    const { deps, seconds } = setUp({ answer: async () => answerOf({ delivery: 'outbox' }) })
    expect(await handleCallback(deps, safeCall(seconds))).toMatchObject({ status: 200, body: 'success' })
  })

  test('nothing to say is success', async () => {
    const { deps, seconds } = setUp({ answer: async () => answerOf({ replies: [] }) })
    expect(await handleCallback(deps, safeCall(seconds))).toMatchObject({ status: 200, body: 'success' })
  })

  test('what is not committed by the hard limit is to be delivered again', async () => {
    const limits = { ...sampleConfig.limits, hardLimitMs: 30 }
    const { deps, seconds, logged } = setUp({ config: { limits }, answer: () => new Promise(() => {}) })
    expect((await handleCallback(deps, safeCall(seconds))).status).toBe(503)
    expect(logged[0]).toContain('not committed in time')
  })

  test('a failed turn is to be delivered again, and the log does not name the person', async () => {
    const { deps, seconds, logged } = setUp({ answer: () => Promise.reject(new Error('database gone')) })
    expect((await handleCallback(deps, safeCall(seconds))).status).toBe(503)
    expect(logged.join()).not.toContain('oPerson')
  })

  test('a long answer starts in the call and goes on by the outbox, under one key', async () => {
    const replies = [{ id: 'r', kind: 'text' as const, text: '请带上身份证原件。'.repeat(200) }]
    const { deps, later, seconds, world } = setUp({ answer: async () => answerOf({ replies }) })
    const first = await handleCallback(deps, safeCall(seconds))
    await handleCallback(deps, safeCall(seconds))
    const content = textOf(opened(first.body) ?? {}, 'Content') ?? ''
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(2048)
    expect(content + later[0]?.replies.map(({ text }) => text).join('')).toBe(replies[0]?.text)
    expect(later.map(({ dedupeKey }) => dedupeKey)).toEqual(['t1-rest', 't1-rest'])
    expect(later[0]?.notBefore).toBeGreaterThan(world.now())
  })
})

describe('forged and garbled calls', () => {
  const { seconds } = setUp()
  const good = safeCall(seconds)
  const text = good.body.toString()
  const other = (body: string | Uint8Array): CallbackRequest => ({ ...good, body: Buffer.from(body) })
  const withQuery = (query: Query): CallbackRequest => ({ ...good, query: { ...good.query, ...query } })

  const calls: [string, CallbackRequest][] = [
    ['no signature', withQuery({ msg_signature: undefined })],
    ['an empty signature', withQuery({ msg_signature: '' })],
    ['an upper-case signature', withQuery({ msg_signature: good.query['msg_signature']?.toUpperCase() })],
    ['two signatures', withQuery({ msg_signature: [good.query['msg_signature'] ?? '', 'x'] })],
    ['two nonces', withQuery({ nonce: ['42', '42'] })],
    ['two timestamps', withQuery({ timestamp: [String(seconds), String(seconds)] })],
    ['two encrypt types', withQuery({ encrypt_type: ['aes', 'raw'] })],
    ['no encrypt type', withQuery({ encrypt_type: undefined })],
    ['encrypt type raw', withQuery({ encrypt_type: 'raw' })],
    ['another account’s token', safeCall(seconds, message(), { token: 'otherToken' })],
    ['another appid inside', safeCall(seconds, message(), { appId: 'wx0000000000000000' })],
    ['another key', safeCall(seconds, message(), { aesKey: 'B'.repeat(43) })],
    ['padding that is wrong', envelope(seconds, Buffer.alloc(64, 3).toString('base64'))],
    ['cipher text that is no block', envelope(seconds, 'AAAA')],
    ['a call from an hour ago', safeCall(seconds - 3600)],
    ['a call from tomorrow', safeCall(seconds + 86_400)],
    ['a timestamp that is no number', withQuery({ timestamp: 'now' })],
    ['no body', other('')],
    ['a plain message', other(message())],
    ['Encrypt twice', other(text.replace('</xml>', '<Encrypt>AAAA</Encrypt></xml>'))],
    ['a DOCTYPE', other(`<!DOCTYPE xml>${text}`)],
    ['deep nesting', other(`<xml>${'<a>'.repeat(9000)}`)],
    ['invalid UTF-8', other(Buffer.concat([good.body, Buffer.from([0xff])]))],
    ['half a body', other(text.slice(0, text.length / 2))],
    ['a signed but unsealed plain call', plainCall(seconds, message())],
    [
      'the container check',
      { method: 'POST', query: {}, body: Buffer.from('<xml><action>CheckContainerPath</action></xml>') },
    ],
  ]

  test.each(calls)('%s is refused with the one answer', async (_name, call) => {
    const { deps, taken, later, left } = setUp()
    expect(await handleCallback(deps, call)).toEqual({
      status: 403,
      contentType: 'text/plain; charset=utf-8',
      body: 'forbidden',
    })
    expect([...taken, ...later, ...left]).toEqual([])
  })

  test('every flipped bit of body or query is noticed', async () => {
    const { deps, taken } = setUp()
    const start = text.indexOf('<Encrypt>') + 9
    const end = text.indexOf('</Encrypt>')
    for (let at = start; at < end; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const body = Buffer.from(good.body)
        body[at] = (body[at] ?? 0) ^ (1 << bit)
        expect((await handleCallback(deps, { ...good, body })).status, `byte ${at} bit ${bit}`).toBe(403)
      }
    }
    for (const name of ['msg_signature', 'nonce', 'timestamp'] as const) {
      for (let bit = 0; bit < 8; bit++) {
        const value = Buffer.from(good.query[name] ?? '')
        value[0] = (value[0] ?? 0) ^ (1 << bit)
        expect((await handleCallback(deps, withQuery({ [name]: value.toString('latin1') }))).status, name).toBe(403)
      }
    }
    expect(taken).toEqual([])
  })

  test('a genuine call with an unreadable message inside is a bad request', async () => {
    const { deps, taken } = setUp()
    for (const inner of ['', 'x', '<xml>', '<!DOCTYPE x><xml><A>1</A></xml>', '{"a":']) {
      expect((await handleCallback(deps, safeCall(seconds, inner))).status, inner).toBe(400)
    }
    expect(taken).toEqual([])
  })

  test('a body over 64 KiB is not read', async () => {
    const { deps } = setUp()
    expect((await handleCallback(deps, other(Buffer.alloc(64 * 1024 + 1, 0x20)))).status).toBe(413)
  })

  test('other methods are not allowed', async () => {
    const { deps } = setUp()
    expect((await handleCallback(deps, { ...good, method: 'PUT' })).status).toBe(405)
  })

  test('no bytes and no query make it throw or take a turn', async () => {
    const { deps, taken } = setUp({ config: { allowPlain: true } })
    const query = fc.dictionary(
      fc.constantFrom('signature', 'timestamp', 'nonce', 'encrypt_type', 'msg_signature', 'echostr'),
      fc.string(),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'POST'),
        query,
        fc.uint8Array({ maxLength: 200 }),
        async (method, parts, body) => {
          expect((await handleCallback(deps, { method, query: parts, body })).status).toBe(403)
        },
      ),
    )
    expect(taken).toEqual([])
  })
})

test('a query keeps repeated parameters apart', () => {
  expect({ ...readQuery('nonce=a&nonce=b&signature=x%2By') }).toEqual({ nonce: ['a', 'b'], signature: 'x+y' })
})
