import { afterEach, beforeEach, expect, test } from 'vitest'
import { funnelsSchema } from '../schemas.ts'
import { funnelStep } from '../testing/samples.ts'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

let web: TestWeb
beforeEach(async () => {
  web = await openTestWeb()
})
afterEach(() => web.close())

const DAYS = 'from=2026-11-01&to=2026-11-23'

test('are shown to the county as counts, too small ones hidden', async () => {
  const response = await web.call(`/api/flow-funnels?flow=birth-registration&${DAYS}`, {
    headers: await web.officer('county'),
  })
  expect(funnelsSchema.parse(await response.json()).items).toEqual([funnelStep])
  expect(web.app.asked).toEqual([['funnels', { flow: 'birth-registration', from: '2026-11-01', to: '2026-11-23' }]])
})

test.each(['village', 'auditor'] as const)('are not for the %s', async role => {
  const response = await web.call(`/api/flow-funnels?${DAYS}`, { headers: await web.officer(role) })
  expect(response.status).toBe(403)
  expect(web.app.asked).toEqual([])
})

test.each(['', 'from=2026-11-01', 'from=2026-11-31&to=2026-12-01', `${DAYS}&flow=Robert');--`, `${DAYS}&region=42`])(
  'are not asked for by ?%s',
  async query => {
    const response = await web.call(`/api/flow-funnels?${query}`, { headers: await web.officer('county') })
    expect(response.status).toBe(400)
  },
)

test('a range that is none is said to be bad input', async () => {
  web.app.refuseWith = { ok: false, refusal: { code: 'badInput' } }
  const response = await web.call(`/api/flow-funnels?${DAYS}`, { headers: await web.officer('county') })
  expect(await response.json()).toMatchObject({ status: 400, code: 'badInput' })
})
