import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRateLimits, limitTable } from './rateLimits.ts'

const { calls, windowMs } = limitTable.certificate

test('so many calls and not one more, for each caller by himself', () => {
  const limits = createRateLimits()
  for (let n = 0; n < calls; n++) expect(limits('certificate', 'a', 0)).toBe(true)
  expect(limits('certificate', 'a', 0)).toBe(false)
  expect(limits('certificate', 'b', 0)).toBe(true)
  expect(limits('guest', 'a', 0)).toBe(true)
})

test('after two windows of quiet everything is forgotten', () => {
  const limits = createRateLimits()
  for (let n = 0; n <= calls; n++) limits('certificate', 'a', 0)
  expect(limits('certificate', 'a', 2 * windowMs)).toBe(true)
})

test('never lets through twice the number in any one window', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(windowMs / 5), { maxLength: 200 }), gaps => {
      const limits = createRateLimits()
      let at = 0
      const passed = gaps.flatMap(gap => (limits('certificate', 'a', (at += gap)) ? [at] : []))
      for (const start of passed) {
        expect(passed.filter(time => time >= start && time < start + windowMs).length).toBeLessThan(2 * calls)
      }
    }),
  )
})

test('a flood of callers is forgotten from the oldest on', () => {
  const limits = createRateLimits()
  for (let n = 0; n < calls; n++) limits('certificate', 'first', 0)
  for (let n = 0; n < 60_000; n++) limits('certificate', `caller-${n}`, 0)
  expect(limits('certificate', 'first', 0)).toBe(true)
})
