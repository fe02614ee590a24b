import { expect, test } from 'vitest'
import { hideSmallCounts } from './funnel.ts'

test('counts of one to four are hidden, nobody and five are shown', () => {
  const step = {
    flow: 'f',
    revision: 1,
    step: 's',
    entered: 5,
    answered: 4,
    invalid: 1,
    example: 0,
    handedOff: 3,
    left: 12,
  }
  expect(hideSmallCounts(step)).toEqual({ ...step, answered: null, invalid: null, handedOff: null })
})
