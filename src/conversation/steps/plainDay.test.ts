import fc from 'fast-check'
import { expect, test } from 'vitest'
import { realLibrary } from '../../../test/golden/library.ts'
import { showBothCalendars } from '../understanding/showDay.ts'
import { readPlainDay } from './plainDay.ts'

const { readValue } = realLibrary()
const show = (date: string): string => showBothCalendars('zh-CN', date)

const number = (from: number, to: number, digits: number) =>
  fc.integer({ min: from, max: to }).map(value => String(value).padStart(digits, '0'))
const written = fc.oneof(
  fc.tuple(number(1900, 2099, 4), number(0, 14, 2), number(0, 33, 2)).map(parts => parts.join('-')),
  fc.tuple(number(1900, 2099, 4), number(0, 14, 1), number(0, 33, 1)).map(([y, m, d]) => `${y}年${m}月${d}日`),
)
const asked = fc.record(
  {
    today: fc.constantFrom('2026-11-22', '2024-02-29'),
    sense: fc.constantFrom('dueDate', 'birthDate'),
    min: fc.constant('2026-03-01'),
    max: fc.constant('2027-02-28'),
  },
  { requiredKeys: ['today'] },
)

test('a day in figures is read as the reader would read it, refusals too', () => {
  fc.assert(
    fc.property(written, asked, (text, context) => {
      expect(readPlainDay(text, context, show)).toEqual(readValue('date', text, context))
    }),
    { numRuns: 2000 },
  )
})

test.each([
  '2026-3-5',
  '26年3月5日',
  '2026年3月',
  '3月5日',
  '1899-12-31',
  '农历2026年3月5日',
  '２０２６年３月５日',
  ' 2026-03-05',
  '2026-0a-05',
  '2026-3--05',
  '20２6-03-05',
])('anything else is left to the reader: %s', text => {
  expect(readPlainDay(text, { today: '2026-11-22' }, show)).toBeNull()
})
