import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shanghaiDate } from '../../src/domain/world.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

let database: TestDatabase
let service: Instance
beforeAll(async () => {
  database = await testDatabase()
  service = openInstance(database)
})
afterAll(() => database?.close())

const tasksOf = async (sender: string) => {
  const { resident } = await service.kept.store.turns.open(
    { channel: 'web', sender, messageKey: randomUUID() },
    database.world.now(),
  )
  return database.sql(
    `select id, summary, status, promise_due::text as due from task where resident_id = $1 order by created_at`,
    [resident.id],
  )
}

test('who asks for a person five times outside any matter opens one task', async () => {
  const sender = randomUUID()
  for (let n = 0; n < 5; n++) {
    const { replies } = await service.say(sender, '人工')
    expect(replies.length).toBeGreaterThan(0)
  }
  expect(await tasksOf(sender)).toHaveLength(1)
})

test('who asks for a person five times in one matter opens one task, and a new one when the first is closed', async () => {
  const sender = randomUUID()
  for (const text of ['生育登记', '孩子妈妈', '人工', '继续', '人工', '人工', '继续', '人工', '人工'])
    await service.say(sender, text)
  const [first, ...more] = await tasksOf(sender)
  expect(more).toEqual([])
  await database.sql(`update task set status = 'done' where id = $1`, [first?.['id']])
  await service.say(sender, '继续')
  await service.say(sender, '人工')
  expect(await tasksOf(sender)).toHaveLength(2)
})

test('distress is never hidden behind a task that waits already, and stands first in the list, due today', async () => {
  const sender = randomUUID()
  await service.say(sender, '人工')
  await service.say(sender, '我不想活了')
  await service.say(sender, '我不想活了')
  const tasks = await tasksOf(sender)
  expect(tasks).toHaveLength(2)
  const [help, distress] = tasks
  expect(distress?.['due']).toBe(shanghaiDate(database.world.now()))
  expect(String(help?.['due']) > String(distress?.['due'])).toBe(true)
})
