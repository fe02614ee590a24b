import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

let web: TestWeb
let village: Record<string, string>
beforeEach(async () => {
  web = await openTestWeb()
  village = await web.officer()
})
afterEach(() => web.close())

test('the tasks of a family are shown like every task, and only from a task that he sees', async () => {
  const { items } = await (await web.call('/api/tasks/task-1/family', { headers: village })).json()
  const { task } = await (await web.call('/api/tasks/task-1', { headers: village })).json()
  expect(items).toEqual([task])
  expect((await web.call('/api/tasks/other/family', { headers: village })).status).toBe(404)
})

test('the day’s report comes in words', async () => {
  const { text } = await (await web.call('/api/task-report', { headers: village })).json()
  expect(text).toContain('工作日报')
})

test('each village comes with its name and what waits in it', async () => {
  const { items } = await (await web.call('/api/task-villages', { headers: village })).json()
  expect(items).toEqual([
    {
      ...{ regionCode: expect.any(String), place: '', town: '', live: 3, dueToday: 1, overdue: 1 },
      seat: { longitude: 114.8912, latitude: 30.3721 },
    },
  ])
})

test('the county reads in which town a village is, and what of its name is the town', async () => {
  const county = await web.officer('county')
  const { items } = await (await web.call('/api/task-villages', { headers: county })).json()
  expect(items).toMatchObject([{ place: '沼山镇下柯村', town: '沼山镇' }])
})
