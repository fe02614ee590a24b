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
  it('is the same with figures before its units: 1万2000, 2万零800, 3千5百20', () => {
    const units = [
      ['万', 10_000],
      ['千', 1000],
      ['百', 100],
    ] as const
    const parts = fc.tuple(
      fc.constantFrom(...units),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 10, max: 9999 }),
    )
    fc.assert(
      fc.property(parts, fc.constantFrom('', '零'), ([[unit, size], count, rest], zero) => {
        const below = rest % size
        fc.pre(below >= 10)
        expect(readAmount(`${count}${unit}${zero}${below}`)).toEqual({ kind: 'one', value: count * size + below })
        expect(readAmount(`${count}${unit}${zero}${below}块`)).toEqual({ kind: 'one', value: count * size + below })
      }),
    )
    expect(readAmount('3千5百20')).toEqual({ kind: 'one', value: 3520 })
    expect(readAmount('5百2000')).toBeNull()
  })

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

  const carriers = [
    (said: string) => `修屋顶用掉${said}块`,
    (said: string) => `去年我们打粮${said}斤，够吃了`,
    (said: string) => `俺村拢共是${said}户人家`,
    (said: string) => `合作社给每家分红${said}元咧`,
    (said: string) => `嫁闺女的酒席摆完，账上还剩${said}`,
  ]

  it('is the same inside a sentence as alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), fc.constantFrom(...carriers), (n, carrier) => {
        for (const said of [written(n), String(n)]) expect(readNumber(carrier(said)), carrier(said)).toBe(n)
        expect(readNumber(carrier(formal(written(n))))).toBe(n)
      }),
    )
  })

  it('is not taken from a sentence that asks or denies, nor when another figure stands beside it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 9999 }), fc.constantFrom(...carriers), (n, carrier) => {
        const said = written(n)
        for (const behind of ['吗', '？', '什么时候给', '怎么算的', '对不对啊，是不是'])
          expect(readAmount(carrier(said) + behind), carrier(said) + behind).toBeNull()
        expect(readAmount(`我没用掉${said}块`)).toBeNull()
        expect(readAmount(`${carrier(said)}，另外给他${written(n + 1)}块`)).toBeNull()
      }),
    )
  })

  it.each([
    ['修路的款子批下来两万六', 26_000],
    ['参保率提到了九成七', 0.97],
    ['三分之一的人家盖了楼', 0.333333],
    ['药费一盒三十八', 38],
    ['化肥一百二一袋', 120],
    ['猪肉十三块二一斤', 13.2],
    ['一个月到手四千', 4000],
    ['工钱5200一个月', 5200],
    ['桌子要仨张，一张都别少', 3],
    ['一起来的，拢共六个人', 6],
    ['万一不够，我再给四百', 400],
    ['打我电话13900001234，我家五口人', 5],
    ['我住八组，家里有四口人', 4],
    ['腊月二十三杀了两头猪', 2],
    ['星期三那天来了十七个', 17],
    ['他排老三，挣九千', 9000],
    ['花销是1,250块', 1250],
    ['仨小子一个闺女', 4],
    ['少了俩章', 2],
    ['没生过娃', 0],
  ])('is the only figure of a sentence that is one: %s is %d', (text, value) => {
    expect(readNumber(text)).toBe(value)
  })

  it.each([
    '我住二楼',
    '一了百了',
    '打12345',
    '十万火急',
    '我在九江打工',
    '千万别忘了',
    '家在三组',
    '一年两千四，三年七千二',
    '咱俩一起去',
    '俺俩想办证',
    '登记一次还是两次',
    '12345我打过',
    '说好三天，拖了一个月',
    '2026年的事',
    '我是2月8号生的',
  ])('is none in %s', text => {
    expect(readAmount(text)).toBeNull()
  })

  it('stays vague in a sentence', () => {
    for (const [text, about] of [
      ['酒席花了三千多', '3000'],
      ['来了二十好几个', '20'],
      ['用了不到四百块', '400'],
      ['大概有八十户左右', '80'],
    ] as const)
      expect(readAmount(text), text).toEqual({ kind: 'vague', about })
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
