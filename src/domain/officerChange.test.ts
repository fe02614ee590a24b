import { describe, expect, test } from 'vitest'
import { followsOf, mayChangeOfficer, wrongWish, type CountedTasks } from './officerChange.ts'
import type { Officer, OfficerRole } from './officer.ts'
import type { StaffMember } from './staff.ts'

const VILLAGE = '420702104212'
const TOWN = '420702104'
const COUNTY = '420702'

function officer(id: string, role: OfficerRole, regionCode: string): Officer {
  return { id, username: id, name: id, role, regionCode, officePhone: null, disabled: false }
}

const county = officer('county', 'county', COUNTY)
const town = officer('town', 'town', TOWN)
const village = officer('village', 'village', VILLAGE)
const neighbour = officer('neighbour', 'village', '420702104200')

describe('who may change an officer', () => {
  test.each([
    { by: county, who: village, may: true },
    { by: county, who: town, may: true },
    { by: county, who: officer('second', 'county', COUNTY), may: true },
    { by: town, who: village, may: true },
    { by: town, who: officer('mate', 'town', TOWN), may: false },
    { by: town, who: county, may: false },
    { by: village, who: neighbour, may: false },
    { by: county, who: county, may: false },
    { by: county, who: officer('spy', 'auditor', COUNTY), may: false },
    { by: county, who: officer('far', 'village', '420704108202'), may: false },
    { by: officer('spy', 'auditor', COUNTY), who: village, may: false },
  ])('$by.id changes $who.id: $may', ({ by, who, may }) => expect(mayChangeOfficer(by, who)).toBe(may))
})

describe('what he may make of him', () => {
  const wish = (role: OfficerRole, regionCode: string) => ({ role, regionCode, officePhone: null, disabled: false })
  test.each([
    { by: county, wished: wish('county', COUNTY), wrong: null },
    { by: county, wished: wish('auditor', COUNTY), wrong: 'role' },
    { by: county, wished: wish('village', '420704108202'), wrong: 'regionCode' },
    { by: county, wished: wish('town', VILLAGE), wrong: 'regionCode' },
    { by: town, wished: wish('village', VILLAGE), wrong: null },
    { by: town, wished: wish('town', TOWN), wrong: 'role' },
    { by: town, wished: wish('village', '420702100200'), wrong: 'regionCode' },
  ])('$by.id, $wished.role of $wished.regionCode: $wrong', ({ by, wished, wrong }) =>
    expect(wrongWish(by, wished)).toBe(wrong),
  )
})

describe('what follows', () => {
  const member = (one: Officer): StaffMember => ({ officer: one, matters: [], absent: null })
  const counted = (more: Partial<CountedTasks>): CountedTasks => ({
    ...{ regionCode: VILLAGE, raisedTo: null, assigneeId: null, status: 'open', matter: null, count: 2 },
    ...more,
  })
  const counts = [
    counted({}),
    counted({ assigneeId: 'village', status: 'leased', count: 3 }),
    counted({ assigneeId: 'mate', status: 'leased', count: 4 }),
    counted({ regionCode: '420702104200', count: 5 }),
  ]
  const staff = [county, town, village, neighbour].map(member)

  test('who leaves gives back what he holds, and the level above gets what nobody else is there for', () => {
    const gone = { ...village, disabled: true }
    expect(followsOf(village, gone, { staff, counts })).toEqual({ returned: 3, uncovered: 5, next: [town] })
  })

  test('with a colleague in the village nothing goes up', () => {
    const both = [...staff, member(officer('mate', 'village', VILLAGE))]
    const moved = { ...village, regionCode: '420702104200' }
    expect(followsOf(village, moved, { staff: both, counts })).toEqual({ returned: 3, uncovered: 0, next: [] })
  })

  test('who rises to the town keeps what he holds', () => {
    const risen = { ...village, role: 'town' as const, regionCode: TOWN }
    expect(followsOf(village, risen, { staff, counts })).toMatchObject({ returned: 0, uncovered: 2 })
  })

  test('a new phone changes nothing', () => {
    const called = { ...village, officePhone: '0711-2345678' }
    expect(followsOf(village, called, { staff, counts })).toEqual({ returned: 0, uncovered: 0, next: [] })
  })

  test('who stood in for others is missed there, too', () => {
    const absent = { ...member(neighbour), absent: { substitute: village } }
    const gone = { ...village, disabled: true }
    const there = [member(county), member(town), member(village), absent]
    expect(followsOf(village, gone, { staff: there, counts: [counts[3] ?? counted({})] })).toEqual({
      ...{ returned: 0, uncovered: 5, next: [town] },
    })
  })

  test('where nobody is left at all it says so', () => {
    const alone = { staff: [member(village)], counts }
    expect(followsOf(village, { ...village, disabled: true }, alone)).toMatchObject({ uncovered: 5, next: [] })
  })
})
