import { expect, test } from 'vitest'
import { realWorld } from './realWorld.ts'

test('ids are random UUIDs, no two alike, with version and variant where RFC 9562 has them', () => {
  const world = realWorld()
  // More than one filling of the pool.
  const ids = Array.from({ length: 5000 }, () => world.newId())
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  for (const place of [0, 9, 15, 24, 35]) {
    const digits = new Set(ids.map(id => id.charAt(place)))
    expect(digits.size, `digit ${place}`).toBe(16)
  }
})

test('bytes are given out once, whether as bytes or in an id', () => {
  const world = realWorld()
  const first = world.randomBytes(64)
  const copy = [...first]
  for (let n = 0; n < 2000; n++) world.newId()
  expect([...first]).toEqual(copy)
  expect([...world.randomBytes(64)]).not.toEqual(copy)
  expect(world.randomBytes(20_000)).toHaveLength(20_000)
})
