import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SurveyQuestion } from './answers.ts'
import {
  answerCounts,
  askedCounts,
  COUNTY_CELL,
  staffReport,
  type AskedOfficer,
  type StaffCount,
} from './staffSurvey.ts'

const question = (slot: string): SurveyQuestion => ({
  ...{ slot, type: 'choice', options: ['right', 'wrong', 'unsure'], optional: false, rating: false },
  ...{ correct: 'right', maxLength: null, textKey: slot, key: part => `${slot}.${part}` },
})
const questions = [question('one'), question('two')]

const towns = ['420702104', '420702105', '420702106']
const officer = (n: number, role: AskedOfficer['role'], town = 0): AskedOfficer => ({
  ...{ officerId: `o-${n}`, role },
  regionCode: role === 'county' ? '420702' : `${towns[town]}${role === 'village' ? '212' : ''}`,
})

/** The counters as the store adds them up. */
function counted(asked: readonly AskedOfficer[], knowing: readonly (boolean | null)[]): StaffCount[] {
  const answered = asked.flatMap((one, n) => {
    const knows = knowing[n] ?? null
    if (knows === null) return []
    return answerCounts(one, questions, { one: knows ? 'right' : 'unsure', two: 'right' })
  })
  return [...askedCounts(asked), ...answered]
}

const staff = [
  ...Array.from({ length: 12 }, (_, n) => officer(n, 'village', n % 2)),
  ...Array.from({ length: 6 }, (_, n) => officer(20 + n, 'town', n % 2)),
  ...Array.from({ length: 5 }, (_, n) => officer(30 + n, 'county')),
]

test('figures say how many of those asked answered, and how many of those know', () => {
  const report = staffReport(
    counted(
      staff,
      staff.map((_, n) => (n === 0 ? null : n % 4 !== 1)),
    ),
    questions,
  )
  expect([report.asked, report.answered, report.main.numerator]).toEqual([23, 22, 16])
  expect(report.questions.map(({ slot, figure }) => [slot, figure.value])).toEqual([
    ['one', 16 / 22],
    ['two', 1],
  ])
  expect(report.main.interval?.low).toBeLessThan(16 / 22)
  expect(report.roles.map(({ cell, asked, answered }) => [cell, asked, answered])).toEqual([
    ['county', 5, 5],
    ['town', 6, 6],
    ['village', 12, 11],
  ])
  expect(report.towns.map(({ cell, asked }) => [cell, asked])).toEqual([
    ['420702104', 9],
    ['420702105', 9],
    ['county', 5],
  ])
})

test('of one to four answers nothing is shown, of none the zero', () => {
  const few = staffReport(counted(staff, [true, false, true, true]), questions)
  expect([few.asked, few.answered, few.main.state]).toEqual([23, null, 'hidden'])
  expect(few.questions.every(({ figure }) => figure.state === 'hidden')).toBe(true)
  expect(few.roles.map(({ answered }) => answered)).toEqual([0, 0, null])
  const none = staffReport(counted(staff, []), questions)
  expect([none.answered, none.main.state]).toEqual([0, 'noData'])
})

test('the county is hidden by role and by town alike, so that one table does not give what the other hides', () => {
  // Three of the towns' officers answer: by role they are too few, and the county, as the next small one, goes with them.
  const knowing = staff.map((one, n) => (one.role === 'town' && n > 14 ? null : n % 3 === 0))
  const report = staffReport(counted(staff, knowing), questions)
  const hidden = (rows: typeof report.roles) => rows.filter(row => row.answered === null).map(({ cell }) => cell)
  expect(hidden(report.roles)).toContain('town')
  expect(hidden(report.roles)).toContain(COUNTY_CELL)
  expect(hidden(report.towns)).toContain(COUNTY_CELL)
})

const people = fc.array(
  fc.record({
    role: fc.constantFrom('village' as const, 'town' as const, 'county' as const),
    town: fc.nat(2),
    knows: fc.constantFrom(true, false, null),
  }),
  { minLength: 5, maxLength: 60 },
)

test('whatever comes in: no small cell is shown, and what is left by subtraction holds two cells and five answers', () => {
  fc.assert(
    fc.property(people, some => {
      const asked = some.map(({ role, town }, n) => officer(n, role, town))
      const knowing = some.map(({ knows }) => knows)
      const report = staffReport(counted(asked, knowing), questions)
      const answersOf = (rows: typeof report.roles, cell: string) => {
        const isRole = rows === report.roles
        return asked.filter((one, n) => {
          const town = one.role === 'county' ? COUNTY_CELL : one.regionCode.slice(0, 9)
          return (knowing[n] ?? null) !== null && (isRole ? one.role : town) === cell
        }).length
      }
      for (const rows of [report.roles, report.towns]) {
        const shown = rows.filter(row => row.answered !== null)
        expect(shown.every(({ answered }) => answered === 0 || (answered ?? 0) >= 5)).toBe(true)
        const hidden = rows.filter(row => row.answered === null)
        const left = hidden.reduce((sum, { cell }) => sum + answersOf(rows, cell), 0)
        // Where all is hidden nothing can be subtracted from but the whole, which holds everybody.
        if (hidden.length > 0 && shown.some(({ answered }) => answered !== 0)) {
          expect(hidden.length).toBeGreaterThan(1)
          expect(left).toBeGreaterThanOrEqual(5)
        }
      }
      const isHidden = (rows: typeof report.roles) =>
        rows.some(row => row.cell === COUNTY_CELL && row.answered === null)
      expect(isHidden(report.roles)).toBe(isHidden(report.towns))
    }),
  )
})
