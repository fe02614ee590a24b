import { expect, test } from 'vitest'
import type { Task } from '../api/officerApi.ts'
import { createAhead, type AheadParts } from './ahead.ts'

const task = (id: string, more: Partial<Task> = {}): Task => ({
  ...{
    id,
    source: 'applicationStep',
    summary: '',
    status: 'open',
    fence: 1,
    assigneeName: null,
    firstReceiverName: null,
  },
  ...{ leaseUntil: null, promiseDue: null, legalDue: null, dueProvisional: false, createdAt: '', closedAt: null },
  ...{
    overdue: false,
    place: '',
    regionCode: '',
    family: null,
    offer: null,
    applicationId: null,
    allowedActions: ['lease'],
    ...more,
  },
})

function fetching(more: Partial<AheadParts> = {}, body = '{}') {
  const asked: string[] = []
  const run = createAhead({
    send: async ({ path }) => {
      asked.push(path)
      return { status: 200, body }
    },
    paths: ({ id }) => [`/task/${id}`, `/case/${id}`],
    fresh: () => false,
    busy: () => false,
    ...more,
  })
  return { asked, run }
}

test('what the officer holds comes first, the rest in the order of the list', async () => {
  const { asked, run } = fetching()
  await run([task('a'), task('b', { allowedActions: ['pause'] })])
  expect(asked).toEqual(['/task/b', '/case/b', '/task/a', '/case/a'])
})

test('what is there as it is now is not fetched again', async () => {
  const { asked, run } = fetching({ fresh: ({ id }) => id === 'a' })
  await run([task('a'), task('b')])
  expect(asked).toEqual(['/task/b', '/case/b'])
})

test('no more than a day’s round, and no more than its share of what a phone keeps', async () => {
  const many = Array.from({ length: 50 }, (_, n) => task(`t${n}`))
  const few = fetching()
  await few.run(many)
  expect(few.asked).toHaveLength(40)
  const large = fetching({}, 'x'.repeat(200_000))
  await large.run(many)
  expect(large.asked).toHaveLength(3)
})

test('it ends when the line is gone, when the officer does something himself, and when a newer list is there', async () => {
  const dead = fetching({ send: async () => Promise.reject(new Error('no answer')) })
  await dead.run([task('a'), task('b')])
  expect(dead.asked).toEqual([])
  const busy = fetching({ busy: () => true })
  await busy.run([task('a')])
  expect(busy.asked).toEqual([])
  const { asked, run } = fetching()
  await Promise.all([run([task('a'), task('b')]), run([task('c')])])
  expect(asked).toEqual(['/task/a', '/task/c', '/case/c'])
})
