import { expect, test } from 'vitest'
import { caseLife, correctedValue, typedDay } from './officerLife.ts'

test('days are read as officers type them, and days that do not exist are not', () => {
  const same = ['2027-01-15', '2027年1月15日', '20270115', '2027/1/15', '2027.1.15']
  expect(same.map(typedDay)).toEqual(same.map(() => '2027-01-15'))
  expect(['2027-02-30', '2027', '明年', '2027-13-01'].map(typedDay)).toEqual([null, null, null, null])
})

test('a corrected value has the type of its field', () => {
  expect([correctedValue('earlierChildren', ' 2 '), correctedValue('earlierChildren', '两个')]).toEqual([2, null])
  expect([correctedValue('applicantName', ' 欧阳娜娜 '), correctedValue('applicantName', ' ')]).toEqual([
    '欧阳娜娜',
    null,
  ])
})

test('a case of an older service without a life is read as an ordinary one', () => {
  expect(caseLife({})).toMatchObject({ way: 'self', duplicates: [], confirmation: { open: false, answer: null } })
})
