import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

let database: TestDatabase
let here: Instance

beforeAll(async () => {
  database = await testDatabase()
  here = openInstance(database)
})

afterAll(async () => {
  await database.close()
})

test('the officer who helped closes the task: the resident hears it and goes on where he stood', async () => {
  const sender = randomUUID()
  for (const text of ['生育登记', '孩子妈妈', '同意', '人工']) await here.say(sender, text)
  const county = await here.appoint('county', 'county', '420702')
  const { items } = await here.app.officer.tasks(county, { limit: 10 })
  const [task] = items
  if (!task) throw new Error('asking for a person opens a task')
  const leased = await here.app.officer.lease(county, task.id, null)
  const fence = leased.ok ? leased.value.fence : -1
  expect((await here.app.officer.close(county, task.id, fence, '电话里讲清楚了')).ok).toBe(true)

  const told = await database.sql('select dedupe_key from outbox')
  expect(told).toEqual([{ dedupe_key: `handBack:${task.id}:${fence}` }])
  expect((await here.say(sender, '李秀英')).state.step).toBe('applicantId')
})
