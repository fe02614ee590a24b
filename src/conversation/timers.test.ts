import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { outOfQuietHours } from './timers.ts'

const HOUR = 3600_000
const shanghaiHour = (at: number) => new Date(at + 8 * HOUR).getUTCHours()
const anyMoment = fc.integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2036-01-01T00:00:00Z') })

describe('quiet hours', () => {
  test('nothing is pushed between nine in the evening and eight in the morning', () => {
    fc.assert(
      fc.property(anyMoment, at => {
        const hour = shanghaiHour(outOfQuietHours(at))
        expect(hour >= 8 && hour < 21).toBe(true)
      }),
    )
  })
  test('what is due by day is due at that very moment', () => {
    fc.assert(
      fc.property(anyMoment, at => {
        const hour = shanghaiHour(at)
        if (hour >= 8 && hour < 21) expect(outOfQuietHours(at)).toBe(at)
      }),
    )
  })
  test('what waits, waits for the next eight o’clock: never earlier, never more than eleven hours', () => {
    fc.assert(
      fc.property(anyMoment, at => {
        const wait = outOfQuietHours(at) - at
        expect(wait).toBeGreaterThanOrEqual(0)
        expect(wait).toBeLessThanOrEqual(11 * HOUR)
        if (wait > 0) expect(new Date(at + wait + 8 * HOUR).toISOString()).toMatch(/T08:00:00.000Z$/)
      }),
    )
  })
})
