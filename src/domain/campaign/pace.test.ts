import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { endOfQuiet } from '../message/decideMessage.ts'
import { batchOf, inTime, restAfter } from './pace.ts'

const night = { from: 21 * 60, to: 8 * 60 }
const at = (text: string) => Date.parse(`${text}+08:00`)
const HOUR_MS = 3_600_000

/** Of sixty a minute ten leave at once, then it rests ten seconds, and at most two more until the service looks again. */
const A_DAY = Math.floor((13 * HOUR_MS) / 12_000) * 10

describe('how many households are asked before the end', () => {
  const of = (opensAt: string, closesAt: string, now = opensAt) =>
    inTime({ opensAt: at(opensAt), closesAt: at(closesAt), pacePerMinute: 60 }, night, at(now))

  test('a day has thirteen hours, whichever hour it begins at', () => {
    expect(of('2026-11-23T08:00', '2026-11-23T21:00')).toBe(A_DAY)
    expect(of('2026-11-23T00:00', '2026-11-24T00:00')).toBe(A_DAY)
    expect(of('2026-11-23T15:30', '2026-11-24T15:30')).toBe(A_DAY)
  })

  test('in the night nobody is asked', () => {
    expect(of('2026-11-23T21:00', '2026-11-24T08:00')).toBe(0)
    expect(of('2026-11-23T20:00', '2026-11-24T09:00')).toBe(Math.floor((2 * HOUR_MS) / 12_000) * 10)
  })

  test('what has passed of its time is gone', () => {
    expect(of('2026-11-23T08:00', '2026-11-24T21:00', '2026-11-23T23:00')).toBe(A_DAY)
    expect(of('2026-11-23T08:00', '2026-11-24T21:00', '2026-12-01T00:00')).toBe(0)
  })

  test('fourteen days at one a minute are not enough for a town of fifteen thousand', () => {
    const manner = { opensAt: at('2026-11-23T09:00'), closesAt: at('2026-12-07T09:00'), pacePerMinute: 1 }
    expect(inTime(manner, night, manner.opensAt)).toBeLessThan(14 * 13 * 60 + 1)
    expect(inTime(manner, night, manner.opensAt)).toBeGreaterThan(10_000)
  })
})

test('no more is told than batch after batch would come to, whatever the hours and the pace', () => {
  const minute = fc.integer({ min: 0, max: 1439 })
  const start = at('2026-11-23T00:00')
  const span = fc.integer({ min: 0, max: 3 * 24 * 60 })
  fc.assert(
    fc.property(
      minute,
      minute,
      span,
      span,
      fc.integer({ min: 1, max: 3000 }),
      (from, to, opens, lasts, pacePerMinute) => {
        const opensAt = start + opens * 60_000
        const manner = { opensAt, closesAt: opensAt + lasts * 60_000, pacePerMinute }
        const quiet = { from, to }
        let asked = 0
        let now = endOfQuiet(quiet, opensAt)
        while (now < manner.closesAt) {
          asked += batchOf(manner)
          now = endOfQuiet(quiet, now + restAfter(manner, batchOf(manner)) + 2_000)
        }
        const told = inTime(manner, quiet, opensAt)
        expect(told).toBeLessThanOrEqual(asked)
        // Each morning and the end may cost a batch.
        expect(asked - told).toBeLessThanOrEqual(6 * batchOf(manner))
      },
    ),
    { numRuns: 40 },
  )
})
