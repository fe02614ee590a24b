import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { covers, type Officer } from './officer.ts'
import { responsibleFor, type StaffMember } from './staff.ts'

const officer = (username: string, role: Officer['role'], regionCode: string): Officer => ({
  ...{ id: username, username, name: username, role, regionCode, officePhone: null, disabled: false },
})
const village = officer('village', 'village', '420702104212')
const second = officer('second', 'village', '420702104212')
const neighbour = officer('neighbour', 'village', '420702104213')
const town = officer('town', 'town', '420702104')
const county = officer('county', 'county', '420702')
const here = (one: Officer, more: Partial<StaffMember> = {}): StaffMember => ({
  ...{ officer: one, matters: [], absent: null },
  ...more,
})
const task = { regionCode: '420702104212', raisedTo: null, matter: 'birthRegistration' }
const names = (officers: Officer[]) => officers.map(({ username }) => username)

describe('whose a task is', () => {
  test('of the village, not of those above, nor of the neighbours', () => {
    expect(
      names(
        responsibleFor(
          task,
          [village, neighbour, town, county].map(one => here(one)),
        ),
      ),
    ).toEqual(['village'])
  })

  test('a vacancy goes up the chain', () => {
    expect(names(responsibleFor(task, [here(town), here(county)]))).toEqual(['town'])
    expect(names(responsibleFor(task, [here(county)]))).toEqual(['county'])
    expect(responsibleFor(task, [here(neighbour)])).toEqual([])
  })

  test('an absent officer counts through his substitute, without one like a vacancy', () => {
    const away = (substitute: Officer | null) => [here(village, { absent: { substitute } }), here(town)]
    expect(names(responsibleFor(task, away(neighbour)))).toEqual(['neighbour'])
    expect(names(responsibleFor(task, away(null)))).toEqual(['town'])
  })

  test('who was given the matter goes first, and all others when he is away', () => {
    const staff = (absent: StaffMember['absent']) => [
      here(village),
      here(second, { matters: ['birthRegistration'], absent }),
    ]
    expect(names(responsibleFor(task, staff(null)))).toEqual(['second'])
    expect(names(responsibleFor(task, staff({ substitute: null })))).toEqual(['village'])
    expect(names(responsibleFor({ ...task, matter: null }, staff(null)))).toEqual(['village'])
  })

  test('a late one belongs to the level that was called in', () => {
    const staff = [village, town, county].map(one => here(one))
    expect(names(responsibleFor({ ...task, raisedTo: 'town' }, staff))).toEqual(['town'])
    expect(names(responsibleFor({ ...task, raisedTo: 'county' }, staff))).toEqual(['county'])
  })

  test('as long as anybody of the chain is there, somebody is to do it, and nobody who is away', () => {
    const member = fc.record({
      officer: fc.constantFrom(village, second, neighbour, town, county),
      matters: fc.constantFrom<string[]>([], ['birthRegistration'], ['complaint']),
      absent: fc.constantFrom(null, { substitute: null }, { substitute: neighbour }),
    })
    fc.assert(
      fc.property(fc.uniqueArray(member, { selector: one => one.officer.id }), staff => {
        const found = responsibleFor(task, staff)
        const present = staff.filter(one => covers(one.officer.regionCode, task.regionCode))
        const available = present.flatMap(({ officer: one, absent }) => (absent ? (absent.substitute ?? []) : one))
        expect(found.length > 0).toBe(available.length > 0)
        expect(found.every(one => available.includes(one))).toBe(true)
      }),
    )
  })
})
