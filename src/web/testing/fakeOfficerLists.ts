import type { OfficerLists } from '../../app/officerLists.ts'
import type { FakeApp } from './fakeApp.ts'
import { TRIED } from './fakeLists.ts'

/** Finds one row of another county in every file; the tried one makes one account. */
export function fakeOfficerLists({ asked }: Pick<FakeApp, 'asked'>): OfficerLists {
  const after = { name: '柯小满', role: 'village' as const, regionCode: '420702104212', officePhone: null }
  return {
    async take(by, { bytes, confirm, disableMissing }) {
      asked.push(['importOfficers', by.id, bytes.length, disableMissing, confirm])
      if (bytes.length === 0) return { ok: false, fault: 'encoding', line: 0 }
      if (confirm !== null && confirm !== TRIED) return { ok: false, fault: 'changed', line: 0 }
      const same = { hash: TRIED, unchanged: 1, unusedColumns: ['备注'] }
      const bad = { line: 3, column: '地区代码', reason: 'otherPlace' as const, value: '4207\u20283100' }
      if (confirm === null) {
        return {
          ok: true,
          report: { status: 'refused', ...same, lines: [], faults: [bad], faultCount: 1, passwords: [] },
        }
      }
      const lines = [{ what: 'created' as const, username: 'ke', before: null, after }]
      const passwords = [{ username: 'ke', name: '柯小满', password: 'only-here' }]
      return { ok: true, report: { status: 'done', ...same, lines, faults: [], faultCount: 0, passwords } }
    },
    async renewPassword(by, officerId, reason) {
      asked.push(['renewPassword', by.id, officerId, reason])
      return officerId === 'ke' ? { username: 'ke', name: '柯小满', password: 'only-here' } : null
    },
  }
}
