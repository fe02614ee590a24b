import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { taskRulesOf } from './packs/tasks.ts'
import type { Task } from './task.ts'
import { nextTaskLook, taskSteps } from './taskClock.ts'
import { afterTaskEvent } from './taskFold.ts'
import { openTask } from './taskState.ts'
import type { WorkCalendar } from './workingDays.ts'
import { shanghaiTime, type Instant } from './world.ts'

const calendars: WorkCalendar[] = [JSON.parse(readFileSync('regions/calendar/2026.json', 'utf8'))]
const rules = taskRulesOf(undefined)
const at = (text: string) => Date.parse(`2026-${text}:00+08:00`)

const task = (createdAt: Instant, promiseDue: string | null, regionCode = '420702104212'): Task =>
  openTask({
    ...{ id: 't', source: 'applicationStep', applicationId: 'a', summary: '' },
    regionCode,
    createdAt,
    promiseDue,
  })

const inWords = (one: Task) =>
  taskSteps(one, rules, calendars).map(({ at: moment, event }) => {
    const what = event.type === 'reminded' ? event.share : event.type === 'escalated' ? event.to : event.type
    return `${shanghaiTime(moment).slice(5, 16)} ${what}`
  })

describe('the steps of a task', () => {
  test('in a plain week: half, four fifths, and the morning after the due day the town, a working day later the county', () => {
    expect(inWords(task(at('11-23T08:30'), '2026-11-27'))).toEqual([
      '11-25T14:00 0.5',
      '11-27T08:30 0.8',
      '11-30T08:30 town',
      '12-01T08:30 county',
    ])
  })

  test('over National Day nobody is reminded, and the make-up Saturday counts', () => {
    expect(inWords(task(at('09-30T08:30'), '2026-10-10'))).toEqual([
      '10-09T08:30 0.5',
      '10-10T09:54 0.8',
      '10-12T08:30 town',
      '10-13T08:30 county',
    ])
  })

  test('over Spring Festival a task of the eve goes up after the holidays only', () => {
    expect(inWords(task(at('02-14T08:30'), '2026-02-14'))).toEqual([
      '02-14T14:00 0.5',
      '02-14T16:06 0.8',
      '02-24T08:30 town',
      '02-25T08:30 county',
    ])
  })

  test('what begins in a night off is late with the first hour of work', () => {
    const steps = inWords(task(at('11-22T03:00'), '2026-11-22'))
    expect(new Set(steps.slice(0, 3).map(step => step.slice(0, 11)))).toEqual(new Set(['11-23T08:30']))
  })

  test('a task of the town goes to the county, one of the county nowhere, one without a due day has no clock', () => {
    expect(inWords(task(at('11-23T08:30'), '2026-11-27', '420702104')).slice(2)).toEqual(['11-30T08:30 county'])
    expect(inWords(task(at('11-23T08:30'), '2026-11-27', '420702'))).toHaveLength(2)
    expect(inWords(task(at('11-23T08:30'), null))).toEqual([])
  })
})

describe('what the service does next', () => {
  const next = (one: Task, now: Instant) => nextTaskLook(one, now, { rules, calendars })
  const begun = task(at('11-23T08:30'), '2026-11-27')

  test('each step once: doing it makes the next one the next', () => {
    let one = begun
    const done: string[] = []
    for (const now = at('12-02T09:00'); ;) {
      const look = next(one, now)
      if (!look || look.at > now) break
      done.push(look.event.type)
      one = afterTaskEvent(one, { actor: { kind: 'system' }, at: now, event: look.event })
    }
    // Whoever looks only after days does not remind of what is late, but leaves no level out.
    expect(done).toEqual(['escalated', 'escalated'])
    expect(one).toMatchObject({ raisedTo: 'county', clockStage: 4 })
  })

  test('what was missed over a weekend waits for Monday', () => {
    expect(next(task(at('11-18T08:30'), '2026-11-19'), at('11-22T21:00'))).toMatchObject({
      at: at('11-23T08:30'),
      event: { type: 'escalated', to: 'town' },
    })
  })

  test('of two reminders that are due the later one is given', () => {
    expect(next(begun, at('11-27T10:00'))).toMatchObject({ event: { type: 'reminded', share: 0.8 } })
    expect(next(begun, at('11-26T10:00'))).toMatchObject({ event: { type: 'reminded', share: 0.5 } })
  })

  test('a lease and an offer end at their moment', () => {
    const leased = { ...begun, status: 'leased' as const, assigneeId: 'w', leaseUntil: at('11-23T16:30') }
    expect(next(leased, at('11-23T16:30'))).toMatchObject({ at: at('11-23T16:30'), event: { type: 'leaseEnded' } })
    const offered = { ...begun, offer: { to: 'l', from: 'w', until: at('11-24T09:00') } }
    expect(next(offered, at('11-24T09:00'))).toMatchObject({ event: { type: 'transferExpired' } })
  })

  test('an officer who pauses wins no time, days that are moved begin the clock anew', () => {
    expect(next({ ...begun, status: 'paused', assigneeId: 'w' }, at('11-25T14:00'))).toMatchObject({
      at: at('11-25T14:00'),
      event: { type: 'reminded' },
    })
    const moved = afterTaskEvent(begun, {
      ...{ actor: { kind: 'system' as const }, at: at('11-25T08:30') },
      event: { type: 'dueMoved', promiseDue: '2026-12-01', legalDue: null },
    })
    expect(next(moved, at('11-25T08:30'))?.at).toBe(at('11-27T14:00'))
  })

  test('nothing is done with what is over', () => {
    expect(next({ ...begun, status: 'done' }, at('12-02T09:00'))).toBeNull()
  })
})

describe('a cry for help', () => {
  const cry = (createdAt: Instant, regionCode = '420702104212') => ({
    ...task(createdAt, '2026-11-22', regionCode),
    source: 'distress' as const,
  })
  const officer = {
    actor: { kind: 'officer' as const, id: 'o', role: 'village' as const, regionCode: '420702104212' },
  }
  const hopsOf = (one: Task, now: Instant) => {
    const told: string[] = []
    for (let left = one; ;) {
      const look = nextTaskLook(left, now, { rules, calendars })
      if (look?.event.type !== 'escalated') return told
      told.push(`${shanghaiTime(look.at).slice(5, 16)} ${look.event.to}`)
      left = afterTaskEvent(left, { actor: { kind: 'system' }, at: now, event: look.event })
    }
  }
  // A Sunday, half past two in the morning.
  const night = at('11-22T02:30')

  test('goes up within minutes, by night and on a day off: village, town, county', () => {
    expect(hopsOf(cry(night), night)).toEqual(['11-22T02:40 town', '11-22T02:50 county'])
    expect(hopsOf(cry(night, '420702104'), night)).toEqual(['11-22T02:40 county'])
  })

  test('what was missed while nothing ran goes up at once and not in the morning', () => {
    expect(nextTaskLook(cry(night), at('11-22T03:30'), { rules, calendars })?.at).toBe(at('11-22T02:40'))
  })

  test('whoever takes it has an hour to be with the person, and letting go of it calls the town at once', () => {
    const event = { type: 'leased' as const, until: at('11-22T06:30') }
    const held = afterTaskEvent(cry(night), { ...officer, at: at('11-22T02:34'), event })
    expect(hopsOf(held, night)[0]).toBe('11-22T03:30 town')
    const left = afterTaskEvent(held, { ...officer, at: at('11-22T02:50'), event: { type: 'released' } })
    expect(hopsOf(left, at('11-22T02:50'))[0]).toBe('11-22T02:40 town')
  })

  test('what is done goes nowhere any more', () => {
    const done = { ...cry(night), status: 'done' as const }
    expect(nextTaskLook(done, at('11-22T09:00'), { rules, calendars })).toBeNull()
  })
})
