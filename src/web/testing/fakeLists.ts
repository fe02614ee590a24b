import type { ListDesk } from '../../app/listImports.ts'
import { noEnds } from '../../domain/import/listedEnds.ts'
import type { FakeApp } from './fakeApp.ts'

/** Hash of the one file that this fake knows as tried. */
export const TRIED = 'a'.repeat(64)

/** Finds one row without a phone in every file; the tried one is sound. A file of three bytes ends a household with a speaker. */
export function fakeLists({ asked }: Pick<FakeApp, 'asked'>): ListDesk {
  return {
    async take(officer, { kind, bytes, confirm, ends }) {
      asked.push(['import', officer.id, kind, bytes.length, confirm, ends])
      if (bytes.length === 0) return { ok: false, fault: 'encoding', line: 0 }
      if (confirm !== null && confirm !== TRIED) return { ok: false, fault: 'otherFile', line: 0 }
      const gone = bytes.length === 3 ? 1 : 0
      if (confirm !== null && gone > 0 && ends !== gone) return { ok: false, fault: 'endsUnsaid', line: 0 }
      const inUse = gone > 0 ? [{ line: 2, why: 'openCase' as const }] : []
      const counts = { rows: 2, added: 1, changed: 0, unchanged: 0, kept: 0, gone, renamed: 0 }
      const faults = confirm === null ? [{ line: 3, column: '联系电话', reason: 'phone' as const }] : []
      return {
        ok: true,
        report: {
          status: confirm === null ? 'refused' : 'done',
          ends: { ...noEnds, toConfirm: gone > 0, inUse, inUseCount: gone, villages: [] },
          ...{ hash: TRIED, ...counts, unusedColumns: ['备注'], faults, faultCount: faults.length },
        },
      }
    },
  }
}
