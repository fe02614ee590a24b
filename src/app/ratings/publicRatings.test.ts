import { expect, test } from 'vitest'
import { publicRatings } from './publicRatings.ts'

const COUNTY = '420702'
const town = (n: number, ratings: number, bad: number) => ({
  ...{ placeCode: `42070210${n}001`, ratings, bad, repaired: bad },
})
const shownOf = (...towns: ReturnType<typeof town>[]) =>
  publicRatings(COUNTY, towns, code => code).map(({ ratings, bad, repaired }) => [ratings, bad, repaired])

test('counts of towns with many bad ratings are all shown', () =>
  expect(shownOf(town(1, 50, 10), town(2, 40, 6))).toEqual([
    [90, 16, 16],
    [50, 10, 10],
    [40, 6, 6],
  ]))

test('the few bad ones of one town cannot be had from those of the county', () =>
  expect(shownOf(town(1, 50, 10), town(2, 40, 2), town(3, 30, 7))).toEqual([
    [120, 19, 19],
    [50, 10, 10],
    [40, null, null],
    [30, null, null],
  ]))

test('a town with few ratings says nothing at all, and takes another with it', () =>
  expect(shownOf(town(1, 50, 10), town(2, 40, 9), town(3, 3, 1))).toEqual([
    [93, 20, 20],
    [50, 10, 10],
    [null, null, null],
    [null, null, null],
  ]))

test('of few in the whole county nothing is said', () =>
  expect(shownOf(town(1, 3, 1))).toEqual([
    [null, null, null],
    [null, null, null],
  ]))
