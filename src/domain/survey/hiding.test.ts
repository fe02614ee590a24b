import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hiddenInCampaign, hiddenPlaces, hideParts, townsOf, type PlaceCell } from './hiding.ts'

const cell = (code: string, answers: number, hits: number | null = null): PlaceCell => ({ code, answers, hits })

describe('places below a sum that is shown', () => {
  test.each([
    ['a village with four answers goes, and the next smallest with it', [4, 9, 30], [0, 1]],
    ['two small ones are enough when they hold five together', [2, 3, 30], [0, 1]],
    ['two small ones are not when they hold four', [1, 3, 30, 20], [0, 1, 3]],
    ['a village without answers hides nobody', [0, 4, 30], [1, 2]],
    ['nothing goes where nothing is small', [5, 6, 7], []],
    ['all go where the others are too few', [1, 2], [0, 1]],
  ])('%s', (_, counts, hidden) => {
    expect(hiddenPlaces(counts.map((n, i) => cell(String(i), n)))).toEqual(new Set(hidden.map(String)))
  })

  test('one in which somebody thought otherwise comes along when all hidden ones said the same', () => {
    const cells = [cell('a', 3, 3), cell('b', 6, 6), cell('c', 8, 8), cell('d', 9, 8)]
    expect(hiddenPlaces(cells)).toEqual(new Set(['a', 'b', 'd']))
  })
})

const villages = (town: string) =>
  fc
    .array(
      fc.tuple(fc.nat({ max: 11 }), fc.nat({ max: 100 })).map(([answers, percent]) => ({
        answers,
        hits: Math.round((answers * percent) / 100),
      })),
      { minLength: 1, maxLength: 4 },
    )
    .map(list => list.map((one, n) => cell(`${town}2${String(n).padStart(2, '0')}`, one.answers, one.hits)))

const county = fc
  .array(fc.constantFrom('420702104', '420702105', '420702106'), { minLength: 1, maxLength: 3 })
  .chain(towns => fc.tuple(...[...new Set(towns)].map(villages)))
  .map(lists => lists.flat())

describe('a whole campaign', () => {
  test('no hidden village or town can be computed from what is shown, nor what everybody in it said', () => {
    fc.assert(
      fc.property(county, cells => {
        const hidden = hiddenInCampaign('420702', cells)
        const towns = townsOf(cells)
        expectSafe(towns, hidden)
        for (const { code } of towns) {
          const own = cells.filter(one => one.code.startsWith(code))
          // The sum of a hidden town is not shown, so nothing is subtracted from it.
          if (hidden.has(code)) expect(own.every(one => one.answers === 0 || hidden.has(one.code))).toBe(true)
          else expectSafe(own, hidden)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('no place with one to four answers is shown', () => {
    fc.assert(
      fc.property(county, cells => {
        const hidden = hiddenInCampaign('420702', cells)
        const shown = [...cells, ...townsOf(cells)].filter(one => !hidden.has(one.code))
        expect(shown.every(one => one.answers === 0 || one.answers >= 5)).toBe(true)
      }),
    )
  })
})

/** All values that fit what subtraction tells: the sum of the hidden ones, each with an answer at least. */
function expectSafe(all: readonly PlaceCell[], hidden: ReadonlySet<string>): void {
  const cells = all.filter(({ code }) => hidden.has(code))
  const everybody = all.every(({ answers, code }) => answers === 0 || hidden.has(code))
  if (cells.length === 0) return
  // Nothing is left to hide behind: then the sum itself is of few, and `surveyFigures` does not show it.
  if (everybody && cells.length < 2) return
  const answers = cells.reduce((sum, one) => sum + one.answers, 0)
  if (everybody && answers < 5) return
  expect(cells.length).toBeGreaterThanOrEqual(2)
  for (const one of cells) {
    const most = answers - (cells.length - 1)
    // Between 1 and `most`: more than one value fits.
    expect(most).toBeGreaterThan(1)
    expect(one.answers).toBeLessThanOrEqual(most)
  }
  const mixed = (some: readonly PlaceCell[]) => {
    const hits = some.reduce((sum, one) => sum + (one.hits ?? 0), 0)
    return hits > 0 && hits < some.reduce((sum, one) => sum + one.answers, 0)
  }
  // Where all the others say the same as the hidden ones, everybody in the place does, and its own figure tells that.
  const others = all.filter(one => !hidden.has(one.code) && one.answers > 0)
  expect(mixed(cells) || others.every(other => !mixed([...cells, other]))).toBe(true)
}

describe('parts of a sum', () => {
  test.each([
    [
      [20, 8, 3],
      [20, null, null],
    ],
    [
      [20, 0, 3],
      [20, null, null],
    ],
    [
      [20, 2, 3],
      [20, null, null],
    ],
    [
      [9, 0, 0],
      [9, 0, 0],
    ],
  ])('%j are shown as %j', (counts, shown) => {
    expect(hideParts(counts)).toEqual(shown)
  })

  test('never is a single one hidden where there are two', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 9 }), { minLength: 2, maxLength: 6 }), counts => {
        const shown = hideParts(counts)
        expect(shown.filter(count => count === null).length).not.toBe(1)
        expect(counts.every((count, n) => count === 0 || count > 4 || shown[n] === null)).toBe(true)
      }),
    )
  })
})
