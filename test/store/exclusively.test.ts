import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from './database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database?.close())

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/** Longer than any single statement of ours may take: the demo, or a night of the figures, on a busy machine. */
const LONG_MS = 5_000

test('who waits for another process waits longer than for a statement, and then has its turn', async () => {
  const [one, other] = [database.open(), database.open()]
  const order: string[] = []
  const first = one.exclusively('a long work', async () => {
    order.push('first begins')
    await sleep(LONG_MS)
    order.push('first ends')
  })
  await sleep(200)
  await other.exclusively('a long work', async () => void order.push('second'))
  await first
  expect(order).toEqual(['first begins', 'first ends', 'second'])
})

test('work of another name does not wait', async () => {
  const store = database.open()
  const slow = store.exclusively('one work', () => sleep(2_000))
  await sleep(100)
  const began = performance.now()
  await store.exclusively('other work', async () => undefined)
  expect(performance.now() - began).toBeLessThan(1_500)
  await slow
})
