import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../world.ts'
import { readSheetDay } from './sheetDay.ts'
import { textCell } from './table.ts'

const read = (text: string) => readSheetDay(textCell(text))

test('a day is read in every form that offices write', () => {
  const day = fc.integer({ min: -20_000, max: 30_000 }).map(n => addDays('2000-01-01', n))
  fc.assert(
    fc.property(day, date => {
      const [y = '', m = '', d = ''] = date.split('-')
      const [month, dayOfMonth] = [Number(m), Number(d)]
      const forms = [
        date,
        `${y}/${month}/${dayOfMonth}`,
        `${y}.${m}.${d}`,
        `${y}年${month}月${dayOfMonth}日`,
        y + m + d,
      ]
      expect([...forms, `${date} 08:30:00`, `${date}T08:30:00.000Z`].map(read)).toEqual(Array(7).fill(date))
    }),
  )
})

test("a sheet's own number is a day, with a time of day too, and in a text file", () => {
  const day = fc.integer({ min: 10_000, max: 79_999 })
  fc.assert(
    fc.property(day, serial => {
      const date = addDays('1899-12-30', serial)
      expect(readSheetDay({ text: String(serial), serial })).toBe(date)
      expect([read(String(serial)), read(`${serial}.5`)]).toEqual([date, date])
    }),
  )
  expect(readSheetDay({ text: '20260101', serial: 20_260_101 })).toBe('2026-01-01')
  expect(readSheetDay({ text: '44926', serial: 46_388 })).toBe('2027-01-01')
})

test.each(['2026-02-30', '3/4/2027', '26-01-01', '2026', '202601', '二〇二六', '', '1e5', '99999', '-5'])(
  '%s is no day',
  text => expect(read(text)).toBeNull(),
)

test('no text makes it fail', () => {
  fc.assert(fc.property(fc.string(), text => void read(text)))
})
