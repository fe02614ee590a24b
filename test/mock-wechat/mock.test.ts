import { createServer, type Server } from 'node:http'
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { publishedTest } from '../../src/channels/wechat-official/testdata/published.ts'
import { seal, signatureOf, unseal } from './crypto.ts'
import { judgeAnswer, type Asked } from './judge.ts'
import { UNAVAILABLE } from './people.ts'
import { startMockWeChat, type MockWeChat } from './server.ts'
import { parseXml, writeXml } from './xml.ts'

let mock: MockWeChat

beforeEach(async () => {
  mock = await startMockWeChat()
})

afterEach(async () => {
  await mock.close()
})

publishedTest('the mock holds its own cryptography against the published values', () => {
  expect(mock.selfChecked).toBeGreaterThan(10)
})

describe('the judge of answers', () => {
  const asked: Asked = {
    mode: 'safe',
    format: 'xml',
    openid: 'oPerson',
    originalId: 'gh_1',
    appId: 'wxb11529c136998cb6',
    token: 'pamtest',
    aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
    now: 1_800_000_000,
  }
  const good = { ToUserName: 'oPerson', FromUserName: 'gh_1', CreateTime: asked.now, MsgType: 'text', Content: '好' }

  const closed = (message: Record<string, unknown>, change: { appId?: string; signature?: string } = {}): string => {
    const Encrypt = seal(asked.aesKey, change.appId ?? asked.appId, randomBytes(16), writeXml(message))
    const MsgSignature = change.signature ?? signatureOf(asked.token, '1', '2', Encrypt)
    return writeXml({ Encrypt, MsgSignature, TimeStamp: 1, Nonce: '2' })
  }

  test('takes a good answer, an empty one and success', () => {
    expect(judgeAnswer(asked, closed(good))).toEqual({ ok: true, kind: 'message', type: 'text', text: '好' })
    for (const body of ['', 'success']) expect(judgeAnswer(asked, body)).toEqual({ ok: true, kind: 'nothing' })
  })

  test.each([
    ['From and To not swapped', closed({ ...good, ToUserName: 'gh_1', FromUserName: 'oPerson' })],
    ['a time in milliseconds', closed({ ...good, CreateTime: asked.now * 1000 })],
    ['2049 bytes', closed({ ...good, Content: 'x'.repeat(2049) })],
    ['no content', closed({ ...good, Content: '' })],
    ['an unknown type', closed({ ...good, MsgType: 'hologram' })],
    ['another appid', closed(good, { appId: 'wx0' })],
    ['a wrong signature', closed(good, { signature: '0'.repeat(40) })],
    ['a plain answer', writeXml(good)],
    ['JSON', JSON.stringify(good)],
    ['an error page', '<!doctype html><title>502</title>'],
    ['broken CDATA', closed(good).replace(']]>', ']]')],
    ['OK', 'OK'],
  ])('does not take %s', (_name, body) => {
    expect(judgeAnswer(asked, body).ok).toBe(false)
  })

  test('in plain mode does not take an encrypted answer', () => {
    expect(judgeAnswer({ ...asked, mode: 'plain' }, closed(good)).ok).toBe(false)
    expect(judgeAnswer({ ...asked, mode: 'compatible' }, writeXml(good)).ok).toBe(true)
  })
})

test('what is written is read back', () => {
  const fields = { A: 'x ]]> y', B: '<&>', L: { C: '1' } }
  expect(parseXml(writeXml(fields))).toEqual(fields)
  expect(() => parseXml('<xml><A>1</A><A>2</A></xml>')).toThrow('twice')
  expect(unseal(mock.account.aesKey, 'wx1', seal(mock.account.aesKey, 'wx1', randomBytes(16), '中'))).toBe('中')
})

test('an unknown address is 404 and a problem', async () => {
  expect((await fetch(`${mock.baseUrl}/cgi-bin/nothing`)).status).toBe(404)
  expect(mock.problems).toEqual(['unknown address called: GET /cgi-bin/nothing'])
})

test('a token of another app is not good here', async () => {
  const { appId, secret } = mock.mini
  const ask = await fetch(`${mock.baseUrl}/cgi-bin/token?grant_type=client_credential&appid=${appId}&secret=${secret}`)
  const { access_token: token } = JSON.parse(await ask.text())
  const answer = await fetch(`${mock.baseUrl}/cgi-bin/message/custom/send?access_token=${token}`, {
    method: 'POST',
    body: '{}',
  })
  expect(JSON.parse(await answer.text())).toMatchObject({ errcode: 48001 })
})

test('a stable token stays the same until its last five minutes; the old one lives on for five', async () => {
  const ask = async (more = {}): Promise<{ access_token: string; errcode?: number }> => {
    const { appId, secret } = mock.account
    const body = JSON.stringify({ grant_type: 'client_credential', appid: appId, secret, ...more })
    return JSON.parse(await (await fetch(`${mock.baseUrl}/cgi-bin/stable_token`, { method: 'POST', body })).text())
  }
  const errcodeWith = async (token: string): Promise<number> => {
    const answer = await fetch(`${mock.baseUrl}/cgi-bin/getcallbackip?access_token=${token}`)
    return JSON.parse(await answer.text()).errcode ?? 0
  }
  const first = await ask()
  mock.clock.advance(6800_000)
  expect((await ask()).access_token).toBe(first.access_token)
  mock.clock.advance(150_000)
  expect((await ask()).access_token).not.toBe(first.access_token)
  expect(await errcodeWith(first.access_token)).toBe(0)
  mock.clock.advance(250_000)
  expect(await errcodeWith(first.access_token)).toBe(42001)
  const forced = await ask({ force_refresh: true })
  expect(forced.access_token).toBeDefined()
  expect((await ask({ force_refresh: true })).errcode).toBe(45011)
})

describe('delivery', () => {
  let server: Server
  let answers: ((respond: (status: number, body: string) => void, hang: () => void) => void)[]
  let calls: string[]

  beforeEach(async () => {
    answers = []
    calls = []
    server = createServer((request, response) => {
      calls.push(request.url ?? '')
      const answer = answers.shift()
      answer?.(
        (status, body) => void response.writeHead(status).end(body),
        () => {},
      )
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    mock.connect({ url: `http://127.0.0.1:${address.port}/x` })
  })

  afterEach(() => {
    server.closeAllConnections()
    server.close()
  })

  test('cuts, tries three times with the same bytes, then tells the person', async () => {
    const granny = mock.user()
    const delivery = await granny.say('在吗', { cutMs: 60 })
    expect(delivery.attempts.map(({ outcome }) => outcome)).toEqual(['cut', 'cut', 'cut'])
    expect(new Set(calls).size).toBe(1)
    expect(calls).toHaveLength(3)
    expect(granny.seen()).toEqual([UNAVAILABLE])
  })

  test('stops at the first complete answer', async () => {
    answers = [(_respond, hang) => hang(), respond => respond(200, 'success')]
    const delivery = await mock.user().say('在吗', { cutMs: 800 })
    expect(delivery.attempts.map(({ outcome }) => outcome)).toEqual(['cut', 'answered'])
  })

  test('shows a malformed answer as what it is', async () => {
    answers = [respond => respond(200, '{"ok":true}')]
    const granny = mock.user()
    expect((await granny.say('在吗')).unavailable).toBe(true)
    expect(granny.seen()).toEqual([UNAVAILABLE])
    expect(mock.problems).toHaveLength(1)
  })

  test('ids have 64 bits and differ', async () => {
    answers = [respond => respond(200, ''), respond => respond(200, '')]
    const granny = mock.user()
    const ids = [(await granny.say('一')).msgId, (await granny.say('二')).msgId]
    expect(new Set(ids).size).toBe(2)
    for (const id of ids) expect(BigInt(id ?? 0)).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER))
  })
})
