import { expect, test } from 'vitest'
import { loadKnowledge } from '../runtime/knowledge.ts'
import { lastOf, saidIn } from './testdata/saying.ts'
import type { TurnInput } from './types.ts'

const { library } = loadKnowledge('.')
const BIRTHS: TurnInput = { kind: 'choice', key: 'desk/start:birth-registration' }

const last = (...given: (string | TurnInput)[]) => lastOf(library, given)
const text = (key: string, values = {}) => library.text('zh-CN', key, values)
const filled = ['生育登记', '妈妈', '同意', '王小花']
const another = text('common.another', { current: '生育登记', other: '生育登记' })

test('菜单 in the middle of a matter shows the menu, keeps what is filled in and says how to come back', () => {
  const result = last(...filled, '菜单')
  expect(saidIn(result)).toEqual([
    text('common.stillOpen', { count: '1', title: '生育登记（王小花）' }),
    text('desk.menu'),
  ])
  expect(last(...filled, '菜单', '继续').state.step).toBe('applicantId')
  expect(last(...filled, '菜单', '3').state.flow).toBe('certificate-reissue')
})

test.each([
  ['pressed again in the menu', [...filled, BIRTHS]],
  ['pressed after the menu was asked for', [...filled, '菜单', BIRTHS]],
  ['named by its number there', [...filled, '菜单', '1']],
  ['named by its word there', [...filled, '菜单', '生育登记']],
])('a matter that lies half filled in, %s, is no second one unless that is wanted', (_, given) => {
  const asked = last(...given)
  expect(saidIn(asked)).toEqual([another])
  expect(asked.conversation.sessions).toHaveLength(1)
  expect(last(...given, '接着填').state.step).toBe('applicantId')
  expect(last(...given, '另办一件').conversation.sessions).toHaveLength(2)
})

test.each(['改第2项', '上一步', '填错了', '取消'])(
  '“%s” where nothing is open tells how to change what was handed in',
  said => {
    expect(saidIn(last('你好', said))).toEqual([text('desk.nothingToChange'), text('desk.menu')])
  },
)
