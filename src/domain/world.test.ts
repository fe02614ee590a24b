import { expect, test } from 'vitest'
import { addDays, isRealDay } from './world.ts'

test('a day is real when the calendar of the machine has it', () => {
  for (const year of ['0000', '1800', '1900', '1999', '2000', '2024', '2026', '2100', '9999']) {
    for (let month = 0; month <= 13; month++) {
      for (let date = 0; date <= 32; date++) {
        const day = [year, String(month).padStart(2, '0'), String(date).padStart(2, '0')].join('-')
        const at = Date.parse(`${day}T00:00:00Z`)
        expect(isRealDay(day), day).toBe(!Number.isNaN(at) && addDays(day, 0) === day)
      }
    }
  }
})

test.each(['', '2026-1-1', '2026-01-01 ', '2026-01-01\n', '+02026-01-01', '２０２６-01-01', '2026/01/01', '20260101'])(
  '%j is no day',
  day => {
    expect(isRealDay(day)).toBe(false)
  },
)
