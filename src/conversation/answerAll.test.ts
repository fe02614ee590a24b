import { expect, test } from 'vitest'
import { loadKnowledge } from '../runtime/knowledge.ts'
import { lastOf } from './testdata/saying.ts'

const { library } = loadKnowledge('.')

const nameAsked = ['生育登记', '妈妈', '同意']
const last = (...said: string[]) => lastOf(library, [...nameAsked, ...said])

test.each([
  ['李小红，420704199003070024', 'phone'],
  ['李小红420704199003070024', 'phone'],
  ['我叫李小红，身份证420704199003070024', 'phone'],
  ['李小红 420704199003070024 13800000000', 'region'],
  ['李小红，420704199003070024，13800000000，沼山镇下柯村', 'stage'],
])('“%s”, where the name is asked for, answers all of it', (said, step) => {
  const result = last(said)
  expect(result.state.step).toBe(step)
  expect(result.conversation.sessions[0]?.slots).toMatchObject({
    applicantName: '李小红',
    applicantId: '420704199003070024',
  })
  expect(result.replies.filter(({ input }) => input)).toHaveLength(1)
})

test('a phone and a place in one message are both taken', () => {
  const result = last('李小红', '420704199003070024', '13800000000，沼山镇下柯村')
  expect(result.state.step).toBe('stage')
})

test.each([
  ['戴 小云', 'applicantId'],
  ['买买提·艾力', 'applicantId'],
])('“%s” is one name', (said, step) => expect(last(said).state.step).toBe(step))

test('a number with a slip is asked for again, and the name stays', () => {
  const result = last('李小红，420704199003070025')
  expect(result.state.step).toBe('applicantId')
  expect(result.conversation.sessions[0]?.tries).toBe(0)
})

test('a phone with spaces in it is one phone', () =>
  expect(last('李小红', '420704199003070024', '138 0000 0000').state.step).toBe('region'))
