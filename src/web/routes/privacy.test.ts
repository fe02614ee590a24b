import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

let web: TestWeb
beforeEach(async () => {
  web = await openTestWeb()
})
afterEach(() => web.close())

test('one gets the own data with the own token, and nothing without', async () => {
  expect((await web.call('/api/privacy/data')).status).toBe(401)
})

test('a link opens with its key alone, and is not kept by anybody on the way', async () => {
  const response = await web.call('/my-data/resident-1?until=1795400000000&key=right')
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await response.json()).toEqual({ of: 'resident-1' })
  expect((await web.call('/my-data/resident-1?until=1795400000000&key=wrong')).status).toBe(404)
})

test('what is wrong goes to the office of the case, with the day of its answer', async () => {
  const headers = await web.resident()
  const asked = await web.post('/api/privacy/corrections', { field: 'phone', value: '13800000002' }, headers)
  expect(await asked.json()).toEqual({ asked: { number: 'SY420702-000001', answerBy: '2026-11-27' } })
  const nothing = await web.post('/api/privacy/corrections', { field: 'other', value: '门牌号' }, headers)
  expect(await nothing.json()).toEqual({ asked: null })
})

test('deleting says how much went and how much the law keeps', async () => {
  const erased = await web.post('/api/privacy/erasure', {}, await web.resident())
  expect(await erased.json()).toEqual({ deleted: 3, cases: 1, complaints: 0 })
})

test('a consent ends once; one that was not given is not there', async () => {
  const headers = await web.resident()
  const withdraw = (purpose: string) => web.post('/api/privacy/withdrawals', { purpose }, headers)
  expect((await withdraw('serviceCalendar')).status).toBe(204)
  expect((await withdraw('supplement')).status).toBe(404)
})

test('wishes about own data are counted', async () => {
  const headers = await web.resident()
  const statuses: number[] = []
  for (let n = 0; n < 11; n++) statuses.push((await web.post('/api/privacy/erasure', {}, headers)).status)
  expect(statuses.slice(-2)).toEqual([200, 429])
})
