import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asMonth, beyond, completed, missingOf, showPeriod } from './partOfDay.ts'

describe('what is missing to a day', () => {
  test.each([
    ['2027', 'day', 'monthAndDay'],
    ['2027', 'month', 'month'],
    ['2027-03', 'day', 'day'],
    ['2027-04-07/2027-05-05', 'day', 'lunarDay'],
    ['2026-10-01', 'day', null],
    ['1990/1999', 'day', null],
    ['三月', 'day', null],
  ] as const)('%s, asked for a %s: %s', (period, precision, missing) => {
    expect(missingOf(period, precision)).toBe(missing)
  })
  test.each([
    ['2027', '2027年'],
    ['2027-03', '2027年3月'],
    ['2027-04-07/2027-05-05', '农历三月'],
  ])('%s is read back as %s', (period, shown) => expect(showPeriod('zh-CN', period)).toBe(shown))
})

describe('the rest is joined to what was said', () => {
  test.each([
    ['2027-03', '15号', '2027年3月15号'],
    ['2027-03', '十五', '2027年3月十五'],
    ['2027', '三月十五', '2027年三月十五'],
    ['1995', '6', '1995年6月'],
    ['1995', '十二', '1995年十二月'],
    ['2027-04-07/2027-05-05', '初八', '2027年农历三月初八'],
  ])('%s and %s', (period, said, whole) => expect(completed(period, said)).toBe(whole))
  test.each([
    ['2027-03', '4月2号'],
    ['2027-03', '2027年4月2号'],
    ['2027', '2026年'],
    ['2027-03', '4/2'],
  ])('not to a day that is said anew: %s and %s', (period, said) => expect(completed(period, said)).toBeNull())
})

test('where a month is asked for, a whole day tells it, and two days of one month are no doubt', () => {
  const day = (value: string) => ({ value, label: value })
  const heard = (month: string) => ({ status: 'ok', value: month })
  expect(asMonth('zh-CN', { status: 'ok', value: '1995-06-01', confirm: true, shown: '' })).toMatchObject(
    heard('1995-06'),
  )
  expect(asMonth('zh-CN', { status: 'approx', detail: '1995-06' })).toMatchObject(heard('1995-06'))
  const options = [day('1995-06-01'), day('1995-06-30')]
  expect(asMonth('zh-CN', { status: 'ambiguous', options })).toMatchObject(heard('1995-06'))
  expect(asMonth('zh-CN', { status: 'ambiguous', options: [...options, day('1995-07-28')] })).toMatchObject({
    options: [{ label: '1995年6月' }, { label: '1995年7月' }],
  })
  expect(asMonth('zh-CN', { status: 'none' })).toEqual({ status: 'none' })
})

test('a month counts when a day of it does', () => {
  const bounds = { min: '1979-01-15', max: '2026-11-23' }
  expect(beyond('1979-01', bounds)).toBeNull()
  expect(beyond('2026-11', bounds)).toBeNull()
  expect(beyond('1978-12', bounds)).toMatchObject({ reason: 'too-early' })
  expect(beyond('2026-12', bounds)).toMatchObject({ reason: 'too-late' })
})

test('nothing that can be typed breaks it', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (period, said) => {
      missingOf(period, 'day')
      completed('2027-03', said)
      showPeriod('zh-CN', '2027')
    }),
  )
})
