import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

let web: TestWeb
beforeAll(async () => {
  web = await openTestWeb()
})
afterAll(() => web.close())

test('the county reads why a household did not get a message, in a sentence and without its words', async () => {
  const headers = await web.officer('county')
  const answer = await web.call('/api/households/household-1/messages', { headers })
  expect(answer.status).toBe(200)
  const { items } = (await answer.json()) as { items: Record<string, unknown>[] }
  expect(items).toMatchObject([{ purpose: 'survey', reason: 'capped', at: '2026-11-23T09:00:00+08:00', receipt: null }])
  expect(items[0]?.['why']).toContain('没有再发')
  expect(Object.keys(items[0] ?? {})).not.toContain('key')
})

test('a resident of the page is asked for no form of the mini-program', async () => {
  const headers = await web.resident()
  expect(await (await web.call('/api/message-forms', { headers })).json()).toEqual({ card: [], page: null })
  expect((await web.call('/api/message-forms')).status).toBe(401)
})

test('what is not in sight is not there, and a village does not read who is left in peace', async () => {
  const county = await web.officer('county')
  expect((await web.call('/api/households/other/messages', { headers: county })).status).toBe(404)
  expect((await web.call('/api/applications/other/messages', { headers: county })).status).toBe(404)
  expect((await web.call('/api/applications/application-1/messages', { headers: county })).status).toBe(200)
  const village = await web.officer('village')
  expect((await web.call('/api/households/household-1/messages', { headers: village })).status).toBe(403)
  expect((await web.call('/api/applications/application-1/messages')).status).toBe(401)
})
