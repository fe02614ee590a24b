import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { ApplicationAction, ApplicationEvent } from './application.ts'
import { nextLook } from './nextLook.ts'
import * as e from './testdata/applicationLogs.ts'
import type { WorkCalendar } from './workingDays.ts'
import { shanghaiTime, type LocalDate } from './world.ts'

const calendars: WorkCalendar[] = [2025, 2026].map(year =>
  JSON.parse(readFileSync(`regions/calendar/${year}.json`, 'utf8')),
)
const rules = { silenceDays: 5, closingHour: 18, remindDays: 3, archiveDays: 30 }

const on = (...days: [LocalDate, ApplicationEvent][]): ApplicationAction[] =>
  e.log(...days.map(([, event]) => event)).map((action, n) => ({
    ...action,
    at: Date.parse(`${days[n]?.[0] ?? ''}T22:30:00+08:00`),
  }))
const look = (...days: [LocalDate, ApplicationEvent][]) => {
  const next = nextLook(on(...days), rules, calendars)
  return next && `${next.what} ${shanghaiTime(next.at)}`
}

describe('acceptance by silence', () => {
  test.each([
    ['an ordinary week', '2026-11-23', '2026-11-30'],
    ['received on a Sunday', '2026-11-22', '2026-11-27'],
    ['over the week of the National Day', '2026-09-29', '2026-10-12'],
    ['with a make-up Saturday before Spring Festival', '2026-02-09', '2026-02-14'],
    ['over Spring Festival', '2026-02-12', '2026-02-26'],
  ])('%s', (_name, received, day) => {
    expect(look([received, e.submitted])).toBe(`acceptBySilence ${day}T18:00:00+08:00`)
  })

  test('a notice in time stops it, and the supplement begins it anew', () => {
    expect(look(['2026-11-23', e.submitted], ['2026-11-25', e.requested])).not.toContain('Silence')
    expect(look(['2026-11-23', e.submitted], ['2026-11-25', e.requested], ['2026-12-02', e.supplemented])).toBe(
      'acceptBySilence 2026-12-09T18:00:00+08:00',
    )
  })

  test('who is accepted, in review or granted needs none', () => {
    expect(look(['2026-11-23', e.submitted], ['2026-11-24', e.accepted])).toBeNull()
    expect(look(['2026-11-23', e.submitted], ['2026-11-24', e.granted])).toBeNull()
  })
})

describe('a supplement that is to come by 7 December', () => {
  const after = (...events: ApplicationEvent[]) =>
    look(
      ['2026-11-23', e.submitted],
      ['2026-11-25', e.requested],
      ...events.map((event): [LocalDate, ApplicationEvent] => ['2026-12-04', event]),
    )

  test('is reminded of once, in the morning three days before', () => {
    expect(after()).toBe('remindSupplement 2026-12-04T09:00:00+08:00')
  })

  test('is told to an officer when its day is over, and then no more', () => {
    expect(after(e.reminded)).toBe('lapseSupplement 2026-12-08T00:00:00+08:00')
    expect(after(e.reminded, e.lapsed)).toBeNull()
  })

  test('is not reminded of when the notice came later than the reminder would', () => {
    expect(look(['2026-11-23', e.submitted], ['2026-12-05', e.requested])).toBe(
      'lapseSupplement 2026-12-08T00:00:00+08:00',
    )
  })

  test('begins anew with a corrected notice, and ends when the papers come', () => {
    const again: ApplicationEvent = { ...e.requestedAgain, due: '2026-12-20' }
    expect(after(e.reminded, again)).toBe('remindSupplement 2026-12-17T09:00:00+08:00')
    expect(after(e.supplemented)).toContain('acceptBySilence')
  })
})

describe('the archive', () => {
  test('takes what is over after its days', () => {
    expect(look(['2026-11-01', e.submitted], ['2026-11-02', e.granted], ['2026-11-03', e.delivered])).toBe(
      'archive 2026-12-03T00:00:00+08:00',
    )
    expect(look(['2026-11-01', e.submitted], ['2026-11-02', e.withdrawn])).toBe('archive 2026-12-02T00:00:00+08:00')
  })

  test('takes a revoked certificate that nobody fetched, and no valid one', () => {
    expect(look(['2026-11-01', e.submitted], ['2026-11-02', e.granted])).toBeNull()
    expect(look(['2026-11-01', e.submitted], ['2026-11-02', e.granted], ['2026-11-03', e.revoked])).toBe(
      'archive 2026-12-03T00:00:00+08:00',
    )
  })

  test('waits for a commitment that is not mended', () => {
    expect(
      look(
        ['2026-11-01', e.submitted],
        ['2026-11-01', e.promised],
        ['2026-11-02', e.refused],
        ['2026-11-03', e.broken],
      ),
    ).toBeNull()
  })
})
