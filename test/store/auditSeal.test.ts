import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenStore } from '../../src/store/openStore.ts'
import { testDatabase, type TestDatabase } from './database.ts'

let db: TestDatabase
let open: OpenStore
beforeAll(async () => {
  db = await testDatabase()
  open = db.open()
})
afterAll(() => db?.close())

const note = (objectId: string) =>
  open.store.transaction({ kind: 'officer', officerId: 'o', regionCode: '420702' }, tx =>
    tx.audit.add({
      actor: { kind: 'officer', id: 'o', role: 'county', regionCode: '420702' },
      action: 'application.reveal',
      objectKind: 'application',
      objectId,
      regionCode: '420702104212',
      detail: { reason: 'x' },
      at: 0,
    }),
  )

test('the trail is sealed in order, a running transaction is waited for, and any later change is found', async () => {
  for (const id of ['a', 'b', 'c']) await note(id)
  expect(await open.audit.seal(0)).toBe(3)
  expect(await open.audit.seal(0)).toBe(0)
  let sealedMeanwhile = -1
  await open.store.transaction({ kind: 'system' }, async tx => {
    await tx.audit.add({
      actor: { kind: 'system' },
      action: 'x',
      objectKind: 'x',
      objectId: 'early',
      regionCode: null,
      detail: {},
      at: 0,
    })
    await note('late')
    sealedMeanwhile = await open.audit.seal(0)
  })
  expect(sealedMeanwhile).toBe(0)
  expect(await open.audit.seal(0)).toBe(2)
  expect(await open.audit.firstBroken()).toBeNull()
  expect(
    await open.store.transaction({ kind: 'system' }, tx =>
      tx.audit.count({ actorId: 'o', action: 'application.reveal', since: 0 }),
    ),
  ).toBe(4)

  await db.sql(`update audit set object_id = 'changed' where object_id = 'late'`)
  expect(await open.audit.firstBroken()).toBe(2)
  await db.sql(`update audit set object_id = 'late' where object_id = 'changed'`)
  expect(await open.audit.firstBroken()).toBeNull()
  await db.sql(`delete from audit where object_id = 'b'`)
  expect(await open.audit.firstBroken()).toBe(1)
})
