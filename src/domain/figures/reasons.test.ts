import { expect, test } from 'vitest'
import type { Sum } from './measured.ts'
import { rankReasons } from './reasons.ts'

const said = (detail: string, month: string, n: number): Sum => ({
  ...{ measure: 'notOnline', matter: 'birthRegistration', way: 'window', place: '' },
  ...{ detail, month, n },
})
const months = ['2026-10', '2026-11']

test('reasons are ranked by how often they were given, with their share and their months', () => {
  const { n, ranked } = rankReasons(
    [
      said('noPhone', '2026-10', 6),
      said('elderly', '2026-10', 8),
      said('elderly', '2026-11', 16),
      said('other', '2026-11', 10),
    ],
    months,
  )
  expect(n).toBe(40)
  expect(ranked.map(({ reason, n, share }) => [reason, n, share])).toEqual([
    ['elderly', 24, 0.6],
    ['other', 10, 0.25],
    ['noPhone', 6, 0.15],
  ])
  expect(ranked[0]?.months).toEqual([
    { month: '2026-10', n: 8 },
    { month: '2026-11', n: 16 },
  ])
})

test('what was given one to four times is hidden, and what would give it away', () => {
  const { ranked } = rankReasons(
    [said('elderly', '2026-11', 20), said('other', '2026-11', 9), said('noPhone', '2026-11', 3)],
    months,
  )
  expect(ranked.map(({ reason, n }) => [reason, n])).toEqual([
    ['elderly', 20],
    ['other', null],
    ['noPhone', null],
  ])
  expect(ranked[2]?.months).toEqual([
    { month: '2026-10', n: 0 },
    { month: '2026-11', n: null },
  ])
})

test('four window cases in all are hidden whatever their reasons', () => {
  expect(rankReasons([said('elderly', '2026-11', 4)], months)).toMatchObject({
    n: null,
    ranked: [{ n: null, share: null }],
  })
  expect(rankReasons([], months)).toEqual({ n: 0, ranked: [] })
})
