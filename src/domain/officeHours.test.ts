import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addWorkingMs, isOfficeTime, workingMsBetween, type OfficeTime } from './officeHours.ts'
import { taskRulesOf } from './packs/tasks.ts'
import type { WorkCalendar } from './workingDays.ts'

const calendars: WorkCalendar[] = [JSON.parse(readFileSync('regions/calendar/2026.json', 'utf8'))]
const time: OfficeTime = { calendars, windows: taskRulesOf(undefined).windows }
const HOUR = 3_600_000
const at = (text: string) => Date.parse(`2026-${text}:00+08:00`)

test('lunch and the night are no working time', () => {
  expect(workingMsBetween(time, at('11-23T11:00'), at('11-23T15:00'))).toBe(2 * HOUR)
  expect(workingMsBetween(time, at('11-23T16:30'), at('11-24T09:30'))).toBe(2 * HOUR)
})

test('the seven days of National Day hold no working time, the Saturday that makes up for them does', () => {
  expect(workingMsBetween(time, at('09-30T17:30'), at('10-08T08:30'))).toBe(0)
  expect(workingMsBetween(time, at('10-10T00:00'), at('10-11T00:00'))).toBe(7 * HOUR)
})

test('an hour begun before Spring Festival ends after it', () => {
  expect(addWorkingMs(time, at('02-14T17:00'), HOUR)).toBe(at('02-24T09:00'))
})

test('a moment at which the office closes is the next one at which it opens', () => {
  expect(addWorkingMs(time, at('11-23T12:00'), 0)).toBe(at('11-23T14:00'))
  expect(addWorkingMs(time, at('11-27T17:30'), 0)).toBe(at('11-30T08:30'))
})

test('whatever is added lies in office hours and is what lies between', () => {
  const moment = fc.integer({ min: at('01-01T00:00'), max: at('11-30T00:00') })
  fc.assert(
    fc.property(moment, fc.integer({ min: 0, max: 60 * HOUR }), (from, ms) => {
      const to = addWorkingMs(time, from, ms)
      expect(isOfficeTime(time, to)).toBe(true)
      expect(workingMsBetween(time, from, to)).toBe(ms)
    }),
  )
})

test('hours without any time are refused, not looked for without end', () => {
  expect(() => addWorkingMs({ calendars, windows: [] }, at('11-23T09:00'), 1)).toThrow(RangeError)
})
