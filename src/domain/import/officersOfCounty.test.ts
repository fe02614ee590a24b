import { describe, expect, test } from 'vitest'
import type { Officer } from '../officer.ts'
import type { OfficerEntry } from './officers.ts'
import { permitOfCounty, planOfCounty } from './officersOfCounty.ts'

const officer = (username: string, role: Officer['role'], regionCode: string): Officer => ({
  ...{ id: `id-${username}`, username, name: '柯小满', role, regionCode, officePhone: null, disabled: false },
})
const entry = (username: string, role: Officer['role'], regionCode: string): OfficerEntry => ({
  ...{ username, name: '柯小满', role, regionCode, officePhone: null },
})
const county = officer('head', 'county', '420702')
const known = [
  county,
  officer('watch', 'auditor', '420702'),
  officer('ke', 'village', '420702104212'),
  officer('far', 'town', '420703100'),
]
const permit = permitOfCounty(county, known)

describe('a county', () => {
  test.each([
    ['a new village officer', entry('new', 'village', '420702104212')],
    ['an officer it knows, in another of its towns', entry('ke', 'town', '420702104')],
    ['a second head of the county', entry('second', 'county', '420702')],
    ['its auditor as he is', entry('watch', 'auditor', '420702')],
    ['itself with another name', { ...entry('head', 'county', '420702'), name: '柯大满' }],
  ])('may write %s', (_what, one) => {
    expect(permit(one)).toBeNull()
  })

  test.each([
    ['a place of another county', entry('new', 'village', '420703100201'), 'regionCode', 'otherPlace'],
    ['an account of another county', entry('far', 'town', '420702104'), 'username', 'usernameTaken'],
    ['an auditor', entry('new', 'auditor', '420702'), 'role', 'auditor'],
    ['another name for its auditor', { ...entry('watch', 'auditor', '420702'), name: '柯大满' }, 'role', 'auditor'],
    ['its auditor as an officer', entry('watch', 'county', '420702'), 'role', 'auditor'],
    ['itself as a village', entry('head', 'village', '420702104212'), 'role', 'ownAccount'],
  ])('may not write %s', (_what, one, column, reason) => {
    expect(permit(one)).toEqual({ column, reason })
  })

  test('that leaves people out disables its own, but neither itself, nor its auditor, nor others', () => {
    const [listed] = [entry('new', 'village', '420702104212')]
    const plan = planOfCounty([listed], known, { by: county, disableMissing: true })
    expect(plan.disable.map(({ username }) => username)).toEqual(['ke'])
    expect(planOfCounty([listed], known, { by: county, disableMissing: false }).disable).toEqual([])
  })
})
