import { describe, expect, test } from 'vitest'
import type { SendFailure, TakenMessage } from '../app/ports.ts'
import { planAfter } from './sendPlan.ts'

const now = Date.parse('2026-11-22T10:00:00+08:00')
const quotaSpent: SendFailure = { name: 'test', retry: 'tomorrow', alert: true, tell: '测试', mayHaveArrived: false }
const taken: TakenMessage = {
  ...{ id: 'a', residentId: 'r', channel: 'wechat-official', sender: 's', replies: [], dedupeKey: 'a' },
  ...{ critical: true, status: 'sending', attempts: 1, notBefore: now, createdAt: now, tried: [] },
}

const moment = { now, chance: 0, quietHours: { from: 21 * 60, to: 8 * 60 } }

describe('after a quota is spent', () => {
  test('an ordinary message waits for the next day', () => {
    const midnight = Date.parse('2026-11-23T00:00:00+08:00')
    expect(planAfter(quotaSpent, taken, moment)).toEqual({ kind: 'retry', notBefore: midnight, repeat: false })
  })

  test('a call for help takes another way', () => {
    expect(planAfter(quotaSpent, { ...taken, purpose: 'distress' }, moment)).toEqual({ kind: 'otherWay' })
  })
})

describe('a platform that takes nothing for a while', () => {
  const throttled: SendFailure = { ...quotaSpent, retry: 'soon' }
  const atNight = Date.parse('2026-11-22T00:00:30+08:00')
  const morning = Date.parse('2026-11-22T08:00:00+08:00')

  test('is tried for four hours', () => {
    expect(planAfter(throttled, taken, moment).kind).toBe('retry')
    const later = { ...moment, now: now + 4 * 3600_000 }
    expect(planAfter(throttled, taken, later)).toEqual({ kind: 'final', status: 'undeliverable' })
  })

  test('has them for an officer, too, who was written to after his hours', () => {
    const urging = { ...taken, critical: false, createdAt: Date.parse('2026-11-20T18:00:00+08:00') }
    expect(planAfter(throttled, urging, { ...moment, now: morning + 1800_000 }).kind).toBe('retry')
  })

  test('has them in the morning, too, for what waited through the night', () => {
    const waited = { ...taken, purpose: 'calendar' as const, createdAt: atNight }
    expect(planAfter(throttled, waited, { ...moment, now: morning }).kind).toBe('retry')
    const noon = { ...moment, now: morning + 4 * 3600_000 }
    expect(planAfter(throttled, waited, noon)).toEqual({ kind: 'final', status: 'undeliverable' })
  })
})
