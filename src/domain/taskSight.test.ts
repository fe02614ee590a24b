import { expect, test } from 'vitest'
import { taskSources } from './task.ts'
import { isCareTask, mayBeNamed } from './taskSight.ts'

test.each(taskSources.filter(source => isCareTask({ source })))(
  'a task of a family in care (%s) is named in no report',
  source => expect(mayBeNamed({ source })).toBe(false),
)

test.each(['helpRequest', 'distress', 'complaint', 'badRating'] as const)('%s is named in no report', source =>
  expect(mayBeNamed({ source })).toBe(false),
)

test('a case is named by its masked line', () => expect(mayBeNamed({ source: 'applicationStep' })).toBe(true))
