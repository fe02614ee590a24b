import { z } from 'zod'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hashToken } from '../access.ts'
import type { LoginWay } from '../deps.ts'
import { bindingCodeSchema } from '../schemas.ts'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

const way: LoginWay = {
  path: '/officer/login/some',
  channel: 'wecom',
  begin: () => 'https://platform.example',
  finish: async () => ({ ok: false, reason: 'unavailable' }),
  sign: text => text,
  memberId: text => (/^\w+$/.test(text) ? text.toLowerCase() : null),
}

let web: TestWeb
beforeEach(async () => {
  web = await openTestWeb({ loginWays: [way] })
})
afterEach(() => web.close())

const binding = { officer: 'village', channel: 'wecom', member: 'ZhangSan' }

test('the county binds a member, spelled as his platform spells him, and sees it', async () => {
  const county = await web.officer('county')
  const bound = await web.post('/api/identities', binding, county)
  expect(bound.status).toBe(200)
  expect(web.app.asked).toContainEqual(['bind', { username: 'village', channel: 'wecom', sender: 'zhangsan' }])
  const seen = await web.call('/api/identities?officer=village', { headers: county })
  expect(await seen.json()).toEqual({
    items: [{ channel: 'wecom', member: 'zhangsan', boundAt: expect.stringMatching(/^2026-/) }],
  })
  expect((await web.post('/api/identities/remove', binding, county)).status).toBe(200)
  expect(web.app.asked).toContainEqual(['unbind', { username: 'village', channel: 'wecom', sender: 'zhangsan' }])
})

test('what cannot be a member is refused', async () => {
  const response = await web.post('/api/identities', { ...binding, member: '张 三' }, await web.officer('county'))
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ fields: ['member'] })
  expect(web.app.asked).toEqual([])
})

test('where the platform is not set up, the answer says so and by whom it is, and what goes without', async () => {
  const bare = await openTestWeb()
  try {
    const response = await bare.post('/api/identities', binding, await bare.officer('county'))
    expect(response.status).toBe(409)
    const { title } = z.object({ title: z.string() }).parse(await response.json())
    for (const said of ['没有接入企业微信', '维护系统的人', '绑定码']) expect(title).toContain(said)
    expect(bare.app.asked).toEqual([])
  } finally {
    await bare.close()
  }
})

test('a village binds nobody, not even itself', async () => {
  const village = await web.officer('village')
  expect((await web.post('/api/identities', binding, village)).status).toBe(403)
  expect((await web.call('/api/identities?officer=village', { headers: village })).status).toBe(403)
})

test('who has the chat already is named', async () => {
  web.app.refuseWith = { ok: false, refusal: { code: 'taken', heldBy: '李四' } }
  const response = await web.post('/api/identities', binding, await web.officer('county'))
  expect(response.status).toBe(409)
  expect(await response.json()).toMatchObject({ heldBy: '李四' })
})

test('the county draws a code for exactly one officer, kept as a hash for ten minutes', async () => {
  const county = await web.officer('county')
  const response = await web.post('/api/identities/code', { officer: 'village' }, county)
  const { code } = bindingCodeSchema.parse(await response.json())
  const expiresAt = web.world.now() + 600_000
  expect(web.auth.bindingCodes).toEqual([
    { codeHash: hashToken(code), officerId: 'officer-village', at: web.world.now(), expiresAt },
  ])
  expect((await web.post('/api/identities/code', { officer: 'nobody' }, county)).status).toBe(404)
  const own = await web.officer('village')
  expect((await web.post('/api/identities/code', { officer: 'village' }, own)).status).toBe(403)
})
