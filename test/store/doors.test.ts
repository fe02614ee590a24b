import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OpenStore } from '../../src/store/openStore.ts'
import { countInMemory } from '../../src/web/rateLimits.ts'
import { testDatabase, type TestDatabase } from './database.ts'

/* What the processes of a deployment remember together at their doors. Each store stands for a process. */

let db: TestDatabase
let one: OpenStore
let other: OpenStore
beforeAll(async () => {
  db = await testDatabase()
  one = db.open()
  other = db.open()
})
afterAll(() => db?.close())

const door = { name: 'verify', calls: 5, windowMs: 60_000 }
const START = 1_000 * 60_000

describe('calls at a door', () => {
  test('count together, whichever process is asked, also when many come at once', async () => {
    const key = 'network-1'
    const asked = Array.from({ length: 20 }, (_, n) => (n % 2 ? one : other).auth.takeCall({ ...door, key }, START))
    expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(5)
    expect(await other.auth.takeCall({ ...door, key: 'network-2' }, START)).toBe(true)
    expect(await other.auth.takeCall({ ...door, name: 'login', key }, START)).toBe(true)
  })

  test('are let through and refused as the counting in one memory would have it', async () => {
    let person = 0
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(40_000), { maxLength: 25 }), async gaps => {
        const key = `person-${++person}`
        const inMemory = countInMemory()
        let at = START
        for (const gap of gaps) {
          at += gap
          const wanted = inMemory({ ...door, key }, at)
          expect(await one.auth.takeCall({ ...door, key }, at)).toBe(wanted)
        }
      }),
      { numRuns: 20 },
    )
  })

  test('are forgotten when their time is over, and name nobody while they are kept', async () => {
    await one.auth.takeCall({ ...door, key: 'somebody' }, START)
    expect(JSON.stringify(await db.sql(`select encode(id, 'escape') as id from door_count`))).not.toContain('somebody')
    const later = START + 3_600_000
    for (let n = 0; n < 20; n++) await one.auth.takeCall({ ...door, key: 'the last' }, later + n * 60_000)
    expect(await db.sql('select 1 from door_count where ends_at < $1', [new Date(later)])).toEqual([])
  })
})

test('a one-time code opens once, whichever process it is shown to', async () => {
  const at = db.world.now()
  const officer = { id: 'o-doors', username: 'doors', name: '李', role: 'village' as const, regionCode: '420702104212' }
  const id = await one.officers.upsert({
    officer: { ...officer, officePhone: null, disabled: false },
    ...{ passwordHash: 'hash', totpSecret: 'SECRET', at },
  })
  const both = await Promise.all([one, other].map(({ auth }) => auth.takeTotpStep(id, 100)))
  expect(both.filter(Boolean)).toHaveLength(1)
  expect(await other.auth.takeTotpStep(id, 99)).toBe(false)
  expect(await other.auth.takeTotpStep(id, 101)).toBe(true)
})
