import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isLatitudeOfChina, isLongitudeOfChina, kilometresBetween, toWgs84 } from './coordinates.ts'

/** WGS-84 and GCJ-02 of the same places, by gcoord 1.0.7; eviltransform 0.2.2 differs from it by centimetres. */
const known = [
  { place: '北京', wgs84: [116.404, 39.915], gcj02: [116.41024449916938, 39.91640428150164] },
  { place: '鄂州', wgs84: [114.8912, 30.3721], gcj02: [114.89624038245506, 30.369401978777862] },
  { place: '乌鲁木齐', wgs84: [87.6168, 43.8256], gcj02: [87.61964994946926, 43.82680539311119] },
  { place: '海口', wgs84: [110.3312, 20.0319], gcj02: [110.33557088545713, 20.02985300118148] },
  { place: '哈尔滨', wgs84: [126.6425, 45.7567], gcj02: [126.64847005257023, 45.758651260466564] },
  { place: '喀什', wgs84: [75.99, 39.47], gcj02: [75.9929556381645, 39.47022749677051] },
] as const
const point = ([longitude, latitude]: readonly [number, number]) => ({ longitude, latitude })
const METRE_KM = 0.001

describe('a place in China', () => {
  test.each(known)('as a map of $place has it is found again within a metre', ({ wgs84, gcj02 }) => {
    expect(kilometresBetween(toWgs84(point(gcj02), 'gcj02'), point(wgs84))).toBeLessThan(METRE_KM)
  })

  test('given as the satellites or the survey have it stays where it is', () => {
    const there = point(known[1].wgs84)
    expect(toWgs84(there, 'wgs84')).toEqual(there)
    expect(toWgs84(there, 'cgcs2000')).toEqual(there)
  })

  test('two places keep their distance to a hundredth when they come from a map, wherever they lie', () => {
    const degrees = (min: number, max: number) => fc.double({ min, max, noNaN: true })
    const near = degrees(-0.2, 0.2)
    fc.assert(
      fc.property(degrees(75, 133), degrees(18, 52), near, near, (longitude, latitude, east, north) => {
        const one = { longitude, latitude }
        const other = { longitude: longitude + east, latitude: latitude + north }
        const apart = kilometresBetween(one, other)
        const found = kilometresBetween(toWgs84(one, 'gcj02'), toWgs84(other, 'gcj02'))
        expect(Math.abs(found - apart)).toBeLessThan(0.01 * apart + METRE_KM)
      }),
    )
  })
})

test('a degree of latitude is 111 km, one of longitude less the further north', () => {
  const from = { longitude: 114, latitude: 30 }
  expect(kilometresBetween(from, { longitude: 114, latitude: 31 })).toBeCloseTo(111.19, 1)
  expect(kilometresBetween(from, { longitude: 115, latitude: 30 })).toBeCloseTo(96.3, 1)
  expect(kilometresBetween(from, from)).toBe(0)
})

test('longitude and latitude that were exchanged are no place of China', () => {
  expect([isLongitudeOfChina(114.89), isLatitudeOfChina(30.37)]).toEqual([true, true])
  expect([isLongitudeOfChina(30.37), isLatitudeOfChina(114.89)]).toEqual([false, false])
  expect(isLongitudeOfChina(Number.NaN)).toBe(false)
})
