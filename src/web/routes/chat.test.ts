import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { historySchema, sessionSchema, turnSchema } from '../schemas.ts'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

let web: TestWeb
beforeEach(async () => {
  web = await openTestWeb({
    miniLogin: async code =>
      code === 'good' ? { ok: true, sender: 'o-1', unionId: null } : { ok: false, reason: 'badCode' },
  })
})
afterEach(() => web.close())

describe('coming in', () => {
  test('a guest gets a token of 256 bits, in the demo only', async () => {
    const session = sessionSchema.parse(await (await web.post('/api/guest', {})).json())
    expect(session).toEqual({ token: expect.stringMatching(/^[\w-]{43}$/), expiresAt: '2026-12-23T09:00:00+08:00' })
    const real = await openTestWeb({ config: { demo: false } })
    expect((await real.post('/api/guest', {})).status).toBe(404)
    await real.close()
  })

  test('the mini-program logs in with its code and speaks on its own channel', async () => {
    const { token } = sessionSchema.parse(await (await web.post('/api/mini/login', { code: 'good' })).json())
    await web.post('/api/chat/turns', { messageId: 'm1', text: '你好' }, { authorization: `Bearer ${token}` })
    expect(web.app.turns[0]?.address).toEqual({ channel: 'miniprogram', sender: 'o-1', messageKey: 'm1' })
    expect((await web.post('/api/mini/login', { code: 'bad' })).status).toBe(401)
  })

  test('a token that has run out or was made up opens nothing', async () => {
    const resident = await web.resident()
    web.world.advance(31 * 86_400_000)
    expect((await web.call('/api/chat/history', { headers: resident })).status).toBe(401)
    expect(
      (await web.call('/api/chat/history', { headers: { authorization: `Bearer ${'A'.repeat(43)}` } })).status,
    ).toBe(401)
  })
})

describe('a turn', () => {
  test.each([
    ['text', { text: '登记' }, { kind: 'text', text: '登记' }, '登记'],
    ['a choice', { choice: 's1:step:2:yes' }, { kind: 'choice', key: 's1:step:2:yes' }, 's1:step:2:yes'],
    ['opening the chat', {}, { kind: 'hello' }, ''],
  ])('carries %s to the use case', async (_, said, input, line) => {
    const response = await web.post('/api/chat/turns', { messageId: 'm1', ...said }, await web.resident())
    expect(turnSchema.parse(await response.json()).replies).toHaveLength(1)
    expect(web.app.turns).toEqual([
      {
        address: { channel: 'web', sender: expect.stringMatching(/^guest-/), messageKey: 'm1' },
        input,
        said: line,
        receivedAt: web.world.now(),
        passiveBudgetMs: null,
      },
    ])
  })

  test('writes composed characters, and never folds look-alikes', async () => {
    await web.post('/api/chat/turns', { messageId: 'm1', text: 'e\u0301 ⼀ 𬱖' }, await web.resident())
    expect(web.app.turns[0]?.said).toBe('é ⼀ 𬱖')
  })

  test("takes the resident's own picture and nobody else's", async () => {
    const resident = await web.resident()
    const session = await web.auth.residentSession(
      new Uint8Array(
        await crypto.subtle.digest('SHA-256', new TextEncoder().encode(resident['authorization']?.slice(7))),
      ),
      web.world.now(),
    )
    web.auth.uploads.set('mine', {
      residentId: session?.residentId ?? '',
      mimeType: 'image/png',
      bytes: new Uint8Array(1),
    })
    web.auth.uploads.set('theirs', { residentId: 'other', mimeType: 'image/png', bytes: new Uint8Array(1) })
    expect((await web.post('/api/chat/turns', { messageId: 'm1', mediaId: 'theirs' }, resident)).status).toBe(400)
    expect((await web.post('/api/chat/turns', { messageId: 'm2', mediaId: 'mine' }, resident)).status).toBe(200)
    expect(web.app.turns.map(turn => turn.input)).toEqual([{ kind: 'media', mediaId: 'mine', mediaType: 'image' }])
  })

  test('faster than anybody types is told to wait', async () => {
    const resident = await web.resident()
    const statuses: number[] = []
    for (let n = 0; n < 61; n++)
      statuses.push((await web.post('/api/chat/turns', { messageId: `m${n}` }, resident)).status)
    expect(statuses.filter(status => status === 200)).toHaveLength(60)
    expect(statuses.at(-1)).toBe(429)
    web.world.advance(120_000)
    expect((await web.post('/api/chat/turns', { messageId: 'later' }, resident)).status).toBe(200)
  })
})

test('history comes in pages, with times of Shanghai', async () => {
  web.auth.lines.push(
    { id: 'b', from: 'service', at: web.world.now(), text: null, replies: [] },
    { id: 'a', from: 'resident', at: web.world.now() - 1000, text: '你好', replies: [] },
  )
  const resident = await web.resident()
  const first = historySchema.parse(await (await web.call('/api/chat/history?limit=1', { headers: resident })).json())
  expect(first.items).toEqual([{ id: 'b', from: 'service', at: '2026-11-23T09:00:00+08:00', text: null, replies: [] }])
  const second = historySchema.parse(
    await (await web.call(`/api/chat/history?limit=2&before=${first.next}`, { headers: resident })).json(),
  )
  expect(second.items.map(item => item.id)).toEqual(['a'])
  expect(second.next).toBeNull()
})

describe('events', () => {
  async function open(headers: Record<string, string>) {
    const response = await web.call('/api/chat/events', { headers })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    if (!reader) throw new Error('no stream')
    return { response, reader }
  }

  test('arrive as they are sent and end when the process stops', async () => {
    const { response, reader } = await open(await web.resident())
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect((await reader.read()).value).toBe('retry: 3000\n\n')
    for (const take of web.live.values()) take({ id: 'o1', replies: [] })
    expect((await reader.read()).value).toBe('id: o1\nevent: message\ndata: {"id":"o1","replies":[]}\n\n')
    web.closing.abort()
    expect((await reader.read()).done).toBe(true)
  })

  test('are let go when the page leaves', async () => {
    const { reader } = await open(await web.resident())
    expect(web.live.size).toBe(1)
    await reader.cancel()
    await expect.poll(() => web.live.size).toBe(0)
  })

  test('five windows and not a sixth', async () => {
    const resident = await web.resident()
    const streams = []
    for (let n = 0; n < 5; n++) streams.push(await open(resident))
    expect((await web.call('/api/chat/events', { headers: resident })).status).toBe(429)
    for (const { reader } of streams) await reader.cancel()
  })
})

describe('the bot', () => {
  const bot = { authorization: 'Bearer bot-token-of-the-tests-0001' }
  const said = { messageId: 'b1', senderId: 'contact-1', text: '待办' }
  /** One pixel. */
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )

  test('hands over what a person said to it', async () => {
    expect((await web.post('/api/bot/turns', said, bot)).status).toBe(200)
    expect(web.app.turns[0]?.address).toEqual({ channel: 'bot', sender: 'contact-1', messageKey: 'b1' })
  })

  test('hands over a photo without what tells where it was taken, and a place', async () => {
    // What follows the end of the picture is what cameras and editors put there.
    const picture = Buffer.concat([png, Buffer.from('GPS')]).toString('base64')
    const photo = { messageId: 'b2', senderId: 'contact-1', photo: picture }
    expect((await web.post('/api/bot/turns', photo, bot)).status).toBe(200)
    const [kept] = web.auth.uploads.values()
    expect(kept).toMatchObject({ residentId: 'resident-of-contact-1', mimeType: 'image/png' })
    expect(Buffer.from(kept?.bytes ?? []).toString('latin1')).not.toContain('GPS')
    const place = { latitude: 30.39, longitude: 114.89 }
    const located = { messageId: 'b3', senderId: 'contact-1', text: '凤凰街道', place }
    expect((await web.post('/api/bot/turns', located, bot)).status).toBe(200)
    expect(web.app.turns.map(({ input }) => input.kind)).toEqual(['media', 'text'])
    expect(web.app.turns[1]?.input).toMatchObject({ place })
    const broken = { ...photo, messageId: 'b4', photo: 'anBlZw==' }
    expect((await web.post('/api/bot/turns', broken, bot)).status).toBe(415)
    const both = { ...photo, text: '看' }
    expect((await web.post('/api/bot/turns', both, bot)).status).toBe(400)
  })

  test('is silent in a room where nobody named it', async () => {
    const response = await web.post('/api/bot/turns', { ...said, mention: false }, bot)
    expect(turnSchema.parse(await response.json()).replies).toEqual([])
    expect(web.app.turns).toEqual([])
  })

  test('needs its secret', async () => {
    expect((await web.post('/api/bot/turns', said, { authorization: 'Bearer wrong' })).status).toBe(401)
    const none = await openTestWeb({ config: { botToken: null } })
    expect((await none.post('/api/bot/turns', said, bot)).status).toBe(401)
    await none.close()
  })
})
