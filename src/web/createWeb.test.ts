import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestWeb, type TestWeb } from './testing/testWeb.ts'

let web: TestWeb
beforeAll(async () => {
  web = await openTestWeb()
})
afterAll(() => web.close())

const turn = async (body: unknown) => web.post('/api/chat/turns', body, await web.resident())

describe('bad input is told apart', () => {
  test('a body over 256 KiB', async () => {
    const response = await turn({ messageId: 'm', text: 'x'.repeat(300_000) })
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ code: 'tooLarge' })
  })

  test.each([
    ['a deep body', '['.repeat(33) + ']'.repeat(33)],
    ['too many names', `{${Array.from({ length: 1001 }, (_, n) => `"k${n}":1`).join(',')}}`],
    ['half a body', '{"messageId":'],
    ['an invalid byte', new Uint8Array([0x7b, 0xff, 0x7d])],
  ])('%s', async (_, body) => {
    const headers = { ...(await web.resident()), 'content-type': 'application/json' }
    const response = await web.call('/api/chat/turns', { method: 'POST', body, headers })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'badJson' })
  })

  test.each([
    ['an unknown field', { messageId: 'm', role: 'county' }, ['role']],
    ['a polluting name', JSON.parse('{"messageId":"m","__proto__":{"admin":true}}'), []],
    ['NUL', { messageId: 'm', text: 'a\u0000b' }, ['text']],
    ['half a character', { messageId: 'm', text: 'a\ud800b' }, ['text']],
    ['a long text', { messageId: 'm', text: '字'.repeat(2001) }, ['text']],
    ['no message id', { text: '你好' }, ['messageId']],
    ['two answers at once', { messageId: 'm', text: '1', choice: 'a' }, ['text']],
  ])('%s', async (_, body, fields) => {
    const response = await turn(body)
    expect(response.status).toBe(400)
    const told = await response.json()
    expect(told).toMatchObject({ code: 'badInput', title: '填写的内容不符合要求，请检查后再试' })
    expect(told.fields ?? []).toEqual(fields)
    expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false)
  })

  test('another content type', async () => {
    const headers = { ...(await web.resident()), 'content-type': 'text/plain' }
    const response = await web.call('/api/chat/turns', { method: 'POST', body: '{"messageId":"m"}', headers })
    expect(response.status).toBe(415)
  })

  test('a name given twice', async () => {
    const response = await web.call('/api/chat/history?limit=1&limit=2', { headers: await web.resident() })
    expect(response.status).toBe(400)
  })

  test('English only for those who ask for it first', async () => {
    const ask = async (language: string) =>
      (await (await web.call('/api/tasks', { headers: { 'accept-language': language } })).json()).title
    expect(await ask('en-GB,en;q=0.9,zh;q=0.5')).toBe('Your log-in has ended. Please log in again')
    expect(await ask('zh-CN,en;q=0.9')).toBe('登录已失效，请重新登录')
    expect(await ask('fr')).toBe('登录已失效，请重新登录')
  })
})

describe('addresses', () => {
  test('an unknown one is 404, a known one with another method 405', async () => {
    expect((await web.call('/api/nothing')).status).toBe(404)
    const wrong = await web.call('/api/chat/turns')
    expect(wrong.status).toBe(405)
    expect(wrong.headers.get('allow')).toBe('POST')
    expect((await web.call('/api/tasks/task-1', { method: 'DELETE' })).status).toBe(405)
  })

  test('a path that is no path is answered all the same', async () => {
    expect((await web.call('/verify/%E0%A4%A')).status).toBe(404)
    expect((await web.call('/api/tasks/%00')).status).toBe(401)
  })

  test('personal answers are kept nowhere and hardened', async () => {
    const { headers } = await web.call('/api/officer/me')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('strict-transport-security')).toBeNull()
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  })

  test('regions may be kept for a day', async () => {
    const response = await web.call('/api/regions')
    expect(response.headers.get('cache-control')).toBe('public, max-age=86400')
    const province = { code: '42', name: '湖北省', hasChildren: true }
    expect(await response.json()).toEqual({ items: [province], home: [province] })
    expect((await web.call('/api/regions?parent=99')).status).toBe(404)
  })
})

describe('operations', () => {
  test('the process lives; readiness follows its parts', async () => {
    expect(await (await web.call('/healthz')).text()).toBe('ok\n')
    expect(await (await web.call('/readyz')).json()).toEqual({ ready: true, parts: { database: true, queue: true } })
    const half = await openTestWeb({ ping: async () => ({ database: true, queue: false }) })
    expect((await half.call('/readyz')).status).toBe(503)
    await half.close()
  })

  test('metrics count by pattern, and only this machine or a token reads them', async () => {
    await web.call('/verify/secretcode')
    const text = await (await web.call('/metrics')).text()
    expect(text).toContain('http_request_seconds_count{method="GET",route="/verify/:code",status="404"}')
    expect(text).not.toContain('secretcode')
    expect((await web.call('/metrics', { headers: { 'x-forwarded-for': '127.0.0.1' } })).status).toBe(401)
  })

  test('a thrown error is logged once and told kindly, without its words', async () => {
    const broken = await openTestWeb()
    broken.app.resident.applications = async () => {
      throw new Error('row of 欧阳娜娜')
    }
    const response = await broken.call('/api/applications', { headers: await broken.resident() })
    expect(response.status).toBe(500)
    const told = await response.json()
    expect(told).toMatchObject({ code: 'failed', title: '系统出了点问题，没有办成，请稍后再试。给您添麻烦了' })
    expect(JSON.stringify(told)).not.toContain('欧阳')
    const errors = broken.lines.filter(line => line.level === 'error')
    expect(errors).toHaveLength(1)
    expect(told.instance).toBe(`urn:uuid:${errors[0]?.fields['reference']}`)
    await broken.close()
  })

  test('the log holds neither addresses nor names nor tokens', async () => {
    const quiet = await openTestWeb()
    const resident = await quiet.resident()
    await quiet.post('/api/chat/turns', { messageId: 'm1', text: '我叫欧阳娜娜' }, resident)
    await quiet.call('/verify/0123456789ABC9')
    await quiet.call('/api/applications/application-1?x=欧阳', { headers: resident })
    const log = JSON.stringify(quiet.lines)
    expect(quiet.lines.length).toBeGreaterThanOrEqual(4)
    for (const secret of ['欧阳', '0123456789ABC9', 'application-1', resident['authorization']?.slice(7) ?? '-']) {
      expect(log).not.toContain(secret)
    }
    await quiet.close()
  })
})

describe('platform callbacks', () => {
  test('the raw body and query reach the channel, its answer goes back as it is', async () => {
    const seen: unknown[] = []
    const lean = await openTestWeb({
      platforms: [
        {
          path: '/wechat/official',
          handle: async ({ method, search, contentType, body }) => {
            seen.push([method, search, contentType, Buffer.from(body).toString()])
            return { status: 200, contentType: 'application/xml', body: '<xml/>' }
          },
        },
      ],
    })
    const response = await lean.call('/wechat/official?signature=a&nonce=b', {
      method: 'POST',
      body: '<xml>1</xml>',
      headers: { 'content-type': 'text/xml' },
    })
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'application/xml',
      '<xml/>',
    ])
    expect(response.headers.get('content-security-policy')).toBeNull()
    expect(seen).toEqual([['POST', 'signature=a&nonce=b', 'text/xml', '<xml>1</xml>']])
    expect((await lean.call('/wechat/official', { method: 'POST', body: 'x'.repeat(65_537) })).status).toBe(413)
    expect((await lean.call('/wechat/official/more')).status).toBe(404)
    await lean.close()
  })

  test('without the channel there is nothing', async () => {
    expect((await web.call('/wechat/official')).status).toBe(404)
  })
})

test('a caller who declares a body of gigabytes is answered at once', async () => {
  const socket = connect(Number(new URL(web.base).port), '127.0.0.1')
  const { authorization } = await web.resident()
  socket.write(
    `POST /api/chat/turns HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Type: application/json\r\nContent-Length: 5000000000\r\n\r\n{`,
  )
  const heard = await new Promise<string>(resolve => socket.once('data', data => resolve(data.toString())))
  expect(heard).toMatch(/^HTTP\/1\.1 413 /)
  expect(heard).toMatch(/connection: close/i)
  socket.destroy()
})

test('behind a proxy only its own word about the caller counts', async () => {
  const behind = await openTestWeb({ config: { trustProxy: true } })
  const guest = (forwarded: string) => behind.post('/api/guest', {}, { 'x-forwarded-for': forwarded })
  for (let n = 0; n < 120; n++) expect((await guest(`10.${n}.0.1, 192.0.2.7`)).status).toBe(200)
  expect((await guest('10.9.9.9, 192.0.2.8')).status).toBe(429)
  expect((await guest('192.0.3.7')).status).toBe(200)
  await behind.close()
})

test('over https cookies are bound to the host and the browser stays on https', async () => {
  const https = await openTestWeb({ config: { publicUrl: 'https://nx.example.cn' } })
  const response = await https.post(
    '/api/officer/login',
    { username: 'village', password: 'right' },
    { origin: 'https://nx.example.cn' },
  )
  expect(response.headers.getSetCookie()[0]).toMatch(
    /^__Host-nuanxin=[\w-]{43}; Path=\/; Max-Age=28800; HttpOnly; SameSite=Lax; Secure$/,
  )
  expect(response.headers.get('strict-transport-security')).toContain('max-age=31536000')
  await https.close()
})
