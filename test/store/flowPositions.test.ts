import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenStore } from '../../src/store/openStore.ts'
import { testDatabase, type TestDatabase } from './database.ts'
import { addressOf, turnAfter } from './turns.ts'

let db: TestDatabase
let store: OpenStore
beforeAll(async () => {
  db = await testDatabase()
  store = db.open()
})
afterAll(() => db?.close())

test('where people stand is counted over all conversations, however many there are, without naming anybody', async () => {
  const people = 501 // one more than is read at a time
  for (let n = 0; n < people; n++) {
    const address = addressOf(`sender-${n}`, 'm1')
    const opened = await store.store.turns.open(address, db.world.now())
    await store.store.turns.commit(turnAfter(opened, address, db.world))
  }
  expect(await store.flowPositions()).toEqual([
    { flow: 'birth-registration', revision: 1, step: 'applicantName', count: people },
  ])
})
