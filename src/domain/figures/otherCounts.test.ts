import { describe, expect, test } from 'vitest'
import { listCounts } from './otherCounts.ts'

const measures = (counts: { measure: string; n: number }[]) => counts.map(({ measure, n }) => [measure, n])

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
