import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

let web: TestWeb
let village: Record<string, string>
let county: Record<string, string>
beforeAll(async () => {
  web = await openTestWeb()
  village = await web.officer()
  county = await web.officer('county')
})
afterAll(() => web.close())
beforeEach(() => web.world.advance(61_000))

const fenced = (headers: Record<string, string>) => ({ ...headers, 'if-match': '"3"' })

describe('a transfer', () => {
  test('is offered, and the answer is the task with its number', async () => {
    const response = await web.post('/api/tasks/task-1/transfer', { to: 'x', reason: '下周出差' }, fenced(village))
    expect(response.status).toBe(200)
    expect(response.headers.get('etag')).toBe('"3"')
    expect(await response.json()).toMatchObject({ id: 'task-1', offer: null, raisedTo: null, urges: 0 })
  })

  test('needs a reason, and an address of a task that is there', async () => {
    const bare = await web.post('/api/tasks/task-1/transfer', { to: 'x' }, fenced(village))
    expect(bare.status).toBe(400)
    for (const step of ['accept', 'decline', 'withdraw']) {
      expect((await web.post(`/api/tasks/task-9/transfer/${step}`, {}, fenced(village))).status).toBe(404)
      expect((await web.post(`/api/tasks/task-1/transfer/${step}`, {}, fenced(village))).status).toBe(200)
    }
  })

  test('goes to a colleague of the list, each with his workload', async () => {
    const response = await web.call('/api/tasks/task-1/colleagues', { headers: village })
    expect((await response.json()).items).toMatchObject([{ username: 'village', leased: 2, paused: 1, absent: false }])
  })
})

test('the board and the hand-over of a desk are for town and county', async () => {
  expect((await web.call('/api/task-board', { headers: village })).status).toBe(403)
  expect(await (await web.call('/api/task-board', { headers: county })).json()).toMatchObject({ places: [] })
  const asked = { from: 'a', to: 'b', place: '420702104', reason: '调离' }
  expect((await web.post('/api/task-handovers', asked, village)).status).toBe(403)
  const preview = await web.post('/api/task-handovers', asked, county)
  expect(await preview.json()).toMatchObject({ moved: 1, left: 0 })
  expect((await web.post('/api/task-handovers', { ...asked, place: '4207' }, county)).status).toBe(400)
})

test('a family that moved is for town and county, by the code of a village', async () => {
  const asked = { to: '420704108202', reason: '搬家' }
  expect((await web.post('/api/tasks/task-1/family-move', asked, village)).status).toBe(403)
  const preview = await web.post('/api/tasks/task-1/family-move', asked, county)
  expect(await preview.json()).toMatchObject({ moved: 1, receivers: [{ name: '李专干' }] })
  expect(web.app.asked.at(-1)).toEqual(['moveFamily', { ...asked, taskId: 'task-1', expected: null }])
  expect((await web.post('/api/tasks/other/family-move', asked, county)).status).toBe(404)
  expect((await web.post('/api/tasks/task-1/family-move', { ...asked, to: '420704108' }, county)).status).toBe(400)
})

test('an absence has two days and a substitute or none', async () => {
  const away = { officer: 'officer-village', from: '2026-11-24', to: '2026-11-25', substitute: null }
  expect(await (await web.post('/api/officer-absences', away, village)).json()).toEqual({ id: 'absence-1' })
  expect((await web.post('/api/officer-absences', { ...away, from: '24.11.' }, village)).status).toBe(400)
  expect((await web.post('/api/officer-absences/absence-1/end', {}, village)).status).toBe(204)
})

test('who stands in for nobody by that name is refused, who does works in that place', async () => {
  const as = (username: string) => web.call('/api/officer/me', { headers: { ...village, 'x-stand-in-for': username } })
  expect((await as('somebody')).status).toBe(403)
  expect((await (await as('away')).json()).officer).toMatchObject({ username: 'village', regionCode: '420702104213' })
})

test('a resident urges his own case and reopens his own request', async () => {
  const resident = await web.resident()
  expect((await web.post('/api/applications/application-1/remind', {}, resident)).status).toBe(204)
  expect((await web.post('/api/applications/other/remind', {}, resident)).status).toBe(404)
  expect((await web.post('/api/requests/task-1/remind', {}, resident)).status).toBe(204)
  expect((await web.post('/api/requests/other/remind', {}, resident)).status).toBe(404)
  expect((await web.post('/api/requests/task-1/reopen', { reason: '没人来' }, resident)).status).toBe(204)
  expect((await web.post('/api/requests/task-1/reopen', {}, resident)).status).toBe(400)
  expect(await (await web.call('/api/requests', { headers: resident })).json()).toEqual({ items: [] })
})
