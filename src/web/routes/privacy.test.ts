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
