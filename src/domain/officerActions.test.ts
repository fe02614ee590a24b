import { expect, test } from 'vitest'
import type { ApplicationAction } from './application.ts'
import type { Officer, OfficerRole } from './officer.ts'
import { officerActions } from './officerActions.ts'
import { layerNotice } from './packs/noticeSection.ts'
import type { RegionPack } from './regionPack.ts'
import * as e from './testdata/applicationLogs.ts'

const officer = (role: OfficerRole, id: string = role): Officer => ({
  ...{ id, username: id, name: id, role, regionCode: '420702', officePhone: null, disabled: false },
})
/** A case whose first notice was sent by this officer, and where it goes on. */
const noticedBy = (id: string, ...then: Parameters<typeof e.log>): { actions: ApplicationAction[] } => ({
  actions: e.log(e.submitted, e.requested, ...then).map(action => ({
    ...action,
    actor: { kind: 'officer', id, role: 'village', regionCode: '420702104212' },
  })),
})
const source = { document: 'made up', checked: '2026-11-22', weight: 'product' as const }
type Notices = Pick<RegionPack, 'notice'>
const trusting = (value: ('town' | 'county')[]): Notices => ({
  notice: layerNotice([{ exceptionRoles: { value, source } }]),
})
const roles: OfficerRole[] = ['village', 'town', 'county', 'auditor']
const mayExcept = (pack: Notices, application: { actions: ApplicationAction[] }) =>
  roles.filter(role => officerActions(pack, application, officer(role)).includes('noticeException'))

test.each([
  ['where no pack says who', {}, ['town', 'county']],
  ['where only the county is trusted', trusting(['county']), ['county']],
  ['where only the town is trusted', trusting(['town']), ['town']],
])('a second notice is a supervisor’s, %s', (_where, pack, whom) => {
  expect(mayExcept(pack, noticedBy('village', e.supplemented))).toEqual(whom)
})

test('it may correct a notice that is still waited for', () => {
  expect(mayExcept({}, noticedBy('village'))).toEqual(['town', 'county'])
})

test('nobody excepts himself: who sent the first notice does not send the second', () => {
  expect(mayExcept({}, noticedBy('town', e.supplemented))).toEqual(['county'])
})
