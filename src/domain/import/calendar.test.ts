import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addWorkingDays, statutoryDays, type WorkCalendar } from '../workingDays.ts'
import { readCalendar, withImportedCalendars } from './calendar.ts'
import { textCell, type Row } from './table.ts'

const source = ['来源', '合成的测试日历']
const header = ['日期', '类型', '备注']
const holidays = (year: number) => statutoryDays(year).map(day => [day, '休', ''])
const rows = (...lines: string[][]): Row[] => lines.map((cells, i) => ({ line: i + 1, cells: cells.map(textCell) }))
const faults = (...lines: string[][]) =>
  readCalendar(rows(source, header, ...holidays(2027), ...lines)).bad.map(
    ({ column, reason, value }) => `${column} ${reason} ${value}`,
  )

describe('a calendar', () => {
  test.each([2025, 2026])('of %s, as the service brings it, is read back as it is', year => {
    const file = path.resolve(import.meta.dirname, `../../../regions/calendar/${year}.json`)
    const calendar = JSON.parse(readFileSync(file, 'utf8')) as WorkCalendar
    const lines = [...calendar.daysOff.map(day => [day, '休']), ...calendar.makeUpDays.map(day => [day, '班'])]
    const reading = readCalendar(rows(['来源：', calendar.source], ['date', 'kind'], ...lines))
    expect(reading).toEqual({ value: calendar, bad: [], unused: [] })
  })

  test('takes days however an office writes them, and the last week of the year before', () => {
    const lines = [
      ['2026年12月26日', '班'],
      ['2027/1/2', '放假'],
      ['2027.01.03', '休'],
    ]
    const { value, bad } = readCalendar(rows(source, header, ...holidays(2027), ...lines))
    expect(bad).toEqual([])
    expect(value.year).toBe(2027)
    expect(value.daysOff).toEqual(expect.arrayContaining(['2027-01-02', '2027-01-03']))
    expect(value.makeUpDays).toEqual(['2026-12-26'])
  })

  test('takes the days of a sheet, which are numbers', () => {
    const cells = [{ text: '46389', fault: null, serial: 46389 }, textCell('休')]
    const { value } = readCalendar([...rows(source, header, ...holidays(2027)), { line: 99, cells }])
    expect(value.daysOff.filter(day => day === '2027-01-02')).toHaveLength(1)
  })

  test.each([
    ['a working Monday', ['2027-02-22', '班'], '日期 workOnWeekday 2027-02-22'],
    ['a day that does not exist', ['2027-02-30', '休'], '日期 date 2027-02-30'],
    ['a day of another year', ['2028-01-02', '休'], '日期 otherYear 2028-01-02'],
    ['a day that is off and worked', ['2027-10-02', '班'], '日期 twice 2027-10-02'],
    ['a kind nobody knows', ['2027-02-20', '半'], '类型 kind 半'],
    ['a kind left out', ['2027-02-20', ''], '类型 empty '],
  ])('with %s is refused', (_name, line, fault) => expect(faults(line)).toEqual([fault]))

  test('without its source, or without a statutory day, is refused', () => {
    const lines = holidays(2027).filter(([day]) => day !== '2027-10-01')
    expect(readCalendar(rows(header, ...lines)).bad).toMatchObject([
      { line: 0, reason: 'noSource' },
      { line: 0, reason: 'statutoryMissing', value: '2027-10-01' },
    ])
  })

  test('nothing in any cell makes it fail', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('2027-01-01', '休', '班', '来源', '年份', '1e400', '9999-12-31'))
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 4 }), { maxLength: 8 }), lines => {
        expect(readCalendar(rows(header, ...lines)).bad.length).toBeGreaterThan(0)
      }),
    )
  })
})

test('an imported year takes the place of the built-in one, and days count by it', () => {
  const builtIn = [{ year: 2026, daysOff: [], makeUpDays: [], source: 'a' }]
  const mine = { year: 2027, daysOff: statutoryDays(2027), makeUpDays: ['2027-01-02'], source: 'b' }
  const both = withImportedCalendars(builtIn, [mine])
  expect(addWorkingDays(both, '2026-12-31', 1)).toEqual({ date: '2027-01-02', provisional: false })
  expect(addWorkingDays(builtIn, '2026-12-31', 1)).toEqual({ date: '2027-01-04', provisional: true })
  expect(withImportedCalendars(both, [{ ...mine, source: 'c' }]).map(one => one.source)).toEqual(['a', 'c'])
})
