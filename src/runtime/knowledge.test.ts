import { expect, test } from 'vitest'
import { ownExamples } from '../conversation/understanding/training.ts'
import { examplesOf } from './knowledge.ts'
import { loadLibrarySources } from './loadLibrary.ts'
import { projectRoot } from './root.ts'

test('the flows of the repository teach the ear nothing at the start, old revisions least of all', () => {
  const known = new Set(ownExamples.map(({ intent, text }) => `${intent} ${text}`))
  const taught = examplesOf(loadLibrarySources(projectRoot).flows)
  expect(taught.length).toBeGreaterThan(10)
  expect(taught.filter(({ intent, text }) => !known.has(`${intent} ${text}`))).toEqual([])
})
