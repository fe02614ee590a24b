import { describe, expect, test } from 'vitest'
import { countDifference } from './counts.ts'
import { complaintCounts, listCounts, needCount, type CountedComplaint } from './otherCounts.ts'

const measures = (counts: { measure: string; n: number }[]) => counts.map(({ measure, n }) => [measure, n])

describe('a complaint', () => {
  const raised: CountedComplaint = {
    ...{ regionCode: '420702104', receivedOn: '2026-11-02', isFirst: true, isSettled: false, end: null },
  }

  test('that was raised first and settled in time counts for all four, each once', () => {
    const settled = { ...raised, isSettled: true, end: { met: true, on: '2026-11-10' } }
    expect(measures(complaintCounts(raised))).toEqual([['complaintFirst', 1]])
    expect(measures(countDifference(complaintCounts(raised), complaintCounts(settled)))).toEqual([
      ['complaintFirstClosed', 1],
      ['complaintDue', 1],
      ['complaintOnTime', 1],
    ])
  })

  test('raised again is in no share of first ones', () => {
    const again = { ...raised, isFirst: false, isSettled: true, end: { met: false, on: '2026-11-10' } }
    expect(measures(complaintCounts(again))).toEqual([['complaintDue', 1]])
  })

  test('that comes up again takes back that it was settled', () => {
    const settled = { ...raised, isSettled: true }
    expect(measures(countDifference(complaintCounts(settled), complaintCounts(raised)))).toEqual([
      ['complaintFirstClosed', -1],
    ])
  })
})

test('a need counts by its kind in its month', () => {
  const need = needCount({ regionCode: '420702104212', kind: 'childcare', on: '2026-11-02' })
  expect(need).toMatchObject({ measure: 'need', detail: 'childcare', day: '2026-11-02', n: 1 })
})

describe('a birth on a list', () => {
  const birth = { line: 2, regionCode: '420702104212', birthDate: '2026-10-01' }

  test('counts as registered and agreeing, and in time only where a limit is known', () => {
    const unknown = listCounts({ ...birth, registered: true, agrees: true, timely: null })
    expect(measures(unknown)).toEqual([
      ['listed', 1],
      ['listedRegistered', 1],
      ['listedAgreeing', 1],
    ])
    const late = listCounts({ ...birth, registered: true, agrees: false, timely: false })
    expect(measures(late)).toEqual([
      ['listed', 1],
      ['listedDue', 1],
      ['listedRegistered', 1],
    ])
  })
})
