import { expect, test } from 'vitest'
import { taskSources } from './task.ts'
import { isCareTask, mayBeNamed, placeInTrail } from './taskSight.ts'

test.each(taskSources.filter(source => isCareTask({ source })))(
  'a task of a family in care (%s) is named in no report',
  source => expect(mayBeNamed({ source })).toBe(false),
)

test.each(['helpRequest', 'distress', 'complaint', 'badRating'] as const)('%s is named in no report', source =>
  expect(mayBeNamed({ source })).toBe(false),
)

test('a case is named by its masked line', () => expect(mayBeNamed({ source: 'applicationStep' })).toBe(true))

test.each(['careVisit', 'carePromise', 'careGap', 'complaint'] as const)('the trail of a place shows no %s', source =>
  expect(placeInTrail({ source, regionCode: '420702104212' })).toBeNull(),
)

test('a case stands in the trail of its place', () =>
  expect(placeInTrail({ source: 'applicationStep', regionCode: '420702104212' })).toBe('420702104212'))
