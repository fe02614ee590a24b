import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LoginWay } from '../deps.ts'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

const PATH = '/officer/login/some'
let web: TestWeb
let answer: Awaited<ReturnType<LoginWay['finish']>>

beforeEach(async () => {
  answer = { ok: true, sender: 'zhang' }
  const way: LoginWay = {
    memberId: text => text.toLowerCase(),
    path: PATH,
    channel: 'wecom',
    begin: ({ state, back }) => `https://platform.example/?${new URLSearchParams({ state, back })}`,
    finish: async () => answer,
    sign: text => `signed-${text.length}-${text.slice(-4)}`,
  }
  web = await openTestWeb({ loginWays: [way] })
  const [account] = web.auth.accounts.values()
  web.auth.senders.set('wecom zhang', account?.officer.id ?? '')
})
afterEach(() => web.close())

async function leave() {
  const left = await web.call(PATH, { redirect: 'manual' })
  const state = new URL(left.headers.get('location') ?? '').searchParams.get('state') ?? ''
  return { state, cookie: left.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
}

const back = ({ state, cookie }: { state: string; cookie: string }) =>
  web.call(`${PATH}/callback?code=c&appid=ww&state=${encodeURIComponent(state)}`, {
    redirect: 'manual',
    headers: { cookie },
  })

test('who comes back in time, in the browser that left, is logged in with the cookie of every log-in', async () => {
  const response = await back(await leave())
  expect(response.status).toBe(303)
  const cookie = response.headers.getSetCookie()[0] ?? ''
  expect(cookie).toMatch(/^nuanxin=[\w-]{43}; Path=\/; Max-Age=28800; HttpOnly; SameSite=Lax$/)
  const me = await web.call('/api/officer/me', { headers: { cookie: cookie.split(';')[0] ?? '' } })
  expect(me.status).toBe(200)
})

test('a state is good once, for five minutes, in its own browser, and only as it was signed', async () => {
  const mine = await leave()
  const other = await leave()
  expect((await back({ ...mine, cookie: other.cookie })).status).toBe(400)
  const [until = '', nonce = '', signature = ''] = mine.state.split('.')
  const longer = `${(Number.parseInt(until, 36) + 600_000).toString(36)}.${nonce}.${signature}x`
  expect((await back({ state: longer, cookie: mine.cookie.replace(mine.state, longer) })).status).toBe(400)
  expect((await back(mine)).status).toBe(303)
  expect((await back(mine)).status).toBe(400)
  web.world.advance(5 * 60_000)
  const late = await back(other)
  expect(late.status).toBe(400)
  expect(late.headers.get('set-cookie')).toContain('nuanxin-login=; ')
})

test('a disabled officer is refused, and so is a member who is bound to nobody', async () => {
  const [account] = web.auth.accounts.values()
  if (account) account.officer = { ...account.officer, disabled: true }
  const disabled = await back(await leave())
  expect(disabled.status).toBe(403)
  expect(await disabled.text()).toContain('已停用')
  web.auth.senders.clear()
  const unbound = await back(await leave())
  expect(unbound.status).toBe(403)
  expect(await unbound.text()).toContain('还没有绑定')
})

test('no member, and a platform that is away, are told apart', async () => {
  answer = { ok: false, reason: 'notMember' }
  expect((await back(await leave())).status).toBe(403)
  answer = { ok: false, reason: 'unavailable' }
  expect((await back(await leave())).status).toBe(503)
})
