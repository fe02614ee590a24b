import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

let web: TestWeb
let headers: Record<string, string>
beforeEach(async () => {
  web = await openTestWeb()
  headers = await web.officer('county')
})
afterEach(() => web.close())

const ADDRESS = '/api/relative-requests'
const asked = {
  relative: { name: '周小军', relation: '儿子', phone: '13800000002' },
  ...{ deceased: '王秀英', wish: 'see', interest: '办遗产公证要用', case: 'SY1' },
}

test('relatives ask at the town or the county, never in the village of the dead', async () => {
  expect((await web.post(ADDRESS, asked, headers)).status).toBe(200)
  expect((await web.post(ADDRESS, { ...asked, case: 'SY2' }, headers)).status).toBe(404)
  const village = await web.officer('village')
  expect((await web.post(ADDRESS, asked, village)).status).toBe(403)
  expect((await web.call(ADDRESS, { headers: village })).status).toBe(403)
})

test('a refusal says why, and whether the person arranged it himself', async () => {
  const decide = (body: object) => web.post(`${ADDRESS}/request-1/verdict`, body, headers)
  expect((await decide({ granted: false, reason: '本人写明不给' })).status).toBe(400)
  expect((await decide({ granted: false, arranged: true, reason: '本人写明不给' })).status).toBe(200)
  expect((await decide({ granted: true })).status).toBe(200)
})

test('without the papers that were seen there is no check, and without a request no data', async () => {
  expect((await web.post(`${ADDRESS}/request-1/check`, { papers: '' }, headers)).status).toBe(400)
  expect((await web.post(`${ADDRESS}/request-1/data`, {}, headers)).status).toBe(200)
  expect((await web.post(`${ADDRESS}/request-2/data`, {}, headers)).status).toBe(404)
})
