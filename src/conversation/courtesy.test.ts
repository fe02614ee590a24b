import { describe, expect, test } from 'vitest'
import { loadKnowledge } from '../runtime/knowledge.ts'
import { lastOf, saidIn } from './testdata/saying.ts'
import type { TurnInput, TurnResult } from './types.ts'

const { library } = loadKnowledge('.')

const last = (...said: string[]) => lastOf(library, said)
const text = (key: string) => library.text('zh-CN', key)
const triesOf = ({ conversation }: TurnResult) => conversation.sessions[0]?.tries

const placeAsked = ['生育登记', '妈妈', '同意', '王小花', '420704199003070024', '13812345678']
const nameAsked = placeAsked.slice(0, 3)

describe.each([
  ['在吗', 'common.here'],
  ['您好', 'common.here'],
  ['等一下', 'common.waiting'],
  ['等我找找', 'common.waiting'],
  ['你是机器人吗？', 'common.who'],
])('“%s” in the middle of a matter', (said, key) => {
  test.each([
    ['a place', placeAsked, 'birth-registration.steps.region.text'],
    ['a name', nameAsked, 'birth-registration.steps.applicantName.text'],
  ])('is answered where %s is asked for, and counts as no bad answer', (_, before, question) => {
    const result = last(...before, said)
    expect(saidIn(result)).toEqual([text(key), text(question)])
    expect(triesOf(result)).toBe(0)
  })
})

test.each(['看不懂', '啥意思', '不会弄', '你说啥', '你问的啥？', '没听清，再说一遍'])(
  '“%s” gets what 帮助 gets',
  said => {
    expect(saidIn(last(...placeAsked, said))).toEqual(saidIn(last(...placeAsked, '帮助')))
    expect(triesOf(last(...placeAsked, said))).toBe(0)
    expect(saidIn(last('你好', said))).toEqual(saidIn(last('你好', '帮助')))
  },
)

test('who does not know an answer hears that this is no harm, and an officer is asked in after three', () => {
  expect(saidIn(last(...placeAsked, '不知道'))[0]).toBe(text('refusal.not-known'))
  const third = last(...placeAsked, '不知道', '记不得了', '不清楚')
  expect(third.effects).toContainEqual(expect.objectContaining({ type: 'handoff', reason: 'tries' }))
})

test('a name that is too short is no number with a figure missing', () => {
  expect(saidIn(last(...nameAsked, '王'))[0]).toBe(text('refusal.not-a-name'))
})

test.each(['这个要多少钱', '收费吗', '办这个要多少钱'])(
  '“%s” in the middle of a matter is told that it is free',
  said => {
    expect(saidIn(last(...placeAsked, said))[0]).toContain('不收费')
  },
)

test('咋办 after a death is no call for the list that begins with births', () => {
  expect(saidIn(last('我女儿没了', '咋办'))).toEqual([text('grief.unknown'), text('grief.offer')])
})

test.each([
  ['at the first word', []],
  ['later on', ['你好']],
])('asked %s whether it is a robot, it says so', (_, before) => {
  expect(saidIn(last(...before, '你是机器人吗'))).toContain(text('common.who'))
})

test.each([
  ['consent', ['生育登记', '妈妈']],
  ['the review', [...placeAsked, '下柯村', '还没出生', '2027年3月15日', '0']],
])('a photo sent where %s is asked for is no bad answer', (_, before) => {
  const result = lastOf(library, [...before, { kind: 'media', mediaId: 'm1', mediaType: 'image' }])
  expect(saidIn(result)[0]).toBe(text('refusal.media'))
  expect(triesOf(result)).toBe(0)
})

test('a matter that an error stopped is tried again by whoever does not want to cancel it', () => {
  const stopped: (string | TurnInput)[] = [
    '告知 1',
    '生育登记',
    '沼山镇下柯村',
    { kind: 'commandResult', result: { outcome: 'notFound', values: {} } },
    '取消',
  ]
  for (const no of ['否', '不取消', '先别取消']) {
    expect(lastOf(library, [...stopped, no]).command?.name).toBe('issueNotice')
  }
})

test('“不取消” to 要取消吗 goes on where one was', () => {
  expect(saidIn(last(...placeAsked, '取消', '不取消'))).toEqual([text('birth-registration.steps.region.text')])
  expect(saidIn(last(...placeAsked, '取消', '取消'))).toContain(text('common.cancelled'))
})
