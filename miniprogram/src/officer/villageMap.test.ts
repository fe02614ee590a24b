import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Seat } from '../api/rounds.ts'
import { mapOf, type Pin } from './villageMap.ts'

const at = (longitude: number, latitude: number): Seat => ({ longitude, latitude })
const sizes = (count: number, height = 60) => ({ width: 96, heights: Array.from({ length: count }, () => height) })
const centre = ({ left, top, width, height }: Pin) => ({ x: left + width / 2, y: top + height / 2 })
/** What rounding of floating numbers may cost. */
const HAIR_PX = 1e-6

const covers = (one: Pin, other: Pin) =>
  one.left < other.left + other.width - HAIR_PX &&
  other.left < one.left + one.width - HAIR_PX &&
  one.top < other.top + other.height - HAIR_PX &&
  other.top < one.top + one.height - HAIR_PX

const pairs = <T>(items: readonly T[]): [T, T][] =>
  items.flatMap((one, i) => items.slice(i + 1).map((other): [T, T] => [one, other]))

/** Villages of a town, some of them in a row, some in one spot; pins as in normal and in large type. */
const town = fc
  .array(
    fc.record({
      east: fc.integer({ min: 0, max: 12 }),
      north: fc.integer({ min: 0, max: 12 }),
      height: fc.integer({ min: 48, max: 140 }),
    }),
    { minLength: 2, maxLength: 40 },
  )
  .map(villages => ({
    seats: villages.map(({ east, north }) => at(114.7 + east / 60, 30.1 + north / 70)),
    heights: villages.map(({ height }) => height),
  }))
/** What the map has of a screen of 320, 390 and 1280 px, and of the smallest in large type. */
const paper = fc.constantFrom(
  { width: 296, pin: 96 },
  { width: 366, pin: 96 },
  { width: 396, pin: 96 },
  { width: 296, pin: 126 },
)

describe('whatever the villages of a town', () => {
  test('no pin covers another, and none leaves the map', () => {
    fc.assert(
      fc.property(town, paper, ({ seats, heights }, { width, pin }) => {
        const { pins, height } = mapOf(seats, { width: pin, heights }, width)
        expect(pairs(pins).filter(([one, other]) => covers(one, other))).toEqual([])
        for (const one of pins) {
          expect(one.left).toBeGreaterThanOrEqual(-HAIR_PX)
          expect(one.left + one.width).toBeLessThanOrEqual(width + HAIR_PX)
          expect(one.top).toBeGreaterThanOrEqual(-HAIR_PX)
          expect(one.top + one.height).toBeLessThanOrEqual(height + HAIR_PX)
        }
      }),
    )
  })

  test('who lies further north is never drawn further south, who lies further west never further east', () => {
    fc.assert(
      fc.property(town, paper, ({ seats, heights }, { width, pin }) => {
        const { pins } = mapOf(seats, { width: pin, heights }, width)
        const both = seats.flatMap((seat, i) => (pins[i] ? [{ seat, drawn: centre(pins[i]) }] : []))
        for (const [one, other] of pairs(both)) {
          const [north, east] = [one.seat.latitude - other.seat.latitude, one.seat.longitude - other.seat.longitude]
          if (north > 0) expect(one.drawn.y).toBeLessThanOrEqual(other.drawn.y + HAIR_PX)
          if (north < 0) expect(one.drawn.y).toBeGreaterThanOrEqual(other.drawn.y - HAIR_PX)
          if (east > 0) expect(one.drawn.x).toBeGreaterThanOrEqual(other.drawn.x - HAIR_PX)
          if (east < 0) expect(one.drawn.x).toBeLessThanOrEqual(other.drawn.x + HAIR_PX)
        }
      }),
    )
  })

  test('the map is the same in whatever order the villages come', () => {
    fc.assert(
      fc.property(town, paper, ({ seats, heights }, { width, pin }) => {
        const [first] = heights
        const equal = heights.map(() => first ?? 60)
        const there = mapOf(seats, { width: pin, heights: equal }, width)
        const back = mapOf([...seats].reverse(), { width: pin, heights: equal }, width)
        const places = ({ pins }: typeof there) =>
          pins.map(pin => `${Math.round(pin.left)} ${Math.round(pin.top)}`).sort()
        expect(places(back)).toEqual(places(there))
      }),
    )
  })
})

describe('villages that lie apart', () => {
  const seats = [at(114.7, 30.3), at(114.9, 30.3), at(114.8, 30.2), at(114.7, 30.1)]
  const { pins, moved, kilometres, height } = mapOf(seats, sizes(4), 396)
  const drawn = pins.map(centre)

  test('are where they are: north up, and a kilometre as long to the east as to the south', () => {
    expect(moved).toBe(false)
    const [northWest, northEast, middle, southWest] = drawn
    expect(northWest?.x).toBe(48)
    expect(northEast?.x).toBeCloseTo(396 - 48)
    expect(southWest?.x).toBe(48)
    // 0.2° of longitude at 30° north are 19.2 km, 0.2° of latitude 22.2 km.
    const east = (northEast?.x ?? 0) - (northWest?.x ?? 0)
    const south = (southWest?.y ?? 0) - (northWest?.y ?? 0)
    expect(south / east).toBeCloseTo(1 / Math.cos((30.2 * Math.PI) / 180), 3)
    expect(middle?.x).toBeCloseTo(396 / 2)
    expect(height).toBeCloseTo(south + 60)
  })

  test('and the page can say how wide the map is', () => {
    expect(kilometres).toBeCloseTo((19.2 * 396) / 300, 0)
  })
})

test('two villages next door stand side by side, moved apart and said to be', () => {
  const seats = [at(114.7, 30.2), at(114.701, 30.2005), at(114.9, 30.2)]
  const { pins, moved } = mapOf(seats, sizes(3), 366)
  expect(moved).toBe(true)
  expect(pairs(pins).filter(([one, other]) => covers(one, other))).toEqual([])
  expect(pins[1]?.top).toBeLessThan(pins[0]?.top ?? 0)
})

test('villages from north to south make no tower, and those in one spot make a small map without a scale', () => {
  const road = [0, 1, 2, 3].map(n => at(114.8 + n / 10_000, 30.1 + n / 20))
  expect(mapOf(road, sizes(4), 296).height).toBeLessThan(296 * 1.25 + 61)
  const spot = mapOf([at(114.8, 30.2), at(114.8, 30.2)], sizes(2), 296)
  expect(spot).toMatchObject({ kilometres: null, height: 124 })
  expect(spot.pins.map(({ left }) => left)).toEqual([100, 100])
})

test('a town of twenty villages on the smallest phone takes two screens at most', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 })), {
        minLength: 20,
        maxLength: 20,
      }),
      places => {
        const seats = places.map(([east, north]) => at(114.7 + east / 600, 30.1 + north / 700))
        expect(mapOf(seats, sizes(20), 296).height).toBeLessThan(2 * 844)
      },
    ),
  )
})
