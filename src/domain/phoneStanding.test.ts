import { describe, expect, test } from 'vitest'
import { phoneCountsTo, phoneStanding } from './phoneStanding.ts'

const rules = { phones: 365, phonesAskAgain: 120 }
const at = (day: string, time = '09:00') => Date.parse(`${day}T${time}:00+08:00`)
const standing = (now: number, more: Partial<Parameters<typeof phoneStanding>[0]> = {}) =>
  phoneStanding({ confirmedAt: at('2026-11-23'), refusedAt: null, speaks: true, ...more }, now, rules)

test('a confirmed phone counts to the end of the day so many days later', () => {
  expect(phoneCountsTo(at('2026-11-23', '00:00'), rules)).toBe('2027-11-23')
  expect(phoneCountsTo(at('2026-11-23', '23:59'), rules)).toBe('2027-11-23')
})

describe('who confirmed his phone', () => {
  test('is left alone at first, and asked again from so many days before it runs out', () => {
    expect(standing(at('2026-11-23', '09:01'))).toBe('confirmed')
    expect(standing(at('2027-07-25', '23:59'))).toBe('confirmed')
    expect(standing(at('2027-07-26', '00:00'))).toBe('longAgo')
    expect(standing(at('2027-11-23', '23:59'))).toBe('longAgo')
  })

  test('is not asked again where no household hangs on it', () => {
    expect(standing(at('2027-11-01'), { speaks: false })).toBe('confirmed')
  })

  test('is not asked again for three months after a no, and asked once more before it runs out', () => {
    const refusedAt = at('2027-07-26')
    expect(standing(at('2027-07-27'), { refusedAt })).toBe('later')
    expect(standing(at('2027-10-25'), { refusedAt })).toBe('longAgo')
  })

  test('has taken back a no of former times by it', () => {
    expect(standing(at('2026-11-24'), { refusedAt: at('2026-11-01') })).toBe('confirmed')
    expect(standing(at('2027-07-26'), { refusedAt: at('2026-11-01') })).toBe('longAgo')
  })
})

test('who confirmed none is asked, but not for three months after a no', () => {
  const none = { confirmedAt: null, speaks: false }
  const refusedAt = at('2026-11-23')
  expect(standing(at('2026-11-23'), none)).toBe('ask')
  expect(standing(at('2027-02-21', '08:59'), { ...none, refusedAt })).toBe('later')
  expect(standing(at('2027-02-21', '09:00'), { ...none, refusedAt })).toBe('ask')
})
