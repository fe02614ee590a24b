import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import { addDays } from '../world.ts'
import { parseCalendarItems, planCalendar, stillAhead, type CalendarBasis } from './serviceCalendar.ts'

const items = parseCalendarItems(parse(readFileSync('regions/knowledge/service-calendar.yaml', 'utf8')))
const expecting: CalendarBasis = { stage: 'expecting', birth: '2027-03-15', registered: '2026-11-22' }
const planned = (basis: CalendarBasis) =>
  planCalendar(basis, items).map(({ item, from, until }) => [item.id, from, until])

describe('a calendar', () => {
  test('of an expected child runs from care in pregnancy to the last renewal of the subsidy', () => {
    expect(planned(expecting)).toEqual([
      ['prenatalCare', '2026-11-22', '2027-03-15'],
      ['delivery', '2027-03-15', '2027-03-15'],
      ['birthCertificate', '2027-03-15', null],
      ['vaccinationCard', '2027-03-15', null],
      ['householdEntry', '2027-03-15', null],
      ['insuranceAndCard', '2027-03-15', null],
      ['subsidyFirstClaim', '2027-03-15', '2028-12-31'],
      ['subsidyRenewal', '2028-01-01', '2030-03-14'],
    ])
  })
  test('of a born child leaves out pregnancy and birth, and begins with the registration', () => {
    const born: CalendarBasis = { stage: 'born', birth: '2026-10-01', registered: '2026-11-22' }
    expect(planned(born)[0]).toEqual(['birthCertificate', '2026-11-22', null])
    expect(planned(born).map(([id]) => id)).not.toContain('delivery')
  })
  test('shows what is not over', () => {
    const ahead = stillAhead(planCalendar(expecting, items), '2029-01-01').map(({ item }) => item.id)
    expect(ahead).not.toContain('subsidyFirstClaim')
    expect(ahead).toContain('subsidyRenewal')
  })
})

test('every item has a source, and none of them is media', () => {
  expect(items.map(({ source }) => source.weight).filter(weight => weight === 'media')).toEqual([])
})

test('whatever the dates: the plan is in order, begins with the registration, and no item ends before it begins', () => {
  const days = fc.integer({ min: 0, max: 3000 }).map(days => addDays('2024-01-01', days))
  fc.assert(
    fc.property(days, days, fc.constantFrom('expecting' as const, 'born' as const), (birth, registered, stage) => {
      const plan = planCalendar({ stage, birth, registered }, items)
      expect(plan.map(({ from }) => from)).toEqual(plan.map(({ from }) => from).toSorted())
      expect(plan.every(({ from }) => from >= registered)).toBe(true)
      expect(plan.every(({ from, until }) => until === null || from <= until)).toBe(true)
    }),
  )
})
