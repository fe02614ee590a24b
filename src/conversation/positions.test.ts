import { expect, test } from 'vitest'
import { addPositions, positionsOf } from './positions.ts'

test('a person stands in every open session, in the flows that called, and in drafts; formats of before are read', () => {
  const place = (step: string) => ({ flow: 'f', revision: 1, step })
  const stored = {
    format: 1,
    sessions: [{ ...place('inner'), stack: [place('caller')] }, place('q')],
    drafts: [place('q')],
  }
  expect(addPositions(positionsOf(stored))).toEqual([
    { ...place('caller'), count: 1 },
    { ...place('inner'), count: 1 },
    { ...place('q'), count: 2 },
  ])
})
