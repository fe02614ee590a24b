import { expect, test } from 'vitest'
import { answersOf } from './places.ts'
import type { Place, Session } from './types.ts'

const place = (flow: string, slots: Place['slots']): Place => ({ flow, revision: 1, step: 's', slots, path: [] })
const session = (inner: Place, stack?: Place[]): Session => ({
  ...inner,
  ...{ id: 's1', visit: 1, tries: 0, turnId: 't', status: 'waiting' },
  ...(stack ? { stack } : {}),
})

test('the officer sees what was said before the question led into another flow', () => {
  const asked = session(place('address', { village: '下柯村' }), [
    place('registration', { applicantName: '李小红', phone: '13800000000' }),
    place('household', { members: 3 }),
  ])
  expect(answersOf(asked)).toEqual({
    applicantName: '李小红',
    phone: '13800000000',
    members: 3,
    village: '下柯村',
  })
})

test('of two answers by one name that of the case itself counts', () => {
  const asked = session(place('address', { name: '三组' }), [place('registration', { name: '李小红' })])
  expect(answersOf(asked)).toEqual({ name: '李小红' })
})

test('a flow that nobody called has its own answers', () => {
  expect(answersOf(session(place('registration', { name: '李小红' })))).toEqual({ name: '李小红' })
})
