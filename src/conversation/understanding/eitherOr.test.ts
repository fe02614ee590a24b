import { describe, expect, it } from 'vitest'
import { readMonths } from './ages.ts'
import { eitherDay } from './dateReading.ts'
import { readDate } from './dates.ts'
import { hearValue } from './heardValue.ts'
import { readMonth } from './months.ts'
import { readAmount } from './numbers.ts'
import { eitherOf } from './reading.ts'
import { readDateTime } from './times.ts'
import { readYear } from './years.ts'

/** A Sunday. */
const today = '2026-11-22'

describe('of two values that are weighed against each other', () => {
  it.each([
    ['去年十一月份或者十二月份', ['2025-11', '2025-12']],
    ['上个月或者上上个月', ['2026-09', '2026-10']],
    ['今年七月还是八月我记不清了', ['2026-07', '2026-08']],
    ['5月份要么6月份，今年', ['2026-05', '2026-06']],
  ])('both months are heard in %s', (text, values) => {
    expect(hearValue('month', text, words => readMonth(words, { today }), eitherOf).reading).toEqual({
      kind: 'several',
      values,
    })
  })

  it('the one takes from the other what it leaves unsaid, day or hour', () => {
    const hour = (text: string) =>
      hearValue('datetime', text, words => readDateTime(words, { today }), eitherOf).reading
    const [early, late] = ['2026-11-23T09:00+08:00', '2026-11-23T10:00+08:00']
    expect(hour('明天上午九点或者十点')).toEqual({ kind: 'several', values: [early, late] })
    expect(hour('明天或者后天上午九点')).toEqual({ kind: 'several', values: [early, '2026-11-24T09:00+08:00'] })
    const day = hearValue('date', '不是十号就是十一号，这个月的', words => readDate(words, { today }), eitherDay)
    expect(day.reading).toMatchObject({ kind: 'several', days: [{ date: '2026-11-10' }, { date: '2026-11-11' }] })
  })

  it('numbers, ages and years compete in rising order', () => {
    expect(hearValue('number', '两千还是三千', readAmount, eitherOf).reading).toEqual({
      kind: 'several',
      values: [2000, 3000],
    })
    const months = hearValue('months', '十个月或者九个月', words => readMonths(words, { today }), eitherOf)
    expect(months.reading).toEqual({ kind: 'several', values: [9, 10] })
    const year = hearValue('year', '七七年要么七六年生的', words => readYear(words, { today }), eitherOf)
    expect(year.reading).toEqual({ kind: 'several', values: [1976, 1977] })
  })

  it('a question weighs nothing, and the same value twice is one', () => {
    expect(hearValue('number', '婚假是十五天还是二十天', readAmount, eitherOf).reading).toBeNull()
    expect(hearValue('number', '三百或者300', readAmount, eitherOf).reading).toEqual({ kind: 'one', value: 300 })
  })
})
