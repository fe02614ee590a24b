import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatLunar, lunarOf } from '../../domain/lunar.ts'
import { addDays } from '../../domain/world.ts'
import { showDate } from './dateReading.ts'
import { readDate } from './dates.ts'

/** A Sunday. */
const today = '2026-11-22'
const day = (date: string) => expect.objectContaining({ kind: 'day', date })
const read = (text: string, sense?: 'dueDate' | 'birthDate') => readDate(text, { today, sense })

const DIGITS = '零一二三四五六七八九'
const year = (number: number, zero: string) =>
  Array.from(String(number), digit => (digit === '0' ? zero : DIGITS.charAt(Number(digit)))).join('')
const small = (number: number) =>
  `${number >= 20 ? DIGITS.charAt(Math.floor(number / 10)) : ''}${number >= 10 ? '十' : ''}${number % 10 ? DIGITS.charAt(number % 10) : ''}`
/** 二〇二六年三月五日 */
const numerals = (date: string, zero: string) =>
  `${year(Number(date.slice(0, 4)), zero)}年${small(Number(date.slice(5, 7)))}月${small(Number(date.slice(8)))}日`
const fullWidth = (text: string) => text.replace(/[!-~]/gu, c => String.fromCharCode(c.charCodeAt(0) + 0xfee0))

it('reads eight figures inside a sentence as the day they name', () => {
  const day = fc.integer({ min: -20_000, max: 0 }).map(n => addDays(today, n))
  fc.assert(
    fc.property(day, date => {
      const figures = date.replaceAll('-', '')
      const spoken = Array.from(figures, figure => '零一二三四五六七八九'.charAt(Number(figure))).join('')
      for (const said of [figures, ...(/^(?:19|20)/u.test(figures) ? [spoken] : [])])
        expect(read(`俺孙女${said}生的`), said).toMatchObject({ kind: 'day', date })
    }),
  )
  expect(read('编号XS20261120到哪步了')).toBeNull()
})

it.each([
  ['下礼拜二一大早去', '2026-11-24'],
  ['这周五下班前交', '2026-11-20'],
  ['预产期正好碰上端午', '2027-06-09'],
  ['预产期是除夕，过年也在医院', '2027-02-05'],
  ['二零二零年八月六号下生的', '2020-08-06'],
  ['9号生的，上个月', '2026-10-09'],
  ['再等半个月就到预产期', '2026-12-07'],
  ['除夕早上生的', '2026-02-16'],
])('%s is one day', (text, date) => {
  expect(read(text)).toMatchObject({ kind: 'day', date })
})

it('reads a month in figures and the one after the next', () => {
  expect(read('2026-05 的台账')).toEqual({ kind: 'vague', period: '2026-05' })
  expect(read('下下个月就生了')).toEqual({ kind: 'vague', period: '2027-01' })
  expect(read('统计下2026年6月')).toEqual({ kind: 'vague', period: '2026-06' })
})

describe('a date', () => {
  it.each([
    ['2026-03-05', '2026-03-05'],
    ['2026年3月5日', '2026-03-05'],
    ['2026年3月5号', '2026-03-05'],
    ['2026.3.5', '2026-03-05'],
    ['2026/03/05', '2026-03-05'],
    ['26.3.5', '2026-03-05'],
    ['20260305', '2026-03-05'],
    ['260305', '2026-03-05'],
    ['二〇二六年三月五日', '2026-03-05'],
    ['二零二六年十二月二十五号', '2026-12-25'],
    ['２０２６年３月５日', '2026-03-05'],
    ['92年3月5日', '1992-03-05'],
    ['二千零一十五年十二月三十一日', '2015-12-31'],
    ['一千九百八十八年三月五号', '1988-03-05'],
    ['下周周四', '2026-11-26'],
    ['昨天后晌', '2026-11-21'],
    ['下个拜六', '2026-11-28'],
    ['上周末那个星期天', '2026-11-15'],
    ['2 0 2 6年1 1月1 0号', '2026-11-10'],
    ['正月里十五', '2027-02-20'],
    ['春节初二', '2027-02-07'],
    ['年后正月十二', '2027-02-17'],
    ['今年3月5号', '2026-03-05'],
    ['去年腊月初八', '2026-01-26'],
    ['明年3月5日', '2027-03-05'],
    ['2026年3月5日（星期四）', '2026-03-05'],
    ['2026 年 3 月 5 日', '2026-03-05'],
    ['2026、3、5', '2026-03-05'],
    ['2026 3 5', '2026-03-05'],
    ['2027年元月5日', '2027-01-05'],
    ['再过20天', '2026-12-12'],
    ['刚刚生的', '2026-11-22'],
    ['大年初三', '2027-02-08'],
    ['March 5, 2026', '2026-03-05'],
    ['5 Mar 2026', '2026-03-05'],
    ['今天', '2026-11-22'],
    ['昨天', '2026-11-21'],
    ['前天晚上', '2026-11-20'],
    ['大前天', '2026-11-19'],
    ['明天', '2026-11-23'],
    ['后天', '2026-11-24'],
    ['大后天', '2026-11-25'],
    ['上周三', '2026-11-11'],
    ['下周一', '2026-11-23'],
    ['这周五', '2026-11-20'],
    ['下个月15号', '2026-12-15'],
    ['上个月31号', '2026-10-31'],
    ['三天后', '2026-11-25'],
    ['10天前', '2026-11-12'],
    ['两周后', '2026-12-06'],
    ['农历2026年八月十五', '2026-09-25'],
    ['阴历2025年闰六月初三', '2025-07-27'],
    ['除夕', '2027-02-05'],
    ['春节', '2027-02-06'],
    ['大年三十', '2027-02-05'],
    ['明年中秋节', '2027-09-15'],
    ['腊八', '2027-01-15'],
    ['元宵节', '2027-02-20'],
    ['清明', '2027-04-05'],
    ['国庆节前一天', '2027-09-30'],
    ['冬至', '2026-12-22'],
  ])('is read: %s is %s', (text, date) => {
    expect(read(text)).toEqual(day(date))
  })

  it.each([
    ['3月5日', '2027-03-05', '2026-03-05'],
    ['12月3号', '2026-12-03', '2025-12-03'],
    ['11月22日', '2026-11-22', '2026-11-22'],
    ['腊月初八', '2027-01-15', '2026-01-26'],
    ['十月廿三', '2026-12-01', '2025-12-12'],
    ['中秋', '2027-09-15', '2026-09-25'],
    ['三月初五', '2027-04-11', '2026-04-21'],
    ['周三', '2026-11-25', '2026-11-18'],
    ['3.5', '2027-03-05', '2026-03-05'],
    ['冬月三十', '2027-01-07', '2026-01-18'],
    ['March 5', '2027-03-05', '2026-03-05'],
    ['5th of March', '2027-03-05', '2026-03-05'],
  ])('without a year is the next for a due date and the last for a birth: %s', (text, due, born) => {
    expect(read(text, 'dueDate')).toEqual(day(due))
    expect(read(text, 'birthDate')).toEqual(day(born))
  })

  it('takes the sense from the words when the question has none', () => {
    expect(read('预产期是3月5号')).toEqual(day('2027-03-05'))
    expect(read('孩子是3月5号出生的')).toEqual(day('2026-03-05'))
  })

  it.each([
    ['2月30日', 'no-such-day'],
    ['2026年2月29日', 'no-such-day'],
    ['2月29日', 'no-such-day'],
    ['4月31号', 'no-such-day'],
    ['13月5日', 'no-such-month'],
    ['2026-13-01', 'no-such-month'],
    ['2026年闰四月初三', 'no-such-leap-month'],
    ['农历2025年腊月三十', 'no-such-day'],
    ['今年闰六月初三', 'no-such-leap-month'],
    ['32号', 'no-such-day'],
  ])('that does not exist is refused by name: %s', (text, reason) => {
    expect(read(text)).toEqual({ kind: 'invalid', reason })
  })

  it.each([
    ['丙午年腊月十六', '2027-01-23'],
    ['丙午年除夕', '2027-02-05'],
    ['农历2026年除夕', '2027-02-05'],
    ['2026年除夕', '2026-02-16'],
    ['农历丙午年八月十五', '2026-09-25'],
    ['丙午年3月5号', '2026-03-05'],
    ['丁未年正月初五', '2027-02-10'],
    ['丁未年正月初五生的', '1967-02-13'],
    ['去年腊月念三', '2026-02-10'],
    ['舊年八月初三', '2025-09-24'],
    ['2026。3。8', '2026-03-08'],
  ])('names its year by the cycle of sixty, or as the south does: %s is %s', (text, date) => {
    expect(read(text)).toEqual(day(date))
  })

  it('finds the latest leap month of a birth, and none ahead for a due date', () => {
    expect(read('闰六月初三', 'birthDate')).toEqual(day('2025-07-27'))
    expect(read('闰六月初三')).toEqual(day('2025-07-27'))
    expect(read('闰六月初三', 'dueDate')).toEqual({ kind: 'invalid', reason: 'no-such-leap-month' })
  })

  it('at the end of the lunar year that still runs is this year’s, also in January', () => {
    const inJanuary = (text: string) => readDate(text, { today: '2027-01-20' })
    expect(inJanuary('今年除夕')).toEqual(day('2027-02-05'))
    expect(inJanuary('去年腊八')).toEqual(day('2026-01-26'))
    expect(inJanuary('2027年除夕')).toEqual(day('2027-02-05'))
    expect(read('今年除夕')).toEqual(day('2027-02-05'))
  })

  it('of birth is refused when it lies ahead', () => {
    expect(read('2027年1月5日', 'birthDate')).toEqual({ kind: 'invalid', reason: 'future-birth' })
    expect(read('明天', 'birthDate')).toEqual({ kind: 'invalid', reason: 'future-birth' })
  })

  it('is asked back when only the day, or one of two calendars, can be meant', () => {
    expect(read('15号', 'dueDate')).toMatchObject({
      kind: 'several',
      days: [{ date: '2026-12-15' }, { date: '2027-01-15' }],
    })
    expect(read('15号', 'birthDate')).toMatchObject({
      kind: 'several',
      days: [{ date: '2026-11-15' }, { date: '2026-10-15' }],
    })
    expect(read('22', 'dueDate')).toMatchObject({
      kind: 'several',
      days: [{ date: '2026-11-22' }, { date: '2026-12-22' }],
    })
    expect(read('三月十五', 'dueDate')).toMatchObject({
      kind: 'several',
      days: [{ date: '2027-03-15' }, { date: '2027-04-21' }],
    })
    expect(read('15号')).toMatchObject({ kind: 'several', days: [{ date: '2026-11-15' }, { date: '2026-12-15' }] })
    expect(read('去年三月十五')).toMatchObject({
      kind: 'several',
      days: [{ date: '2025-03-15' }, { date: '2025-04-12' }],
    })
    expect(read('三月三', 'dueDate')).toMatchObject({
      kind: 'several',
      days: [{ date: '2027-03-03' }, { date: '2027-04-09' }],
    })
    expect(read('初八', 'dueDate')).toMatchObject({
      kind: 'several',
      days: [{ date: '2026-12-16' }, { date: '2027-01-15' }],
    })
    expect(read('廿三', 'birthDate')).toMatchObject({
      kind: 'several',
      days: [{ spoken: '九月廿三' }, { spoken: '八月廿三' }],
    })
    expect(read('小年')).toMatchObject({ kind: 'several', days: [{ date: '2027-01-30' }, { date: '2027-01-31' }] })
  })

  it.each([
    ['3月', '2027-03'],
    ['2026年3月', '2026-03'],
    ['下个月', '2026-12'],
    ['2026年', '2026'],
    ['2027/1', '2027-01'],
    ['1月中旬', '2027-01'],
    ['腊月底', '2027-01-08/2027-02-05'],
    ['还有两个月', '2027-01'],
    ['20天', null],
    ['腊月', '2027-01-08/2027-02-05'],
    ['3月5号左右', '2027-03-05'],
    ['下周', '2026-11-23/2026-11-29'],
    ['月底', '2026-11'],
    ['明年底', '2027-12'],
    ['三四月份', '2027-03/2027-04'],
    ['不知道', null],
    ['', null],
    ['你好', null],
  ])('is asked for more when it is vague, and none when nothing was said: %s', (text, period) => {
    expect(read(text)).toEqual(period === null ? null : { kind: 'vague', period })
  })

  const anyDay = fc.integer({ min: -30_000, max: 300 }).map(n => addDays(today, n))

  it('is read back from every way of writing it', () => {
    fc.assert(
      fc.property(anyDay, date => {
        const lunar = lunarOf(date)
        const ways = [
          date,
          showDate(date),
          date.replaceAll('-', ''),
          date.replaceAll('-', '.'),
          numerals(date, '〇'),
          numerals(date, '零').replace('日', '号'),
          date.replaceAll('-', '/'),
          `孩子是${showDate(date)}上午九点多生的`,
          `${date.slice(0, 4)} ${Number(date.slice(5, 7))} ${Number(date.slice(8))}`,
          fullWidth(date),
          ...(lunar
            ? [`农历${lunar.year}年${formatLunar(lunar)}`, `阴历${year(lunar.year, '〇')}年${formatLunar(lunar)}`]
            : []),
        ].filter(way => date <= today || !way.includes('生'))
        for (const way of ways) expect(read(way)).toEqual(day(date))
      }),
    )
  })

  it('without a year is never before today as a due date, never after it as a birth', () => {
    fc.assert(
      fc.property(anyDay, date => {
        const lunar = lunarOf(date)
        for (const text of [
          `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`,
          lunar ? formatLunar(lunar) : '今天',
        ]) {
          const due = read(text, 'dueDate')
          const born = read(text, 'birthDate')
          if (due?.kind === 'day') expect(due.date >= today).toBe(true)
          if (born?.kind === 'day') expect(born.date <= today).toBe(true)
        }
      }),
    )
  })

  it.each([
    ['九二年阳历六月十九号', '1992-06-19'],
    ['二零一九年七月二十五号下生的', '2019-07-25'],
    ['夜来才生的', '2026-11-21'],
    ['这个月最末一天', '2026-11-30'],
  ])('is read as the provinces say it: %s', (text, date) => {
    expect(read(text)).toMatchObject({ kind: 'day', date })
  })

  it('never throws', () => {
    const unit = fc.constantFrom(
      ...Array.from('0123456789年月日号初廿闰正冬腊十三五农历上下个周前后天 .-/'),
      '除夕',
      '预产期',
    )
    fc.assert(fc.property(fc.array(unit, { maxLength: 9 }), parts => read(parts.join('')) !== undefined))
  })
})
