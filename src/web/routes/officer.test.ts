import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hashToken } from '../access.ts'
import { bindingCodeSchema, officerSchema } from '../schemas.ts'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

let web: TestWeb
beforeEach(async () => {
  web = await openTestWeb()
})
afterEach(() => web.close())

const login = (body: Record<string, string>, headers = {}) => web.post('/api/officer/login', body, headers)
const account = () => {
  const found = web.auth.accounts.get('village')
  if (!found) throw new Error('no account')
  return found
}

describe('logging in', () => {
  test('opens a session that the browser keeps from scripts and other sites', async () => {
    const response = await login({ username: 'village', password: 'right' })
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^nuanxin=[\w-]{43}; Path=\/; Max-Age=28800; HttpOnly; SameSite=Lax$/),
    ])
    const { officer, ...session } = officerSchema.parse(await response.json())
    expect(officer).toMatchObject({ username: 'village', role: 'village' })
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    expect(await (await web.call('/api/officer/me', { headers: { cookie } })).json()).toEqual({ officer, ...session })
  })

  test('gives every failure one answer and one cost', async () => {
    const told = []
    const tries = [
      { username: 'village', password: 'wrong' },
      { username: 'nobody-has-this', password: 'right' },
      { username: 'auditor', password: 'right' },
    ]
    const auditor = web.auth.accounts.get('auditor')
    if (auditor) auditor.lockedUntil = web.world.now() + 1000
    for (const attempt of tries) {
      const response = await login(attempt)
      told.push([response.status, await response.text(), response.headers.get('set-cookie')])
    }
    expect(new Set(told.map(String)).size).toBe(1)
    expect(told[0]?.[0]).toBe(401)
    expect(web.passwords.checked).toHaveLength(3)
  })

  test('locks after five failures, and then the right password does not help either', async () => {
    for (let n = 0; n < 5; n++) {
      await login({ username: 'village', password: 'wrong' })
      web.world.advance(30_000)
    }
    expect((await login({ username: 'village', password: 'right' })).status).toBe(401)
    web.world.advance(15 * 60_000)
    expect((await login({ username: 'village', password: 'right' })).status).toBe(200)
  })

  test('asks for the one-time code where one is set, and takes each code once', async () => {
    account().totpSecret = 'secret'
    expect((await login({ username: 'village', password: 'right' })).status).toBe(401)
    expect((await login({ username: 'village', password: 'right', totp: '000000' })).status).toBe(401)
    expect((await login({ username: 'village', password: 'right', totp: '123456' })).status).toBe(200)
    expect((await login({ username: 'village', password: 'right', totp: '123456' })).status).toBe(401)
  })

  test('slows down whoever keeps trying', async () => {
    const statuses = []
    for (let n = 0; n < 11; n++) statuses.push((await login({ username: 'nobody', password: 'x' })).status)
    expect(statuses).toEqual([...Array(10).fill(401), 429])
  })

  test.each(['https://elsewhere.example', 'null', 'not an origin'])('is not done from a page of %s', async origin => {
    const response = await login({ username: 'village', password: 'right' }, { origin })
    expect(response.status).toBe(403)
    expect(response.headers.get('set-cookie')).toBeNull()
  })

  test('is done from our own page, however its address is spelled', async () => {
    const host = new URL(web.base).host
    expect((await login({ username: 'village', password: 'right' }, { origin: `http://${host}` })).status).toBe(200)
    expect((await login({ username: 'village', password: 'right' }, { origin: 'http://127.0.0.1:3000' })).status).toBe(
      200,
    )
  })
})

test('logging out ends the session at once', async () => {
  const officer = await web.officer()
  const response = await web.post('/api/officer/logout', {}, officer)
  expect(response.status).toBe(204)
  expect(response.headers.getSetCookie()[0]).toContain('Max-Age=0')
  expect((await web.call('/api/officer/me', { headers: officer })).status).toBe(401)
})

test('a disabled officer is out, whatever he holds', async () => {
  const officer = await web.officer()
  account().officer = { ...account().officer, disabled: true }
  expect((await web.call('/api/officer/me', { headers: officer })).status).toBe(401)
  expect((await login({ username: 'village', password: 'right' })).status).toBe(401)
})

test('a write from a foreign page is refused even with the token', async () => {
  const headers = { ...(await web.officer()), origin: 'https://elsewhere.example' }
  expect((await web.post('/api/officer/logout', {}, headers)).status).toBe(403)
  const fetched = { ...(await web.officer()), 'sec-fetch-site': 'cross-site' }
  expect((await web.post('/api/officer/logout', {}, fetched)).status).toBe(403)
})

test('a binding code has six digits, ten minutes, and is stored as a hash', async () => {
  const { code, expiresAt } = bindingCodeSchema.parse(
    await (await web.post('/api/officer/binding-code', {}, await web.officer())).json(),
  )
  expect(expiresAt).toBe('2026-11-23T09:10:00+08:00')
  expect(web.auth.bindingCodes).toEqual([
    {
      codeHash: hashToken(code),
      officerId: 'officer-village',
      at: web.world.now(),
      expiresAt: web.world.now() + 600_000,
    },
  ])
})
