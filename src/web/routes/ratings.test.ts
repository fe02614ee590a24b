import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

let web: TestWeb
beforeAll(async () => {
  web = await openTestWeb()
})
afterAll(() => web.close())

test('everybody reads how a county is rated, and nothing of few', async () => {
  const response = await web.call('/api/public/ratings?county=420702')
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({
    items: [{ region: { code: '420702', name: '梁子湖区' }, ratings: 12, bad: null, repaired: null }],
  })
  expect((await web.call('/api/public/ratings?county=42')).status).toBe(400)
})

test('somebody who reads it all the time is asked to wait', async () => {
  const read = () => web.call('/api/public/ratings?county=420703')
  const answers = await Promise.all(Array.from({ length: 40 }, read))
  expect(answers.some(({ status }) => status === 429)).toBe(true)
})

test('an officer sees how far each bad rating is, and of his own no case', async () => {
  const officer = await web.officer()
  const all = await (await web.call('/api/bad-ratings?appealed=1', { headers: officer })).json()
  expect(all).toMatchObject({ items: [{ id: 'rating-1', status: 'contacted', next: { step: 'repaired' } }] })
  const mine = JSON.stringify(await (await web.call('/api/bad-ratings/mine', { headers: officer })).json())
  expect(mine).toContain('2026-11')
  expect(mine).not.toContain('app-1')
})

test('an appeal needs a reason; the county alone decides', async () => {
  const village = await web.officer()
  expect((await web.post('/api/bad-ratings/rating-1/appeal', {}, village)).status).toBe(400)
  expect((await web.post('/api/bad-ratings/rating-1/appeal', { reason: '停电' }, village)).status).toBe(204)
  expect((await web.post('/api/bad-ratings/other/appeal', { reason: '停电' }, village)).status).toBe(404)
  const said = { setAside: true, reason: '停电有记录' }
  expect((await web.post('/api/bad-ratings/rating-1/verdict', said, village)).status).toBe(403)
  expect((await web.post('/api/bad-ratings/rating-1/verdict', said, await web.officer('county'))).status).toBe(204)
})

test('a death in a family is entered in one step, and lifted only with a word of what was done', async () => {
  const officer = await web.officer()
  expect((await web.post('/api/applications/app-1/bereavement', { lost: 'child' }, officer)).status).toBe(204)
  expect((await web.post('/api/applications/app-1/bereavement', { lost: 'pet' }, officer)).status).toBe(400)
  expect((await web.post('/api/applications/app-1/lift-mute', {}, officer)).status).toBe(400)
  expect((await web.post('/api/applications/app-1/lift-mute', { words: '已上门' }, officer)).status).toBe(204)
})
