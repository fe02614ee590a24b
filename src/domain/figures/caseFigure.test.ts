import { describe, expect, test } from 'vitest'
import type { ApplicationAction, ApplicationEvent } from '../application.ts'
import { figureAfter, figureOf, settleClocks, type CaseClock, type CountedCase } from './caseFigure.ts'
import { countChanges, countsOf, ratingCounts, sumCounts } from './counts.ts'

/** Both clocks run out on the 9th; the legal one on the 20th. */
const clock: CaseClock = () => ({ promiseDue: '2026-11-09', legalDue: '2026-11-20' })
const noLimit: CaseClock = () => ({ promiseDue: null, legalDue: null })

const village = { kind: 'officer', id: 'officer-1', role: 'village', regionCode: '420702104212' } as const
const town = { kind: 'officer', id: 'officer-2', role: 'town', regionCode: '420702104' } as const
const filed: ApplicationEvent = { type: 'submitted', online: true, assisted: false, way: 'self' }
const atWindow: ApplicationEvent = {
  type: 'submitted',
  online: false,
  assisted: true,
  way: 'window',
  whyNotOnline: 'noPhone',
}
const granted: ApplicationEvent = { type: 'granted', certificateNumber: 'C-1' }

type Done = [day: string, event: ApplicationEvent, actor?: ApplicationAction['actor']]

const at = (day: string) => Date.parse(`${day}T10:00:00+08:00`)

function caseOf(...done: Done[]): CountedCase {
  return {
    id: 'case-1',
    regionCode: '420702104212',
    residentId: 'resident-1',
    matter: 'birthRegistration',
    receivedAt: at(done[0]?.[0] ?? ''),
    actions: done.map(([day, event, actor = { kind: 'system' }], n) => ({
      applicationId: 'case-1',
      seq: n + 1,
      at: at(day),
      actor,
      event,
    })),
  }
}

const accepted = (day: string, bySilence = false): ApplicationEvent => ({ type: 'accepted', bySilence, asOf: at(day) })
const notice = (exception: boolean): ApplicationEvent => ({
  type: 'supplementRequested',
  noticeNumber: 'N-1',
  due: null,
  exception: exception ? { officerId: 'officer-3', reason: '漏了一页' } : null,
})

const measured = (counted: CountedCase, asOf = '2026-11-30', by = clock) =>
  countsOf(figureOf(counted, by, asOf)).map(({ measure, day, detail, n }) => [measure, day, detail, n])

describe('a case filed online', () => {
  test('counts as received, accepted and decided, each on its own day, and is in time', () => {
    const counted = caseOf(
      ['2026-11-02', filed],
      ['2026-11-03', accepted('2026-11-03'), village],
      ['2026-11-06', granted, town],
    )
    expect(measured(counted)).toEqual([
      ['received', '2026-11-02', '', 1],
      ['accepted', '2026-11-03', '', 1],
      ['decided', '2026-11-06', 'granted', 1],
      ['legalMet', '2026-11-06', '420702104212', 1],
      ['promiseMet', '2026-11-06', '420702104212', 1],
    ])
  })

  test('that was decided without being accepted was accepted by that', () => {
    const counted = caseOf(['2026-11-02', filed], ['2026-11-06', granted, village])
    expect(measured(counted)).toContainEqual(['accepted', '2026-11-06', '', 1])
  })

  test('that nobody answered is accepted as of its receipt, and counted so', () => {
    const counted = caseOf(['2026-11-02', filed], ['2026-11-09', accepted('2026-11-02', true)])
    expect(measured(counted, '2026-11-09')).toEqual([
      ['received', '2026-11-02', '', 1],
      ['accepted', '2026-11-02', '', 1],
      ['bySilence', '2026-11-02', '', 1],
    ])
  })

  test('that was withdrawn before anybody accepted it is in no share', () => {
    const counted = caseOf(['2026-11-02', filed], ['2026-11-03', { type: 'withdrawn', reason: null }])
    expect(measured(counted)).toEqual([['received', '2026-11-02', '', 1]])
  })
})

test('a window case counts with its reason, and with the lack of one', () => {
  const ended: Done[] = [['2026-11-03', accepted('2026-11-03'), village]]
  expect(measured(caseOf(['2026-11-03', atWindow, village], ...ended), '2026-11-04')).toContainEqual([
    ...['notOnline', '2026-11-03', 'noPhone', 1],
  ])
  const unsaid: ApplicationEvent = { type: 'submitted', online: false, assisted: true, way: 'window' }
  expect(measured(caseOf(['2026-11-03', unsaid, village], ...ended), '2026-11-04')).toContainEqual([
    ...['notOnline', '2026-11-03', 'unsaid', 1],
  ])
})

describe('the clocks', () => {
  test('a decision too late missed them on the day after the last one allowed', () => {
    const counted = caseOf(['2026-11-02', filed], ['2026-11-12', granted, village])
    expect(measured(counted)).toContainEqual(['promiseMissed', '2026-11-10', '420702104212', 1])
    expect(measured(counted)).toContainEqual(['legalMet', '2026-11-12', '420702104212', 1])
  })

  test('a decision in time counts on its day, long before the limits end', () => {
    const counted = caseOf(['2026-11-02', filed], ['2026-11-04', granted, village])
    expect(measured(counted, '2026-11-04').map(([measure]) => measure)).toEqual(
      expect.arrayContaining(['legalMet', 'promiseMet']),
    )
  })

  test('a case that nobody decides is missed all the same', () => {
    const counted = caseOf(['2026-11-02', filed])
    expect(measured(counted, '2026-11-09')).toEqual([['received', '2026-11-02', '', 1]])
    expect(measured(counted, '2026-11-10')).toContainEqual(['promiseMissed', '2026-11-10', '', 1])
  })

  test('are the same whether the night noticed a miss or the decision did', () => {
    const before = figureAfter(
      caseOf(['2026-11-02', filed], ['2026-11-03', accepted('2026-11-03'), village]),
      clock,
      null,
    )
    const whole = caseOf(
      ['2026-11-02', filed],
      ['2026-11-03', accepted('2026-11-03'), village],
      ['2026-11-25', granted, village],
    )
    const bySettling = figureAfter(whole, clock, settleClocks(before, '2026-11-21'))
    expect(countsOf(bySettling)).toEqual(countsOf(figureAfter(whole, clock, before)))
  })

  test('do not run while the resident has to bring something, but what was missed before stays missed', () => {
    const waiting = caseOf(['2026-11-02', filed], ['2026-11-04', notice(false), village])
    expect(measured(waiting, '2026-12-30').map(([measure]) => measure)).toEqual(['received', 'noticed'])
    const late = caseOf(['2026-11-02', filed], ['2026-11-11', notice(false), village])
    expect(measured(late, '2026-12-30')).toContainEqual(['promiseMissed', '2026-11-10', '420702104212', 1])
  })

  test('that were frozen in the decision are taken as they stood', () => {
    const frozen: ApplicationEvent = {
      ...{ type: 'granted', certificateNumber: 'C-1' },
      clocks: { promiseDue: '2026-11-05', legalDue: null, provisional: false },
    }
    const counted = caseOf(['2026-11-02', filed], ['2026-11-06', frozen, village])
    const ends = measured(counted).filter(([measure]) => /^(legal|promise)/.test(String(measure)))
    expect(ends).toEqual([['promiseMissed', '2026-11-06', '420702104212', 1]])
  })

  test('without a known limit are in no share', () => {
    const counted = caseOf(['2026-11-02', filed], ['2026-12-12', granted, village])
    expect(measured(counted, '2026-12-30', noLimit).map(([measure]) => measure)).toEqual([
      'received',
      'accepted',
      'decided',
    ])
  })

  test('count once, also when the case is opened again and decided anew', () => {
    const counted = caseOf(
      ['2026-11-02', filed],
      ['2026-11-04', { type: 'refused', reason: '材料不符', remedies: '可以申请复议' }, village],
      ['2026-11-05', { type: 'reopened', reason: '复核' }, town],
      ['2026-11-25', granted, town],
    )
    const counts = measured(counted)
    expect(counts).toContainEqual(['decided', '2026-11-04', 'refused', 1])
    expect(counts).toContainEqual(['promiseMet', '2026-11-04', '420702104212', 1])
    expect(counts).toHaveLength(5)
  })
})

test('a second request stands on the day of the first, with the exception beside it', () => {
  const counted = caseOf(
    ['2026-11-02', filed],
    ['2026-11-03', notice(false), village],
    ['2026-11-04', { type: 'supplemented', materials: [] }],
    ['2026-11-05', notice(true), village],
  )
  expect(measured(counted, '2026-11-05')).toEqual([
    ['received', '2026-11-02', '', 1],
    ['noticed', '2026-11-03', '', 1],
    ['noticedAgain', '2026-11-03', '', 1],
    ['noticeException', '2026-11-03', '', 1],
  ])
})

test('changes added up are the whole: nothing is counted twice and nothing lost', () => {
  const whole = caseOf(
    ['2026-11-02', atWindow, village],
    ['2026-11-03', notice(false), village],
    ['2026-11-04', { type: 'supplemented', materials: [] }],
    ['2026-11-12', accepted('2026-11-12'), village],
    ['2026-11-25', granted, village],
  )
  let before = null
  const added = []
  for (let n = 1; n <= whole.actions.length; n++) {
    const after = figureAfter({ ...whole, actions: whole.actions.slice(0, n) }, clock, before)
    added.push(...countChanges(before, after))
    before = after
  }
  expect(sumCounts(added)).toEqual(sumCounts(countsOf(figureOf(whole, clock, '2026-11-25'))))
})

describe('a case that moved', () => {
  const moved: ApplicationEvent = {
    ...{ type: 'moved', from: '420704108202', to: '420702104212', reason: '搬家', officerId: 'officer-1' },
  }
  const places = (...done: Done[]) => [
    ...new Set(countsOf(figureOf(caseOf(...done), clock, '2026-11-05')).map(({ regionCode }) => regionCode)),
  ]

  test('counts where it was accepted, and before that where it is', () => {
    const acceptance = accepted('2026-11-04')
    expect(places(['2026-11-02', filed], ['2026-11-03', moved])).toEqual(['420702104212'])
    expect(places(['2026-11-02', filed], ['2026-11-03', moved], ['2026-11-04', acceptance])).toEqual(['420702104212'])
    expect(places(['2026-11-02', filed], ['2026-11-04', acceptance], ['2026-11-05', moved])).toEqual(['420704108202'])
  })

  test('has until then the limits of the place that had it', () => {
    const byPlace: CaseClock = ({ regionCode }) => ({
      promiseDue: regionCode === '420704108202' ? '2026-11-03' : '2026-11-09',
      legalDue: null,
    })
    const done: Done[] = [
      ['2026-11-02', filed],
      ['2026-11-04', moved],
    ]
    expect(figureOf(caseOf(...done), byPlace, '2026-11-05').promise).toEqual({ met: false, on: '2026-11-04' })
  })
})

test('a rating stands on the day of the decision, and so does every reason that was chosen for it', () => {
  const figure = figureOf(caseOf(['2026-11-02', filed], ['2026-11-06', granted, village]), clock, '2026-11-30')
  const counted = ratingCounts(figure, { level: 2, reasons: ['waited', 'trips'] }, '2026-12-01')
  expect(counted.map(({ measure, day, detail, n }) => [measure, day, detail, n])).toEqual([
    ['rated', '2026-11-06', '2', 1],
    ['badReason', '2026-11-06', 'waited', 1],
    ['badReason', '2026-11-06', 'trips', 1],
  ])
})

test('a bucket holds nothing that leads to a person', () => {
  const figure = figureOf(caseOf(['2026-11-02', filed], ['2026-11-06', granted, village]), clock, '2026-11-30')
  expect(JSON.stringify(countsOf(figure))).not.toMatch(/case-1|resident-1|officer-1/)
})
