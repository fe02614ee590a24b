import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shanghaiDate, shanghaiTime, startOfDay } from '../world.ts'
import { decideMessage, endOfQuiet, mayLeave, type Standing } from './decideMessage.ts'
import type { MessageRules } from './messageRules.ts'
import { mannersOf, messagePurposes, type MessagePurpose } from './purpose.ts'

const rules: MessageRules = {
  quietHours: { from: 21 * 60, to: 8 * 60 },
  awakeMinutes: 30,
  caps: [
    { days: 1, most: 1 },
    { days: 7, most: 2 },
    { days: 30, most: 4 },
  ],
  coolDownDays: { answer: 0, case: 0, survey: 30, calendar: 1, care: 3, distress: 0 },
  expiryHours: { answer: 48, case: null, survey: 168, calendar: 168, care: 72, distress: null },
}
const morning = Date.parse('2026-11-23T09:00:00+08:00')
const night = Date.parse('2026-11-23T22:30:00+08:00')
const free: Standing = { muted: false, optedOut: [], reachable: true, planned: [] }
const decide = (
  purpose: MessagePurpose,
  standing: Partial<Standing> = {},
  now = morning,
  expiresAt: number | null = null,
) => decideMessage({ purpose, expiresAt }, { ...free, ...standing }, { rules, now })

const DAY = 86_400_000
const someTime = fc.integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2027-12-31T00:00:00Z') })
const somePurpose = fc.constantFrom(...messagePurposes)

describe('the quiet hours', () => {
  test('a survey at half past ten in the evening waits for eight in the morning', () => {
    const verdict = decide('survey', {}, night)
    expect(verdict.kind === 'send' && shanghaiTime(verdict.notBefore)).toBe('2026-11-24T08:00:00+08:00')
  })

  test('distress and answers wait for nothing', () => {
    expect(decide('distress', {}, night)).toMatchObject({ kind: 'send', notBefore: night })
    expect(decide('answer', {}, night)).toMatchObject({ kind: 'send', notBefore: night })
  })

  test('nine in the evening is quiet, eight in the morning is not', () => {
    expect(endOfQuiet(rules.quietHours, Date.parse('2026-11-23T20:59:59+08:00'))).toBe(
      Date.parse('2026-11-23T20:59:59+08:00'),
    )
    expect(endOfQuiet(rules.quietHours, Date.parse('2026-11-23T21:00:00+08:00'))).toBe(
      Date.parse('2026-11-24T08:00:00+08:00'),
    )
    const eight = Date.parse('2026-11-24T08:00:00+08:00')
    expect(endOfQuiet(rules.quietHours, eight)).toBe(eight)
  })

  test('whatever they are, no message that keeps them leaves within', () => {
    const minute = fc.integer({ min: 0, max: 1439 })
    fc.assert(
      fc.property(somePurpose, someTime, minute, minute, (purpose, now, from, to) => {
        const verdict = decideMessage({ purpose, expiresAt: null }, free, {
          rules: { ...rules, quietHours: { from, to } },
          now,
        })
        if (verdict.kind !== 'send' || !mannersOf[purpose].keepsQuietHours) return
        const at = (verdict.notBefore - startOfDay(shanghaiDate(verdict.notBefore))) / 60_000
        expect(from <= to ? at >= from && at < to : at >= from || at < to).toBe(false)
        expect(verdict.notBefore).toBeGreaterThanOrEqual(now)
        expect(verdict.notBefore - now).toBeLessThanOrEqual(DAY)
      }),
    )
  })
})

describe('the expiry', () => {
  test('a message that would be too late in the morning is not sent', () => {
    expect(decide('care', {}, night, night + 3600_000)).toEqual({ kind: 'notSent', reason: 'expired' })
  })

  test('no message leaves at or past its expiry, neither at once nor after waiting', () => {
    fc.assert(
      fc.property(somePurpose, someTime, fc.integer({ min: -DAY, max: 3 * DAY }), (purpose, now, life) => {
        const expiresAt = now + life
        const verdict = decideMessage({ purpose, expiresAt }, free, { rules, now })
        if (verdict.kind === 'send') expect(verdict.notBefore).toBeLessThan(expiresAt)
        const later = mayLeave({ purpose, expiresAt }, rules.quietHours, now)
        if (later.kind === 'now') expect(now).toBeLessThan(expiresAt)
        if (later.kind === 'wait') expect(later.until).toBeLessThan(expiresAt)
      }),
    )
  })
})

describe('what people decided', () => {
  test('the muted get nothing of the service, but their answers and help', () => {
    expect(messagePurposes.filter(purpose => decide(purpose, { muted: true }).kind === 'send')).toEqual([
      'answer',
      'distress',
    ])
  })

  test('what was refused is not sent, and what the service owes cannot be refused', () => {
    const optedOut = [...messagePurposes]
    expect(messagePurposes.filter(purpose => decide(purpose, { optedOut }).kind === 'send')).toEqual([
      'answer',
      'case',
      'distress',
    ])
  })

  test('a mute is named before a refusal, and both before a missing address', () => {
    const all = { muted: true, optedOut: ['survey' as const], reachable: false }
    expect(decide('survey', all)).toEqual({ kind: 'notSent', reason: 'muted' })
    expect(decide('survey', { ...all, muted: false })).toEqual({ kind: 'notSent', reason: 'optedOut' })
    expect(decide('survey', { reachable: false })).toEqual({ kind: 'notSent', reason: 'noAddress' })
  })
})

describe('caps and cool-down', () => {
  test('a second message on one day is one too many, and tomorrow it is not', () => {
    const planned = [{ purpose: 'calendar' as const, at: morning }]
    expect(decide('care', { planned }, morning + 3600_000)).toEqual({ kind: 'notSent', reason: 'capped' })
    expect(decide('care', { planned }, morning + DAY).kind).toBe('send')
  })

  test('nobody is asked twice within thirty days', () => {
    const planned = [{ purpose: 'survey' as const, at: morning }]
    expect(decide('survey', { planned }, morning + 29 * DAY)).toEqual({ kind: 'notSent', reason: 'coolDown' })
    expect(decide('survey', { planned }, morning + 30 * DAY).kind).toBe('send')
  })

  test('word about a case is never held by them', () => {
    const planned = Array.from({ length: 50 }, () => ({ purpose: 'survey' as const, at: morning }))
    for (const purpose of ['answer', 'case', 'distress'] as const)
      expect(decide(purpose, { planned }).kind).toBe('send')
  })

  test('they hold in whatever order messages are asked for', () => {
    const asked = fc.array(fc.record({ purpose: somePurpose, at: someTime }), { maxLength: 60 })
    fc.assert(
      fc.property(asked, messages => {
        const planned: { purpose: MessagePurpose; at: number }[] = []
        for (const { purpose, at } of messages) {
          // Squeezed into some weeks, or nothing would ever meet.
          const now = morning + (at % (45 * DAY))
          const verdict = decideMessage({ purpose, expiresAt: null }, { ...free, planned }, { rules, now })
          if (verdict.kind === 'send' && mannersOf[purpose].isCapped) planned.push({ purpose, at: verdict.notBefore })
        }
        for (const { days, most } of rules.caps) {
          for (const first of planned) {
            const start = startOfDay(shanghaiDate(first.at))
            const within = planned.filter(one => one.at >= start && one.at < start + days * DAY)
            expect(within.length).toBeLessThanOrEqual(most)
          }
        }
        for (const one of planned) {
          const near = planned.filter(
            other =>
              other !== one &&
              other.purpose === one.purpose &&
              Math.abs(other.at - one.at) < rules.coolDownDays[one.purpose] * DAY,
          )
          expect(near).toEqual([])
        }
      }),
    )
  })
})
