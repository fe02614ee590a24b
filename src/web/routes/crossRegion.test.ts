import { afterEach, beforeEach, expect, test } from 'vitest'
import { crossRegionPageSchema, crossRegionSchema } from '../crossRegionSchemas.ts'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

let web: TestWeb
let headers: Record<string, string>
beforeEach(async () => {
  web = await openTestWeb()
  headers = await web.officer('village')
})
afterEach(() => web.close())

const ADDRESS = '/api/cross-region-requests'
const question = {
  ...{ region: '420702104', asker: '某县卫健局', personName: '测试', personId: '420702199001010008' },
  question: '是否在本地登记',
}

test('requests are listed masked, open ones alone where asked', async () => {
  const response = await web.call(`${ADDRESS}?open=1`, { headers })
  const { items } = crossRegionPageSchema.parse(await response.json())
  expect(items[0]).toMatchObject({ number: 'YD261123-000001', personName: '欧***', answer: null })
  expect(web.app.asked).toEqual([['crossRegion', { open: true, limit: 20 }]])
})

test('a request is entered, answered and looked at', async () => {
  expect((await web.post(ADDRESS, question, headers)).status).toBe(200)
  const answered = await web.post(`${ADDRESS}/request-1/answer`, { finding: 'found', note: '已登记' }, headers)
  expect(crossRegionSchema.parse(await answered.json()).answer).toMatchObject({ finding: 'found', note: '已登记' })
  const shown = await web.post(`${ADDRESS}/request-1/reveal`, { reason: '查档案' }, headers)
  expect(await shown.json()).toMatchObject({ personName: '欧阳娜娜' })
})

test('one that is not there, or of a foreign place, is 404', async () => {
  const answer = { finding: 'found', note: null }
  expect((await web.post(`${ADDRESS}/request-2/answer`, answer, headers)).status).toBe(404)
  expect((await web.post(ADDRESS, { ...question, region: '420704' }, headers)).status).toBe(404)
})

test.each([{ finding: 'maybe', note: null }, { finding: 'found' }, {}])('%j is no answer', async body => {
  expect((await web.post(`${ADDRESS}/request-1/answer`, body, headers)).status).toBe(400)
})

test('an auditor sees none', async () => {
  expect((await web.call(ADDRESS, { headers: await web.officer('auditor') })).status).toBe(403)
})
