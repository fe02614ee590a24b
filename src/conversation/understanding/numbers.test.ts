import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAmount, readNumber } from './numbers.ts'

const DIGITS = '零一二三四五六七八九'
/** Writes a number below 10,000 the careful way, as an oracle of the reader. */
function written(n: number): string {
  const parts = ['千', '百', '十', ''].map((unit, i) => ({ unit, digit: Math.floor(n / 10 ** (3 - i)) % 10 }))
  return (
    parts
      .map(({ unit, digit }) => (digit ? DIGITS.charAt(digit) + unit : '零'))
      .join('')
      .replace(/零+/g, '零')
      .replace(/^零|零$/g, '')
      .replace(/^一十/, '十') || '零'
  )
}

const FORMAL = new Map(Array.from('一二三四五六七八九十百千', (c, i) => [c, '壹贰叁肆伍陆柒捌玖拾佰仟'.charAt(i)]))
const formal = (spoken: string) => Array.from(spoken, c => FORMAL.get(c) ?? c).join('')

describe('a number', () => {
  it.each([
    ['3', 3],
    ['３', 3],
    ['三', 3],
    ['三个', 3],
    ['两个孩子', 2],
    ['俩', 2],
    ['仨', 3],
    ['仨娃', 3],
    ['十五', 15],
    ['二十', 20],
    ['廿三', 23],
    ['一百八', 180],
    ['一百零八', 108],
    ['三千六', 3600],
    ['两千零五', 2005],
    ['一千二', 1200],
    ['壹万贰仟', 12000],
    ['1.2万', 12000],
    ['三万五', 35000],
    ['一亿零三万', 100030000],
    ['3600元', 3600],
    ['九成五', 0.95],
    ['九成', 0.9],
    ['百分之九十五', 0.95],
    ['95%', 0.95],
    ['两个半', 2.5],
    ['三块两毛五', 3.25],
    ['三十五块八毛钱', 35.8],
    ['三块五毛五分', 3.55],
    ['三点五', 3.5],
    ['两亩半', 2.5],
    ['我家三亩半地', 3.5],
    ['一个没得', 0],
    ['没有', 0],
    ['零', 0],
    ['一个都没有', 0],
    ['冇得', 0],
    ['莫得', 0],
    ['无', 0],
    ['没生过', 0],
    ['有两个', 2],
    ['1,200', 1200],
    ['Two', 2],
  ])('is read from %s as %d', (text, value) => {
    expect(readNumber(text)).toBe(value)
  })

  it.each(['', '很多', '几个', '三或者四', 'abc', '一十百', '个'])('is not read from %s', text => {
    expect(readNumber(text)).toBeNull()
  })

  it('is read back from its careful spelling, with 万 as well', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 1000, max: 9999 }), (n, low) => {
        expect(readNumber(written(n))).toBe(n)
        expect(readNumber(`${n}个`)).toBe(n)
        if (n > 0) expect(readNumber(`${written(n)}万${written(low)}`)).toBe(n * 10_000 + low)
      }),
    )
  })

  it('is read back from every spelling up to 99,999,999', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), n => {
        const [high, low] = [Math.floor(n / 10_000), n % 10_000]
        const gap = low > 0 && low < 1000 ? '零' : ''
        const spoken = high === 0 ? written(low) : `${written(high)}万${gap}${low === 0 ? '' : written(low)}`
        expect(readNumber(spoken)).toBe(n)
        expect(readNumber(`${formal(spoken)}元整`)).toBe(n)
        expect(readNumber(`我家一共有${spoken}个`)).toBe(n)
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['三四个', [3, 4]],
    ['两三百', [200, 300]],
    ['十七八', [17, 18]],
    ['3或4个', [3, 4]],
  ])('competes with its neighbour: %s', (text, values) => {
    expect(readAmount(text)).toEqual({ kind: 'several', values })
    expect(readNumber(text)).toBeNull()
  })

  it.each([
    ['十几个', '10'],
    ['三十多', '30'],
    ['不到十个', '10'],
    ['几十户', '10'],
    ['千把块', '1000'],
  ])('is vague: %s is about %s', (text, about) => {
    expect(readAmount(text)).toEqual({ kind: 'vague', about })
    expect(readNumber(text)).toBeNull()
  })

  it.each([
    ['廿蚊', 20],
    ['千五蚊', 1500],
    ['三蚊半', 3.5],
    ['五毫子', 0.5],
    ['两千蚊一个月', 2000],
  ])('is read from Cantonese money: %s is %d', (text, value) => {
    expect(readNumber(text)).toBe(value)
  })

  it('is no place in a row', () => {
    expect(readNumber('第三')).toBeNull()
  })

  it('never throws', () => {
    const unit = fc.constantFrom(...Array.from('零一二两十百千万亿点成半个没有%.3'), '百分之')
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 8 }), parts => {
        const value = readNumber(parts.join(''))
        expect(value === null || Number.isFinite(value)).toBe(true)
      }),
    )
  })
})
