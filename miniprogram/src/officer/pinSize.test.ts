import { expect, test } from 'vitest'
import { LARGE_TYPE, linesOf, pinSizes, NORMAL_TYPE } from './pinSize.ts'

test('three pins stand abreast on the smallest phone, two in large type', () => {
  const screen = 320 - 2 * 12
  expect(3 * NORMAL_TYPE.width + 2 * 4).toBeLessThanOrEqual(screen)
  expect(2 * LARGE_TYPE.width + 4).toBeLessThanOrEqual(screen)
})

test.each([
  ['下柯村', 1],
  ['凤凰山社区', 1],
  ['𬒗𬒗𬒗𬒗村', 1],
  ['沼山镇滨湖社区', 2],
  ['逾期 12 件', 1],
  ['3 due today', 2],
  ['Overdue', 1],
  ['', 1],
])('%s takes %i lines of five signs', (text, lines) => {
  expect(linesOf(text, 5)).toBe(lines)
})

test('a word too long for any line is broken', () => {
  expect(linesOf('Llanfairpwllgwyngyll', 5)).toBe(3)
})

test('a pin is as high as its words, and never too low for a thumb', () => {
  expect(pinSizes([['下柯村', '今天 3 件', '逾期 2 件'], ['下柯村']], NORMAL_TYPE)).toEqual({
    ...{ width: 96, heights: [3 * 22 + 16, 48] },
  })
  expect(pinSizes([['下柯村']], LARGE_TYPE).heights).toEqual([60])
})
