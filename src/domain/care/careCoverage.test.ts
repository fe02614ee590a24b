import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SMALLEST_SHOWN } from '../figures/hiding.ts'
import { shownToCounty, shownWhole, sumByPlace, type CareCount } from './careCoverage.ts'

const count = (regionCode: string, families: number): CareCount => ({
  ...{ regionCode, families, contactPair: families, familyDoctor: Math.max(0, families - 1), greenChannel: 0 },
})

const counts = fc
  .array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 8 })
  .map(sizes => sizes.map((families, n) => count(`4207021${String(n).padStart(2, '0')}`, families)))

test('the county never reads a town of fewer than five families, nor can it take the others from the sum', () => {
  fc.assert(
    fc.property(counts, all => {
      const { places, sum } = shownToCounty(all)
      const hidden = all.filter((_, n) => places[n]?.families === null)
      for (const { families } of all.filter(one => !hidden.includes(one)))
        expect(families).toBeGreaterThanOrEqual(SMALLEST_SHOWN)
      if (sum && hidden.length > 0) expect(hidden.length).toBeGreaterThan(1)
      for (const { families, done } of places)
        if (families === null) expect(Object.values(done)).toEqual([null, null, null])
    }),
  )
})

test('the town reads all of its villages', () => {
  const village = count('420702104212', 1)
  expect(shownWhole([village])).toEqual([
    { regionCode: '420702104212', families: 1, done: { contactPair: 1, familyDoctor: 0, greenChannel: 0 } },
  ])
})

test('towns are the sums of their villages', () => {
  const sums = sumByPlace([count('420702104212', 2), count('420702104213', 3), count('420702105201', 1)], 9)
  expect(sums.map(({ regionCode, families }) => [regionCode, families])).toEqual([
    ['420702104', 5],
    ['420702105', 1],
  ])
})
