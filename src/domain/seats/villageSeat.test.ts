import { expect, test } from 'vitest'
import { nearestOthers, pointOf } from './villageSeat.ts'

const seat = (regionCode: string, longitude: number, latitude: number, system: 'wgs84' | 'gcj02' = 'wgs84') => ({
  ...{ regionCode, point: { longitude, latitude }, system },
})

test('a village far from the others of its town stands out, and the others do not', () => {
  const found = nearestOthers([
    seat('420702104212', 114.8, 30.2),
    seat('420702104213', 114.8, 30.21),
    // A hundred kilometres to the north, as when the officer taps at home.
    seat('420702104214', 114.8, 31.1),
  ])
  expect(found.get('420702104212')).toBeCloseTo(1.1, 1)
  expect(found.get('420702104213')).toBeCloseTo(1.1, 1)
  expect(found.get('420702104214')).toBeCloseTo(99, 0)
})

test('the only village of a town that has one is held against nothing, a neighbouring town does not count', () => {
  const found = nearestOthers([seat('420702104212', 114.8, 30.2), seat('420702105201', 114.8, 30.21)])
  expect([...found.values()]).toEqual([null, null])
})

test('a place from a map and one from the satellites are compared in one system', () => {
  const map = seat('420702104212', 114.89624038245506, 30.369401978777862, 'gcj02')
  const found = nearestOthers([map, seat('420702104213', 114.8912, 30.3721)])
  expect(found.get('420702104212')).toBeLessThan(0.002)
  expect(pointOf(map).longitude).toBeCloseTo(114.8912, 5)
})
