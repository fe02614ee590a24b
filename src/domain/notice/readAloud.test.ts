import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sayCount, sayDay, sayNumber, sayPhone, sayText } from './readAloud.ts'

describe('read aloud', () => {
  test('a number is spelled, with a breath at the dash', () => {
    expect(sayNumber('GZ261123-048213')).toBe('G Z 二六一一二三，零四八二一三')
  })

  test('a phone is spelled as people say it', () => {
    expect(sayPhone('12345')).toBe('幺二三四五')
    expect(sayPhone('0711-60000000')).toBe('零七幺幺，六零零零，零零零零')
  })

  test('a day is no quantity', () => {
    expect(sayDay('2026-11-23')).toBe('二零二六年十一月二十三日')
  })

  test.each([
    [0, '零'],
    [7, '七'],
    [10, '十'],
    [15, '十五'],
    [20, '二十'],
    [99, '九十九'],
  ])('%i is %s', (count, said) => {
    expect(sayCount(count)).toBe(said)
  })

  test('a number that no notice holds is a fault', () => {
    expect(() => sayCount(100)).toThrow(RangeError)
    expect(() => sayCount(1.5)).toThrow(RangeError)
  })

  test('document numbers, years, brackets and slashes become words', () => {
    expect(sayText('国卫办人口发〔2021〕21号 关于《登记》的意见（转载）。')).toBe(
      '国卫办人口发二零二一年第二十一号 关于登记的意见，转载。',
    )
    expect(sayText('2026年12月1日前补：1. 提交。2. 受理。')).toBe('二零二六年十二月一日前补：一，提交。二，受理。')
    expect(sayText('卫健委网页 2022-01-14（wjw.example.gov.cn/contents/10109/463239.html）；请核实')).toBe(
      '卫健委网页 二零二二年一月十四日；请核实',
    )
    expect(sayText('见 https://www.example.gov.cn/a/b.html 的说明')).toBe('见  的说明')
    expect(sayText('2023年起，电话12345，身份证/户口簿')).toBe('二零二三年起，电话幺二三四五，身份证或户口簿')
  })

  test('nothing is left that only the eye reads', () => {
    const piece = fc.constantFrom('（', '）', '《', '》', '“', '〔2021〕5号', '12345', '身份证', '，', '。', '2026年')
    fc.assert(
      fc.property(fc.array(piece), pieces => {
        expect(sayText(pieces.join(''))).not.toMatch(/[（）《》“”]|\d{5}/)
      }),
    )
  })
})
