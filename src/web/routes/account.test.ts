import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

let web: TestWeb
let officer: Record<string, string>
beforeEach(async () => {
  web = await openTestWeb()
  officer = await web.officer()
})
afterEach(() => web.close())

const shown = z.object({ key: z.string(), uri: z.string(), qr: z.string() })
const given = z.object({ recoveryCodes: z.array(z.string()) })
const coded = z.object({ code: z.string(), title: z.string() })

const own = (path: string, body: object) => web.post(`/api/officer/${path}`, body, officer)
const begin = async () => shown.parse(await (await own('second-factor', { password: 'right' })).json())
const confirm = (code = '123456') => own('second-factor/confirm', { code })
const refusal = async (response: Promise<Response>) => coded.parse(await (await response).json()).code
const enter = (totp?: string) =>
  web.post('/api/officer/login', { username: 'village', password: 'right', ...(totp ? { totp } : {}) })
const later = () => web.world.advance(30_000)

/** Switches the second factor on and answers the list of codes. */
async function switchOn(): Promise<string[]> {
  await begin()
  const { recoveryCodes } = given.parse(await (await confirm()).json())
  later()
  return recoveryCodes
}

describe('switching the second factor on', () => {
  test('asks for the password again, shows the key, and counts only when a code was confirmed', async () => {
    expect(await refusal(own('second-factor', { password: 'wrong' }))).toBe('wrongPassword')
    const { key, uri, qr } = await begin()
    expect(uri).toBe(
      `otpauth://totp/${encodeURIComponent('暖心:village')}?secret=${key}&issuer=${encodeURIComponent('暖心')}`,
    )
    expect(qr).toMatch(/^data:image\/svg\+xml;base64,/)
    expect((await enter()).status).toBe(200)
    expect(await switchOn()).toHaveLength(10)
    expect((await enter()).status).toBe(401)
    expect((await enter('123456')).status).toBe(200)
    expect(await (await web.call('/api/officer/account', { headers: officer })).json()).toEqual({
      ...{ secondFactor: true, recoveryCodesLeft: 10 },
    })
  })

  test('says when the clock of the phone is wrong, and when the code simply is', async () => {
    await begin()
    const slow = coded.parse(await (await confirm('654321')).json())
    expect(slow).toMatchObject({ code: 'clockBehind', title: expect.stringContaining('时间慢了') })
    expect(await refusal(confirm('000000'))).toBe('wrongCode')
  })

  test('ends with the ten minutes of the picture', async () => {
    expect(await refusal(confirm())).toBe('notBegun')
    await begin()
    web.world.advance(10 * 60_000)
    expect(await refusal(confirm())).toBe('notBegun')
  })

  test('takes no second secret while one is on', async () => {
    await switchOn()
    expect(await refusal(own('second-factor', { password: 'right' }))).toBe('factorOn')
  })
})

test('the code that confirmed does not open the account a second time', async () => {
  await begin()
  await confirm()
  expect((await enter('123456')).status).toBe(401)
  later()
  expect((await enter('123456')).status).toBe(200)
})

test('each recovery code opens once, however it was copied', async () => {
  const [first = '', second = ''] = await switchOn()
  expect((await enter(first.toUpperCase().replace('-', ' '))).status).toBe(200)
  expect((await enter(first)).status).toBe(401)
  expect((await enter(second)).status).toBe(200)
})

test('switching off needs the password and a code', async () => {
  const [code = ''] = await switchOn()
  expect(await refusal(own('second-factor/end', { password: 'wrong', code }))).toBe('wrongPassword')
  expect(await refusal(own('second-factor/end', { password: 'right', code: '000000' }))).toBe('wrongCode')
  expect((await own('second-factor/end', { password: 'right', code })).status).toBe(204)
  expect((await enter()).status).toBe(200)
})

test('a new password is not the old one, not a simple one, and asks for the old one', async () => {
  const change = (next: string, password = 'right') => own('password', { password, next })
  expect(await refusal(change('a long new password', 'wrong'))).toBe('wrongPassword')
  expect(await refusal(change('right'))).toBe('samePassword')
  expect(await refusal(change('1212121212'))).toBe('weakPassword')
  expect((await change('a long new password')).status).toBe(204)
  expect((await enter()).status).toBe(401)
})

test('whoever guesses at an account that was left open is stopped', async () => {
  const statuses = []
  for (let n = 0; n < 11; n++) statuses.push((await own('password', { password: 'x', next: 'y' })).status)
  expect(statuses).toEqual([...Array(10).fill(403), 429])
})

describe('where a role must have a second factor', () => {
  beforeEach(async () => {
    await web.close()
    web = await openTestWeb({ config: { secondFactorRoles: ['village'] } })
    officer = await web.officer()
  })

  test('nothing but the own account is open until it is on', async () => {
    const tasks = () => web.call('/api/tasks', { headers: officer })
    const me = async () => (await web.call('/api/officer/me', { headers: officer })).json()
    expect(await refusal(tasks())).toBe('secondFactorNeeded')
    expect(await me()).toMatchObject({ secondFactorNeeded: true })
    await switchOn()
    expect((await tasks()).status).toBe(200)
    expect(await me()).toMatchObject({ secondFactorNeeded: false })
  })

  test('other roles work as before', async () => {
    officer = await web.officer('town')
    expect((await web.call('/api/tasks', { headers: officer })).status).toBe(200)
  })
})

test('an administrator takes the second factor off for a lost phone: of his county, not his own, not the auditor’s', async () => {
  await switchOn()
  const county = await web.officer('county')
  const reset = (id: string) => web.post(`/api/officers/${id}/second-factor/reset`, { reason: '手机丢了' }, county)
  expect((await reset('officer-county')).status).toBe(404)
  expect((await reset('officer-auditor')).status).toBe(404)
  expect((await reset('nobody')).status).toBe(404)
  expect((await reset('officer-village')).status).toBe(204)
  expect((await enter()).status).toBe(200)
  expect((await web.post('/api/officers/officer-county/second-factor/reset', { reason: '手机' }, officer)).status).toBe(
    403,
  )
})
