import { expect, test } from 'vitest'
import type { InboundMessage } from '../../app/app.ts'
import { frozenWorld } from '../../domain/world.ts'
import { decodeAesKey } from '../wechat-official/account.ts'
import { decryptMessage, encryptMessage, sign } from '../wechat-official/crypto.ts'
import { readQuery } from '../wechat-official/door.ts'
import { textOf } from '../wechat-official/fields.ts'
import { publishedTest, payloads, vectors } from '../wechat-official/testdata/published.ts'
import { readXml } from '../wechat-official/xml.ts'
import { openWecomAccount, type WecomConfig } from './account.ts'
import { handleWecomCallback, type WecomCallbackDeps } from './callback.ts'
import { parseWecom, type CardPress } from './parse.ts'

const config: WecomConfig = {
  corpId: 'ww5823bf96d3bd56c7',
  agentId: 1000002,
  secret: 'unused',
  token: 'QDG6eK',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
}
const world = frozenWorld()
const seconds = Math.floor(world.now() / 1000)
const state = { sessionId: null, flow: null, revision: null, step: null, done: false }

function open(change: Partial<WecomConfig & { windowless: true }> = {}, fails = false) {
  const taken: InboundMessage[] = []
  const pressed: CardPress[] = []
  const logged: string[] = []
  const note = (fields: Record<string, unknown>, text: string): void =>
    void logged.push(`${text} ${JSON.stringify(fields)}`)
  const account = openWecomAccount({ ...config, ...change }, world)
  const deps: WecomCallbackDeps = {
    account: change.windowless ? { ...account, limits: { ...account.limits, timestampWindowSeconds: null } } : account,
    world,
    takeTurn: async message => {
      taken.push(message)
      if (fails) throw new Error('the database is gone')
      const replies = [{ id: 'r', kind: 'text' as const, text: `收到：${message.said}` }]
      return { turnId: 't', replies, state, repeated: false, delivery: 'passive' }
    },
    sendLater: async () => undefined,
    press: async press => void pressed.push(press),
    text: key => key,
    log: { info: note, warn: note, error: note },
  }
  return { deps, taken, pressed, logged }
}

const xml = (fields: Record<string, string | number>): string =>
  `<xml>${Object.entries(fields)
    .map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`)
    .join('')}</xml>`

interface Push {
  to?: string
  signature?: string
  timestamp?: number
  body?: (encrypted: string) => string
}

function push(message: string, { to = config.corpId, timestamp = seconds, ...change }: Push = {}) {
  const encrypted = encryptMessage(decodeAesKey(config.aesKey), to, Buffer.alloc(16, 7), message)
  const signature = change.signature ?? sign([config.token, String(timestamp), 'n', encrypted])
  const envelope = change.body ?? (sealed => xml({ ToUserName: config.corpId, AgentID: 1000002, Encrypt: sealed }))
  return {
    method: 'POST',
    query: readQuery(`msg_signature=${signature}&timestamp=${timestamp}&nonce=n`),
    body: Buffer.from(envelope(encrypted)),
  }
}

const text = (more: Record<string, string | number> = {}): string =>
  xml({
    ToUserName: config.corpId,
    FromUserName: 'ZhangSan',
    CreateTime: seconds,
    MsgType: 'text',
    Content: '待办',
    MsgId: '7250021412600020001',
    AgentID: 1000002,
    ...more,
  })

publishedTest('the published echo is answered in clear, also where its plus signs arrive as spaces', async () => {
  const [v] = vectors['url_verification_encrypted'] ?? []
  if (!v) throw new Error('no vector')
  const { deps } = open({ corpId: v['id'] ?? '', token: v['token'] ?? '', aesKey: v['encodingAESKey'] ?? '' })
  const { msg_signature, timestamp, nonce, echostr } = v
  const query = { msg_signature, timestamp, nonce, echostr }
  const answer = { status: 200, contentType: 'text/plain; charset=utf-8', body: v['expect_body'] }
  expect(await handleWecomCallback(deps, { method: 'GET', query, body: new Uint8Array() })).toEqual(answer)
  const spaced = { ...query, echostr: echostr?.replaceAll('+', ' ') }
  expect(await handleWecomCallback(deps, { method: 'GET', query: spaced, body: new Uint8Array() })).toEqual(answer)
  for (const wrong of [
    { ...query, msg_signature: '0'.repeat(40) },
    { ...query, echostr: undefined },
    { ...query, nonce: ['a', 'b'] },
  ]) {
    expect(await handleWecomCallback(deps, { method: 'GET', query: wrong, body: new Uint8Array() })).toMatchObject({
      status: 403,
    })
  }
  const elsewhere = open({ corpId: 'wwOther', token: v['token'] ?? '', aesKey: v['encodingAESKey'] ?? '' })
  expect(await handleWecomCallback(elsewhere.deps, { method: 'GET', query, body: new Uint8Array() })).toMatchObject({
    status: 403,
  })
})

publishedTest('the published message is opened', async () => {
  const v = (vectors['push_encrypted'] ?? []).find(({ kind }) => kind === 'wecom')
  if (!v) throw new Error('no vector')
  const agentId = Number(/AgentID>(\d+)</.exec(v['plaintext'] ?? '')?.[1])
  const { deps, taken } = open({
    ...{ corpId: v['id'] ?? '', token: v['token'] ?? '', aesKey: v['encodingAESKey'] ?? '', agentId },
    windowless: true,
  })
  const { msg_signature, timestamp, nonce } = v
  const query = { msg_signature, timestamp, nonce }
  const answer = await handleWecomCallback(deps, { method: 'POST', query, body: Buffer.from(v['envelope'] ?? '') })
  expect(answer.status).toBe(200)
  expect(taken).toHaveLength(1)
  expect(v['plaintext']).toContain(taken[0]?.said)
})

publishedTest('every published payload means something or nothing, and never fails', () => {
  const all = payloads('wecom-in-')
  expect(all.length).toBeGreaterThan(10)
  for (const { name, bytes } of all) {
    const fields = readXml(bytes.toString('utf8'))
    expect(fields, name).not.toBeNull()
    if (fields) expect(['turn', 'press', 'ignored'], name).toContain(parseWecom(fields, 1).kind)
  }
})

test('a text becomes a turn of the member, written in lower case, and its answer is closed for the corporation', async () => {
  const { deps, taken } = open()
  const answer = await handleWecomCallback(deps, push(text()))
  expect(taken[0]).toMatchObject({
    address: { channel: 'wecom', sender: 'zhangsan', messageKey: '7250021412600020001' },
    input: { kind: 'text', text: '待办' },
  })
  const outer = readXml(answer.body)
  const sealed = outer ? (textOf(outer, 'Encrypt') ?? '') : ''
  expect(sign([config.token, textOf(outer ?? {}, 'TimeStamp') ?? '', textOf(outer ?? {}, 'Nonce') ?? '', sealed])).toBe(
    textOf(outer ?? {}, 'MsgSignature'),
  )
  const plain = decryptMessage(decodeAesKey(config.aesKey), config.corpId, sealed)
  expect(String(plain && Buffer.from(plain))).toContain('收到：待办')
})

test.each([
  ['image', { MsgType: 'image', MediaId: 'm1' }, { kind: 'media', mediaType: 'image', mediaId: 'm1' }],
  ['voice', { MsgType: 'voice', MediaId: 'm2', Format: 'amr' }, { kind: 'media', mediaType: 'voice', mediaId: 'm2' }],
  ['location', { MsgType: 'location', Label: '下科村3组' }, { kind: 'text', text: '下科村3组' }],
  ['click', { MsgType: 'event', Event: 'click', EventKey: '待办' }, { kind: 'text', text: '待办' }],
  ['subscribe', { MsgType: 'event', Event: 'subscribe' }, { kind: 'hello' }],
])('%s is heard', (_name, fields, input) => {
  const read = readXml(text(fields))
  expect(read && parseWecom(read, 1000002)).toMatchObject({ kind: 'turn', input })
})

test('an event is known by its second, its name and its key', () => {
  const event = (EventKey: string) => {
    const { MsgId: _, ...fields } = readXml(text({ MsgType: 'event', Event: 'click', EventKey })) ?? {}
    return parseWecom(fields, 1000002)
  }
  expect(event('待办')).toMatchObject({ messageKey: `${seconds}:click:待办` })
  expect(event('进度')).toMatchObject({ messageKey: `${seconds}:click:进度` })
})

test('opening the chat, other apps and unknown events are acknowledged without effect', async () => {
  const { deps, taken, pressed } = open()
  for (const more of [
    { MsgType: 'event', Event: 'enter_agent' },
    { AgentID: 7 },
    { MsgType: 'event', Event: 'change_contact' },
    { FromUserName: '张三' },
  ]) {
    expect(await handleWecomCallback(deps, push(text(more)))).toMatchObject({ status: 200, body: '' })
  }
  expect([taken, pressed]).toEqual([[], []])
})

test('a button of a card is handed on with its card and its one-time code', async () => {
  const { deps, pressed } = open()
  const more = {
    MsgType: 'event',
    Event: 'template_card_event',
    EventKey: 'lease|t|0',
    TaskId: 'c1',
    ResponseCode: 'rc',
  }
  expect(await handleWecomCallback(deps, push(text(more)))).toMatchObject({ status: 200, body: '' })
  expect(pressed).toEqual([
    { kind: 'press', sender: 'zhangsan', buttonKey: 'lease|t|0', cardId: 'c1', responseCode: 'rc' },
  ])
})

test('a wrong signature, a stale one, a wrong corporation and a body in clear are refused alike', async () => {
  const { deps, taken } = open()
  const calls = [
    push(text(), { signature: 'f'.repeat(40) }),
    push(text(), { timestamp: seconds - 3600 }),
    push(text(), { to: 'wwSomebodyElse' }),
    push(text(), { to: '' }),
    push(text(), { body: () => text() }),
    push(text(), { body: () => '<xml><Encrypt>' }),
    push(text(), { body: sealed => `<!DOCTYPE x [<!ENTITY y "z">]><xml><Encrypt>${sealed}</Encrypt></xml>` }),
  ]
  for (const call of calls) {
    expect(await handleWecomCallback(deps, call)).toMatchObject({ status: 403, body: 'forbidden' })
  }
  expect(taken).toEqual([])
})

test('a genuine call with a broken message inside is no message', async () => {
  const { deps } = open()
  for (const inner of ['<xml><MsgType>text</MsgType>', 'no xml', '<xml>'.repeat(40)]) {
    expect(await handleWecomCallback(deps, push(inner))).toMatchObject({ status: 400 })
  }
})

test('a huge body is refused before it is read, and another method too', async () => {
  const { deps } = open()
  const body = Buffer.alloc(65 * 1024, 0x20)
  expect(await handleWecomCallback(deps, { ...push(text()), body })).toMatchObject({ status: 413 })
  expect(await handleWecomCallback(deps, { ...push(text()), method: 'PUT' })).toMatchObject({ status: 405 })
})

test('the same bytes again bring the same key, so that the turn is taken once', async () => {
  const { deps, taken } = open()
  const call = push(text())
  await handleWecomCallback(deps, call)
  await handleWecomCallback(deps, call)
  expect(new Set(taken.map(({ address }) => address.messageKey)).size).toBe(1)
})

test('what could not be committed is not acknowledged', async () => {
  const { deps, logged } = open({}, true)
  expect(await handleWecomCallback(deps, push(text()))).toMatchObject({ status: 503 })
  expect(logged.join()).not.toContain('待办')
})
