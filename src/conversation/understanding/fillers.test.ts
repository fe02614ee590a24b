import fc from 'fast-check'
import { expect, it } from 'vitest'
import { withoutFillers } from './fillers.ts'

it.each([
  ['嗯，那个，就是三个吧', '三个'],
  ['呃……我想一下，腊月初八', '腊月初八'],
  ['好的，13800000000，谢谢', '13800000000'],
  ['“沼山镇”。', '沼山镇'],
  ['（二胎）', '二胎'],
  ['三，三个', '三个'],
  ['沼山镇，沼山镇', '沼山镇'],
  ['十二月 十二月十五号', '十二月十五号'],
  ['下 下 周 一', '下下周一'],
  ['２０２６年１２月', '2026年12月'],
  ['24⁺³周', '24+3周'],
  ['三十五吧', '三十五'],
])('what carries no meaning is taken from %s', (said, left) => {
  expect(withoutFillers(said)).toBe(left)
})

it.each([
  ['这个月三十号'],
  ['那个周五'],
  ['恩施市'],
  ['中原区'],
  ['是不是'],
  ['不是'],
  ['1,234'],
  ['200,200'],
  ['12 12'],
  ['-5'],
  ['2020年'],
  ['吧'],
  ['幺五零零零零一二三四吧'],
  ['138 138 0000 0'],
  ['12月15日(星期二)'],
  ['一一年十一月一日'],
])('%s means what it says', said => {
  expect(withoutFillers(said)).toBe(said)
})

it('an answer is never emptied and never grows', () => {
  const piece = fc.constantFrom('嗯', '，', ' ', '那个', '三', '三个', '吧', '谢谢', '。', '“', '”', '12', '月', '对')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
      const said = pieces.join('')
      const left = withoutFillers(said)
      expect(left === '').toBe(said === '')
      expect(left.length).toBeLessThanOrEqual(said.length)
    }),
  )
})
