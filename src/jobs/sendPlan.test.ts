import { describe, expect, test } from 'vitest'
import type { SendFailure, TakenMessage } from '../app/ports.ts'
import { planAfter } from './sendPlan.ts'

const now = Date.parse('2026-11-22T10:00:00+08:00')
const quotaSpent: SendFailure = { name: 'test', retry: 'tomorrow', alert: true, tell: '测试', mayHaveArrived: false }
const taken: TakenMessage = {
  ...{ id: 'a', residentId: 'r', channel: 'wechat-official', sender: 's', replies: [], dedupeKey: 'a' },
  ...{ critical: true, status: 'sending', attempts: 1, notBefore: now, createdAt: now, tried: [] },
}

describe('after a quota is spent', () => {
  test('an ordinary message waits for the next day', () => {
    const midnight = Date.parse('2026-11-23T00:00:00+08:00')
    expect(planAfter(quotaSpent, taken, now, 0)).toEqual({ kind: 'retry', notBefore: midnight, repeat: false })
  })

  test('a call for help takes another way', () => {
    expect(planAfter(quotaSpent, { ...taken, purpose: 'distress' }, now, 0)).toEqual({ kind: 'otherWay' })
  })
})
