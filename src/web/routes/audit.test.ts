import { afterEach, beforeEach, expect, test } from 'vitest'
import { auditPageSchema, sealSchema } from '../schemas.ts'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

let web: TestWeb
beforeEach(async () => {
  web = await openTestWeb()
})
afterEach(() => web.close())

test.each(['county', 'auditor'] as const)('the trail is shown to the %s, page by page', async role => {
  const headers = await web.officer(role)
  const response = await web.call('/api/audit?from=2026-11-01&to=2026-11-23&cursor=x&limit=5', { headers })
  const page = auditPageSchema.parse(await response.json())
  expect(page).toMatchObject({
    next: 'next-page',
    items: [{ action: 'application.reveal', actor: { role: 'village' } }],
  })
  expect(web.app.asked).toEqual([['audit', { from: '2026-11-01', to: '2026-11-23', cursor: 'x', limit: 5 }]])
})

test('the seal is for the auditor', async () => {
  const response = await web.call('/api/audit/seal', { headers: await web.officer('auditor') })
  expect(sealSchema.parse(await response.json())).toMatchObject({
    whole: true,
    firstBroken: null,
    seals: 2,
    entries: 7,
  })
  web.world.advance(61_000)
  expect((await web.call('/api/audit/seal', { headers: await web.officer('county') })).status).toBe(403)
})

test('who works on cases in the village does not read it', async () => {
  const headers = await web.officer('village')
  expect((await web.call('/api/audit', { headers })).status).toBe(403)
  expect((await web.call('/api/audit/seal', { headers })).status).toBe(403)
  expect(web.app.asked).toEqual([])
})

test.each(['from=2026-11-31', 'limit=0', 'region=42', 'cursor=%20'])('is not asked for by ?%s', async query => {
  expect((await web.call(`/api/audit?${query}`, { headers: await web.officer('auditor') })).status).toBe(400)
})

test('the whole trail is not read again and again', async () => {
  const headers = await web.officer('auditor')
  const statuses: number[] = []
  for (let n = 0; n < 11; n++) statuses.push((await web.call('/api/audit/seal', { headers })).status)
  expect(statuses.at(-1)).toBe(429)
})
