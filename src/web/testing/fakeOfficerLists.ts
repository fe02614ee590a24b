import type { OfficerLists } from '../../app/officerLists.ts'
import type { OfficerChanges } from '../../app/officer/officerChanges.ts'
import type { Officer } from '../../domain/officer.ts'
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

/** One officer, whom everybody may change once: three tasks go back, two go up. */
export function fakeOfficerChanges({ asked }: Pick<FakeApp, 'asked'>, officer: Officer): OfficerChanges {
  return {
    async list(by) {
      asked.push(['officers', by.id])
      return [{ ...officer, mayChange: by.id !== officer.id }]
    },
    async change(by, { id, wish, reason, expected }) {
      asked.push(['changeOfficer', by.id, id, wish, reason, expected])
      if (id !== officer.id) return { ok: false, refusal: { code: 'notFound' } }
      if (expected !== null && expected !== 3)
        return { ok: false, refusal: { code: 'notAllowed', allowed: ['preview'] } }
      return { ok: true, value: { returned: 3, uncovered: 2, next: [officer] } }
    },
  }
}
