import { describe, expect, test } from 'vitest'
import { loadKnowledge } from '../runtime/knowledge.ts'
import { lastOf, saidIn } from './testdata/saying.ts'
import type { TurnResult } from './types.ts'

const { library } = loadKnowledge('.')

const last = (...said: string[]) => lastOf(library, said)
const text = (key: string) => library.text('zh-CN', key)
const triesOf = ({ conversation }: TurnResult) => conversation.sessions[0]?.tries

const phoneAsked = ['生育登记', '妈妈', '同意', '王小花', '420704199003070024']
const placeAsked = [...phoneAsked, '13812345678']

describe.each([
  '能发语音吗',
  '可以说话吗？',
  '能不能打字',
  '我发语音行不',
  '不打字可以吗',
  '我不会打字怎么办',
  '可以发语音不',
])('“%s” is told how to speak', said => {
  test('at the front desk, without calling anybody', () => {
    const result = last('你好', said)
    expect(saidIn(result)).toEqual([text('common.voice')])
    expect(result.effects).toEqual([])
  })
  test.each([
    ['a choice', placeAsked.slice(0, 1)],
    ['consent', placeAsked.slice(0, 2)],
    ['a name', placeAsked.slice(0, 3)],
    ['a phone', phoneAsked],
    ['a place', placeAsked],
  ])('where %s is asked for, and the question comes again', (_, before) => {
    const result = last(...before, said)
    expect(saidIn(result)[0]).toBe(text('common.voice'))
    expect(result.replies).toHaveLength(2)
    expect(result.state.step).toBe(last(...before).state.step)
    expect(triesOf(result)).toBe(0)
  })
  test('while an officer is on his way', () => {
    expect(saidIn(last(...placeAsked, '人工', said))).toEqual([text('common.voice'), text('common.stillHandedOff')])
  })
})

test.each(['找人说说话', '我想找个人说话', '没人跟我说话', '窗口的人说话难听'])('“%s” asks for no such thing', said =>
  expect(saidIn(last('你好', said))).not.toContain(text('common.voice')),
)

describe.each(['没有手机', '我没有手机号', '我没手机', '家里没电话', '俺没得手机咋办', '没有'])('“%s”', said => {
  test('where a phone is asked for is told whose number helps, and asks for nothing else', () => {
    const result = last(...phoneAsked, said)
    expect(saidIn(result)).toEqual([text('refusal.no-phone'), text('birth-registration.steps.phone.text')])
    expect(result.conversation.queue).toEqual([])
  })
})

test('who has nobody with a phone gets an officer after the third time', () => {
  const third = last(...phoneAsked, '没有手机', '家里没电话', '都没有')
  expect(third.effects).toContainEqual(expect.objectContaining({ type: 'handoff', reason: 'tries' }))
})
