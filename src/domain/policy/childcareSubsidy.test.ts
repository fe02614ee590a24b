import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import { addDays } from '../world.ts'
import { parseSubsidyRules, subsidyOf } from './childcareSubsidy.ts'
import { monthsLater, wholeMonths } from '../months.ts'

const rules = parseSubsidyRules(parse(readFileSync('regions/knowledge/childcare-subsidy.yaml', 'utf8')))
const today = '2026-11-22'
const of = (birth: string, day = today) => subsidyOf(birth, day, rules)

describe('a child born since 2025 is paid by the year until the third birthday', () => {
  test('the first claim is open until the end of the year after the birth', () => {
    expect(of('2025-03-08')).toEqual({
      kind: 'byYear',
      ageMonths: 20,
      thirdBirthday: '2028-03-08',
      firstClaimBy: '2026-12-31',
      claimOver: false,
      ended: false,
    })
  })
  test('on the last day of that year it is still open, on the next it is over', () => {
    expect(of('2025-03-08', '2026-12-31')).toMatchObject({ claimOver: false })
    expect(of('2025-03-08', '2027-01-01')).toMatchObject({ claimOver: true })
  })
  test('on the third birthday it has ended, the day before not', () => {
    expect(of('2025-01-01', '2027-12-31')).toMatchObject({ ended: false })
    expect(of('2025-01-01', '2028-01-01')).toMatchObject({ ended: true })
  })
})

describe('a child born before 2025 is counted by the month', () => {
  test('as no rule was found for the month of the birthday, both counts are given', () => {
    expect(of('2024-06-15')).toEqual({
      kind: 'byMonth',
      ageMonths: 29,
      thirdBirthday: '2027-06-15',
      monthsLeast: 29,
      monthsMost: 30,
      firstClaimBy: '2025-12-31',
      claimOver: true,
      ended: false,
    })
  })
  test('a county that has verified the rule gets one count', () => {
    const source = { document: '县里的文件', checked: today, weight: 'official' as const }
    const counted = { ...rules, birthdayMonthCounts: { value: true, source } }
    expect(subsidyOf('2024-06-15', today, counted)).toMatchObject({ monthsLeast: 30, monthsMost: 30 })
    const not = { ...rules, birthdayMonthCounts: { value: false, source } }
    expect(subsidyOf('2024-06-15', today, not)).toMatchObject({ monthsLeast: 29, monthsMost: 29 })
  })
  test('who was three before the subsidy began has none', () => {
    expect(of('2022-01-01')).toEqual({ kind: 'tooEarly', thirdBirthday: '2025-01-01' })
    expect(of('2022-01-02')).toMatchObject({ kind: 'byMonth', monthsLeast: 0, monthsMost: 1, ended: true })
  })
})

test('a child that is not born yet has no months', () => {
  expect(of('2026-11-23')).toEqual({ kind: 'unborn' })
})

test('a rule that nobody verified is not replaced by a guess', () => {
  expect(subsidyOf('2025-03-08', today, { ...rules, start: null })).toEqual({ kind: 'unknown' })
  expect(subsidyOf('2025-03-08', today, { ...rules, firstClaimYears: null })).toEqual({ kind: 'unknown' })
  expect(subsidyOf('2024-03-08', today, { ...rules, earlierFirstClaimBy: null })).toEqual({ kind: 'unknown' })
})

test('who is born on 29 February has the birthday on the last of February (民法典 202)', () => {
  expect(of('2024-02-29')).toMatchObject({ thirdBirthday: '2027-02-28' })
})

const days = fc.integer({ min: 0, max: 8000 }).map(days => addDays('2015-01-01', days))

test('months later and whole months are inverse, whatever the days', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 120 }), (day, months) => {
      expect(wholeMonths(day, monthsLater(day, months))).toBe(months)
    }),
  )
})

test('of any child: never more than 36 months, never fewer than none, and an end is never before the age of three', () => {
  fc.assert(
    fc.property(days, days, (birth, day) => {
      const view = of(birth, day)
      if (view.kind === 'byMonth') {
        expect(view.monthsLeast).toBeGreaterThanOrEqual(0)
        expect(view.monthsMost).toBeLessThanOrEqual(36)
      }
      if (view.kind === 'byMonth' || view.kind === 'byYear') expect(view.ended).toBe(view.ageMonths >= 36)
    }),
  )
})
