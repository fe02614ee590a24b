import fc from 'fast-check'
import { expect, test } from 'vitest'
import { afterCall, closedBreaker, mayCall, type Breaker } from './breaker.ts'

const rules = { failures: 3, firstRestMs: 1000, longestRestMs: 8000, probeMs: 500 }
const failing = (breaker: Breaker, times: number, now = 0) =>
  Array.from({ length: times }).reduce<Breaker>(one => afterCall(one, rules, false, now), breaker)

test('three failures in a row open it, an answer in between begins the count anew', () => {
  expect(failing(closedBreaker, 2)).toEqual({ state: 'closed', failures: 2 })
  expect(failing(afterCall(failing(closedBreaker, 2), rules, true, 0), 2).state).toBe('closed')
  expect(failing(closedBreaker, 3)).toEqual({ state: 'open', until: 1000, times: 1 })
})

test('an open one lets nobody through until its rest is over, then one', () => {
  const open = failing(closedBreaker, 3)
  expect(mayCall(open, rules, 999)).toEqual({ may: false, until: 1000 })
  const probe = mayCall(open, rules, 1000)
  if (!probe.may) throw new Error('no probe')
  expect(probe.breaker).toEqual({ state: 'halfOpen', probeUntil: 1500, times: 1 })
  expect(mayCall(probe.breaker, rules, 1001)).toEqual({ may: false, until: 1500 })
})

test('the probe closes it, or makes it rest twice as long', () => {
  const half: Breaker = { state: 'halfOpen', probeUntil: 1500, times: 1 }
  expect(afterCall(half, rules, true, 1100)).toEqual(closedBreaker)
  expect(afterCall(half, rules, false, 1100)).toEqual({ state: 'open', until: 3100, times: 2 })
})

test('a probe that is never heard of again does not close the way for ever', () => {
  const half: Breaker = { state: 'halfOpen', probeUntil: 1500, times: 1 }
  expect(mayCall(half, rules, 1500).may).toBe(true)
})

test('calls that come back after it opened change nothing', () => {
  const open = failing(closedBreaker, 3)
  expect(afterCall(open, rules, true, 10)).toEqual(open)
  expect(afterCall(open, rules, false, 10)).toEqual(open)
})

test('whatever happens, it never rests longer than the longest rest, and never more than one call goes while half open', () => {
  const step = fc.record({ wait: fc.nat(3000), ok: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), steps => {
      let breaker: Breaker = closedBreaker
      let now = 0
      for (const { wait, ok } of steps) {
        now += wait
        const asked = mayCall(breaker, rules, now)
        if (!asked.may) {
          expect(asked.until - now).toBeLessThanOrEqual(rules.longestRestMs)
          continue
        }
        if (asked.breaker.state === 'halfOpen') expect(mayCall(asked.breaker, rules, now).may).toBe(false)
        breaker = afterCall(asked.breaker, rules, ok, now)
      }
    }),
  )
})
