import { describe, expect, test } from 'vitest'
import { loadKnowledge } from '../runtime/knowledge.ts'
import { lastOf, saidIn } from './testdata/saying.ts'
import type { TurnResult } from './types.ts'

const { library } = loadKnowledge('.')

const last = (...said: string[]) => lastOf(library, said)
const lossIn = ({ effects }: TurnResult) => effects.find(effect => effect.type === 'bereaved')?.lost ?? null

test('a loss told together with a cry for help is known, and the cry is answered alone', () => {
  const result = last('孩子没保住，我不想活了')
  expect(lossIn(result)).toBe('child')
  expect(result.replies.map(({ text }) => text)).toEqual([library.text('zh-CN', 'desk.distress')])
})

test('a loss told while a human is on his way is known', () => {
  expect(lossIn(last('我不想活了', '我儿子上个月走了'))).toBe('child')
})

test('no loss is known of a cry for help alone', () => expect(lossIn(last('我不想活了'))).toBeNull())

test('a loss told where a name is asked for is no name', () => {
  const asked = ['生育登记', '1', '同意']
  const { state } = last(...asked)
  const result = last(...asked, '老伴走了')
  expect(lossIn(result)).toBe('person')
  expect(result.state.step).toBe(state.step)
  expect(result.replies.map(({ text }) => text)).toEqual([
    library.text('zh-CN', 'grief.said'),
    library.text('zh-CN', 'grief.inMatter'),
  ])
})

const matters = library.flows.filter(({ menu }) => menu !== null).map(({ name }) => `desk/start:${name}`)
const text = (key: string) => library.text('zh-CN', key)

test.each(['她才六岁', '我不知道咋办', '唉'])('“%s” after a death brings no list that begins with births', said => {
  const result = last('我女儿没了', said)
  expect(saidIn(result)).toEqual([text('grief.unknown'), text('grief.offer')])
  const offered = result.replies.flatMap(({ choices = [] }) => choices.map(({ key }) => key))
  expect(offered.filter(key => matters.includes(key))).toEqual([
    'desk/start:warm-heart-help',
    'desk/start:reward-support',
  ])
})

test.each(['还要登记吗', '以前给她办的生育登记怎么办', '准生证还用办吗'])(
  '“%s” after the death of a child begins nothing and tells nothing about births',
  said => {
    const result = last('我女儿没了', said)
    expect(saidIn(result)).toEqual([text('grief.registration'), text('grief.offer')])
    expect(result.state.flow).toBeNull()
  },
)

test('who asks for the list of matters, or for a matter by its name, gets it as ever', () => {
  expect(last('我女儿没了', '生育登记').state.flow).toBe('birth-registration')
  const menu = last('我女儿没了', '菜单')
  expect(saidIn(menu)).toEqual([text('desk.menu')])
  expect(menu.conversation).not.toHaveProperty('mourning')
})

test('after the death of a grown person a child may still be registered in any words', () => {
  expect(last('我老伴走了', '我想给孩子登记').state.flow).toBe('birth-registration')
})

test('told of a loss and asked about the registration in one breath, both are answered', () => {
  expect(saidIn(last('你好', '孩子没保住，登记还能撤吗'))).toEqual([
    text('grief.said'),
    text('grief.registration'),
    text('grief.offer'),
  ])
})

test('我爸妈都没了 is met with comfort, and with the questions of a complaint only where that is said', () => {
  expect(saidIn(last('你好', '我爸妈都没了'))).toEqual([text('grief.said'), text('grief.offer')])
  expect(last('你好', '我妈在卫生院没了，我要投诉').state.flow).toBe('complaint')
})

describe('a question beside the death of a child', () => {
  const told = ['你好', '孩子夭折了，还用上户口吗']
  test('is met with comfort first and gets a kind answer, and nothing of the law on births', () =>
    expect(saidIn(last(...told))).toEqual([text('grief.said'), text('grief.household'), text('grief.offer')]))

  test('gets the same when it is asked afterwards', () =>
    expect(saidIn(last('孩子夭折了', '那还用上户口吗'))).toEqual([text('grief.household'), text('grief.offer')]))

  test.each(['我儿子去世了，低保能办吗', '女儿没了，育儿补贴还有吗', '孩子没保住，产假还能休多少天'])(
    '“%s” that no answer was written for is left to a person, and nothing about births is offered',
    said => {
      const result = last('你好', said)
      expect(saidIn(result)[0]).toBe(text('grief.said'))
      expect(saidIn(result).join()).not.toMatch(/生育登记|育儿补贴|怀孕|上户口在/u)
    },
  )

  test('is answered where the answer is meant for who lost a child', () =>
    expect(saidIn(last('独生女没了', '特别扶助要什么条件')).join()).toContain('49'))

  test('in the middle of a matter gets its answer before the way on', () => {
    const asked = ['生育登记', '妈妈', '同意', '王小花', '420704199003070024', '13812345678']
    expect(saidIn(last(...asked, '孩子夭折了，还用上户口吗'))).toEqual([
      text('grief.said'),
      text('grief.household'),
      text('grief.inMatter'),
    ])
  })
})
