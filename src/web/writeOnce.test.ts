import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestWeb, type TestWeb } from './testing/testWeb.ts'

let web: TestWeb
let headers: Record<string, string>
beforeEach(async () => {
  web = await openTestWeb()
  headers = { ...(await web.officer()), 'if-match': '"3"', 'idempotency-key': '00000000-0000-4000-8000-000000000001' }
})
afterEach(() => web.close())

const lease = (more: Record<string, string> = {}) => web.post('/api/tasks/task-1/lease', {}, { ...headers, ...more })

test('a write whose answer got lost is done once; its repeat is told so, with the number of the task', async () => {
  const first = await lease()
  const { fence } = (await first.json()) as { fence: number }
  const repeat = await lease()
  expect([first.status, repeat.status]).toEqual([200, 200])
  expect(await repeat.json()).toEqual({ repeated: true, fence })
  expect(web.app.asked).toEqual([['lease', 'task-1', 3]])
})

test('another key is another write', async () => {
  await lease()
  await lease({ 'idempotency-key': '00000000-0000-4000-8000-000000000002' })
  expect(web.app.asked).toHaveLength(2)
})

test('a refused write may be tried again under its key', async () => {
  web.app.refuseWith = { ok: false, refusal: { code: 'staleFence' } }
  expect((await lease()).status).toBe(409)
  web.app.refuseWith = null
  expect((await lease()).status).toBe(200)
})

test('a second request waits while the first is underway', async () => {
  const session = await web.auth.officerByUsername('village')
  const officerId = session?.officer.id ?? ''
  const key = headers['idempotency-key'] ?? ''
  await web.auth.beginWrite({ officerId, key, address: '/api/tasks/task-1/lease', at: web.world.now() })
  expect((await lease()).status).toBe(503)
  expect(web.app.asked).toEqual([])
})

test('a key that was used for another address, or is none, is refused', async () => {
  await lease()
  expect((await web.post('/api/tasks/task-1/release', {}, headers)).status).toBe(400)
  expect((await lease({ 'idempotency-key': 'short' })).status).toBe(400)
})

test('the repeat of a write that answers without content has none either', async () => {
  const back = () => web.post('/api/officer-absences/absence-1/end', {}, headers)
  const [first, repeat] = [await back(), await back()]
  expect([first.status, repeat.status, await repeat.text()]).toEqual([204, 204, ''])
  expect(repeat.headers.get('content-length') ?? '0').toBe('0')
})
