import { expect, test } from 'vitest'
import { needCounts, policyEntryOf } from './needs.ts'

const need = { regionCode: '420702104212', on: '2026-11-02', n: 3 }

test('who came for a matter counts under its name, in his place and on that day', () => {
  expect(needCounts({ ...need, topic: { flow: 'childcare-subsidy' } })).toEqual([
    {
      regionCode: '420702104212',
      day: '2026-11-02',
      matter: '',
      way: '',
      measure: 'need',
      detail: 'childcareSubsidy',
      n: 3,
    },
  ])
})

test('a question of policy counts under the answer that was given', () => {
  const [count] = needCounts({ ...need, topic: { entry: 'maternityLeave' } })
  expect(count?.detail).toBe('policy.maternityLeave')
  expect(policyEntryOf(count?.detail ?? '')).toBe('maternityLeave')
  expect(policyEntryOf('childcareSubsidy')).toBeNull()
})

test('what only goes with another matter is no need of its own', () => {
  expect(needCounts({ ...need, topic: { flow: 'service-rating' } })).toEqual([])
})
