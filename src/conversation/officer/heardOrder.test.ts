import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { compileTexts } from '../texts.ts'
import { languages } from '../types.ts'
import { compileOrders, orderNames, type Order } from './heardOrder.ts'

const hear = compileOrders(
  compileTexts(
    languages.map(language => {
      const file = path.resolve('locales', language, 'orders.yaml')
      return { language, namespace: 'orders', file, content: parse(readFileSync(file, 'utf8')) as unknown }
    }),
  ),
)
const order = (name: Order['name'], number: Order['number'] = null, more: Partial<Order> = {}): Order => ({
  ...{ name, number, who: '', said: '' },
  ...more,
})

describe('what officers type and say', () => {
  test.each<[string, Order]>([
    ['待办', order('tasks')],
    ['看看待办', order('tasks')],
    ['今天有什么活？', order('tasks')],
    ['接单 3', order('lease', 3)],
    ['接单３', order('lease', 3)],
    ['第二个我接了', order('lease', 2)],
    ['二号我去', order('lease', 2)],
    ['都接了', order('leaseAll')],
    ['我全接了吧', order('leaseAll')],
    ['接1和2', order('leaseAll', null, { numbers: [1, 2] })],
    ['1、2、12都接了', order('leaseAll', null, { numbers: [1, 2, 12] })],
    ['一号和三号我接了', order('leaseAll', null, { numbers: [1, 3] })],
    ['接12', order('lease', 12)],
    ['3、5、7接单', order('leaseAll', null, { numbers: [3, 5, 7] })],
    ['一号二号都办结了', order('closeAll', null, { numbers: [1, 2] })],
    ['办结 1、2 已上门', order('closeAll', null, { numbers: [1, 2], said: '已上门' })],
    ['一号和三号都办好了，打过电话', order('closeAll', null, { numbers: [1, 3], said: '打过电话' })],
    ['把1号2号都办了', order('closeAll', null, { numbers: [1, 2] })],
    ['都办结了', order('closeAll')],
    ['都挂起，等下雨停', order('pauseAll', null, { said: '等下雨停' })],
    ['2号和4号先放一放，人在外地', order('pauseAll', null, { numbers: [2, 4], said: '人在外地' })],
    ['都催一下', order('urgeAll')],
    ['把二号五号都催一下', order('urgeAll', null, { numbers: [2, 5] })],
    ['close 1 and 2, visited', order('closeAll', null, { numbers: [1, 2], said: 'visited' })],
    ['办结 3 两次上门，谈妥了', order('close', 3, { said: '两次上门,谈妥了' })],
    ['办结3，2次上门谈妥', order('close', 3, { said: '2次上门谈妥' })],
    ['办结 3 11月3号上门', order('close', 3, { said: '11月3号上门' })],
    ['办结3：两个孩子登记好了', order('close', 3, { said: '两个孩子登记好了' })],
    ['代办', order('tasks')],
    ['三号给李春花', order('transfer', 3, { who: '李春花' })],
    ['三号给我', order('lease', 3)],
    ['四号挂起来，等材料', order('pause', 4, { said: '等材料' })],
    ['挂4 等材料', order('pause', 4, { said: '等材料' })],
    ['4号是谁家的', order('show', 4)],
    ['那三号归我吧', order('lease', 3)],
    ['麻烦您把十二号接下来', order('lease', 12)],
    ['这件我来办', order('lease', 'that')],
    ['把三号办了', order('close', 3)],
    ['办结 3 已上门核实，材料齐全', order('close', 3, { said: '已上门核实,材料齐全' })],
    ['办结3已上门核实', order('close', 3, { said: '已上门核实' })],
    ['三号办好了，已经电话告知', order('close', 3, { said: '已经电话告知' })],
    ['办结 1', order('close', 1)],
    ['挂起 2 等派出所回函', order('pause', 2, { said: '等派出所回函' })],
    ['二号先放一放，人在外地', order('pause', 2, { said: '人在外地' })],
    ['恢复 2', order('resume', 2)],
    ['退单 4 不是我们村的', order('release', 4, { said: '不是我们村的' })],
    ['第四个不接了', order('release', 4)],
    ['催办 5', order('urge', 5)],
    ['把五号催一下', order('urge', 5)],
    ['三号转给老王', order('transfer', 3, { who: '老王' })],
    ['转办 3 给 王建国', order('transfer', 3, { who: '王建国' })],
    ['把第三个交给王主任处理吧', order('transfer', 3, { who: '王主任' })],
    ['三号转给老王，他熟悉这户', order('transfer', 3, { who: '老王', said: '他熟悉这户' })],
    ['转办 3', order('transfer', 3)],
    ['同意 2', order('agree', 2)],
    ['不同意 2 我这周请假', order('decline', 2, { said: '我这周请假' })],
    ['办结', order('close')],
    ['转办', order('transfer')],
    ['同意', order('agree')],
    ['更多', order('more')],
    ['查 3', order('show', 3)],
    ['三号办了吗', order('show', 3)],
    ['三号谁在办？', order('show', 3)],
    ['依据 1', order('ground', 1)],
    ['一号怎么办', order('ground', 1)],
    ['话术 1', order('script', 1)],
    ['一号怎么跟群众说？', order('script', 1)],
    ['附到 2', order('attach', 2)],
    ['日报', order('report')],
    ['有哪些指令', order('guide')],
    ['take 2', order('lease', 2)],
    ['transfer 2 to Mr Wang', order('transfer', 2, { who: 'Mr Wang' })],
  ])('%s', (typed, heard) => {
    expect(hear(typed)).toEqual(heard)
  })

  test.each([
    '',
    '办',
    '三号',
    '三号没办',
    '别接三号',
    '不要办结 3',
    '三号先别办',
    '把三号办了吗',
    '三号转给老王吗',
    '接单 3 可以吗？',
    '我要办结婚证',
    '转到三组了',
    '查环查孕',
    '办结率是多少',
    '接生员是谁',
    '同意什么',
    '接单 0',
    '我接小孩去了',
    '都办结了吗',
    '一号二号办了吗',
    '办结1，2已上门',
  ])('%s is no order', typed => {
    expect(hear(typed)).toBeNull()
  })
})

const numberSpoken = fc.constantFrom<[string, number]>(
  ['3', 3],
  ['三', 3],
  ['３', 3],
  ['十二', 12],
  ['两', 2],
  ['20', 20],
)

test('whatever is typed, it is read in time that nobody notices and never fails', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 500 }), typed => {
      const heard = hear(typed)
      expect(heard === null || orderNames.includes(heard.name)).toBe(true)
    }),
    { numRuns: 500 },
  )
  const began = performance.now()
  for (const filler of ['办', ' ', '了', '号', '3', '给', ',', '的', '请']) hear(filler.repeat(400))
  expect(performance.now() - began).toBeLessThan(500)
})

test('a question never does anything', () => {
  const act = fc.constantFrom('接单', '办结', '转办', '挂起', '退单', '催办')
  const ask = fc.constantFrom('?', '？', '吗', '吗？', '没', '么')
  fc.assert(
    fc.property(act, numberSpoken, ask, (act_, [number], end) => {
      const heard = hear(`${act_}${number}${end}`)
      expect(heard === null || heard.name === 'show').toBe(true)
    }),
  )
})

test('spaces, width, courtesy and 第…个 do not change what was meant', () => {
  const space = fc.constantFrom('', ' ', '　')
  const courtesy = fc.constantFrom('', '请', '麻烦您', '请帮我')
  const shape = fc.constantFrom<(n: string) => string>(
    n => n,
    n => `第${n}个`,
    n => `${n}号`,
    n => `第${n}件`,
  )
  fc.assert(
    fc.property(courtesy, shape, numberSpoken, space, (before, of, [spoken, number], gap) => {
      expect(hear(`${before}接单${gap}${of(spoken)}`)).toEqual(order('lease', number))
      expect(hear(`${before}把${gap}${of(spoken)}办了`)).toEqual(order('close', number))
    }),
  )
})
