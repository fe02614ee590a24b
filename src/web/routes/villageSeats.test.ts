import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

const VILLAGE = '420702104212'
const here = { longitude: 114.8912, latitude: 30.3721, system: 'gcj02', accuracy: 12 }
const sample = {
  ...{ regionCode: VILLAGE, place: '' },
  seat: {
    ...{ point: { longitude: 114.8912, latitude: 30.3721 }, accuracy: 12, source: 'onSite', by: '李梅' },
    ...{ at: '2026-11-23T09:00:00+08:00', nearestKm: 2.3, far: false },
  },
}

let web: TestWeb
let village: Record<string, string>
beforeEach(async () => {
  web = await openTestWeb()
  village = await web.officer()
})
afterEach(() => web.close())

test('villages come with the place of their office to the metre, who recorded it, and how far the next one is', async () => {
  const response = await web.call('/api/village-seats', { headers: village })
  expect(await response.json()).toEqual({ items: [sample], roughMetres: 100 })
  expect((await web.call(`/api/village-seats?within=420704`, { headers: village })).status).toBe(404)
  expect((await web.call(`/api/village-seats?within=42`, { headers: village })).status).toBe(400)
})

test('what the phone measured is handed on with its system, and the village answered as it is then', async () => {
  const response = await web.post(`/api/village-seats/${VILLAGE}`, here, village)
  expect([response.status, await response.json()]).toEqual([200, sample])
  const { longitude, latitude, ...rest } = here
  expect(web.app.asked).toContainEqual(['recordSeat', VILLAGE, { point: { longitude, latitude }, ...rest }])
  expect((await web.post('/api/village-seats/420704108202', here, village)).status).toBe(404)
})

test.each([
  ['without a system', { system: undefined }],
  ['in the system of another map', { system: 'bd09' }],
  ['with a number in words', { longitude: '114.8912' }],
  ['with something else', { altitude: 12 }],
])('a place %s is refused', async (_why, wrong) => {
  const response = await web.post(`/api/village-seats/${VILLAGE}`, { ...here, ...wrong }, village)
  expect(response.status).toBe(400)
})

test('a place is taken away again, and the village is there without one', async () => {
  const response = await web.post(`/api/village-seats/${VILLAGE}/remove`, {}, village)
  expect(await response.json()).toEqual({ regionCode: VILLAGE, place: '', seat: null })
})
