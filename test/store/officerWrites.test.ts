import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenStore } from '../../src/store/openStore.ts'
import { testDatabase, type TestDatabase } from './database.ts'

let db: TestDatabase
let open: OpenStore
const at = 1_800_000_000_000
const address = '/api/tasks/t/lease'
beforeAll(async () => {
  db = await testDatabase()
  open = db.open()
  for (const username of ['ke', 'shen'])
    await open.officers.upsert({
      officer: {
        id: `id-${username}`,
        username,
        name: '柯小满',
        role: 'village',
        regionCode: '420702104212',
        officePhone: null,
        disabled: false,
      },
      passwordHash: 'hash',
      totpSecret: null,
      at,
    })
})
afterAll(() => db?.close())

const write = (key: string, officerId = 'id-ke') => ({ officerId, key, address })

test('of ten requests with one key at the same moment one does the write', async () => {
  const begun = await Promise.all(Array.from({ length: 10 }, () => open.auth.beginWrite({ ...write('one'), at })))
  expect(begun.filter(answer => answer === 'new')).toHaveLength(1)
  expect(begun.filter(answer => answer === 'underway')).toHaveLength(9)
  await open.auth.endWrite({ ...write('one'), done: { status: 200, fence: 4 } })
  expect(await open.auth.beginWrite({ ...write('one'), at })).toEqual({ status: 200, fence: 4 })
  expect(await open.auth.beginWrite({ ...write('one'), address: '/elsewhere', at })).toBe('otherAddress')
  expect(await open.auth.beginWrite({ ...write('one', 'id-shen'), at })).toBe('new')
})

test('a refused write is begun anew at once, one that broke off after a minute, one that is done never', async () => {
  await open.auth.beginWrite({ ...write('refused'), at })
  await open.auth.endWrite({ ...write('refused'), done: null })
  expect(await open.auth.beginWrite({ ...write('refused'), at })).toBe('new')
  await open.auth.beginWrite({ ...write('broken'), at })
  expect(await open.auth.beginWrite({ ...write('broken'), at: at + 59_000 })).toBe('underway')
  expect(await open.auth.beginWrite({ ...write('broken'), at: at + 61_000 })).toBe('new')
  expect(await open.auth.beginWrite({ ...write('one'), at: at + 86_400_000 })).toEqual({ status: 200, fence: 4 })
})

test('keys are forgotten after a week, with the officer’s next write', async () => {
  await open.auth.beginWrite({ ...write('next'), at: at + 8 * 86_400_000 })
  expect(await db.sql(`select key from officer_write where officer_id = 'id-ke'`)).toEqual([{ key: 'next' }])
})
