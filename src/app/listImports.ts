import type { Officer } from '../domain/officer.ts'
import type { EndInUse } from '../domain/import/listedEnds.ts'
import type { RowFault } from '../domain/import/rowFormat.ts'

/** Lists of people, of any length: 住户名册, 证件登记簿, 出生名单. */
export const listKinds = ['households', 'registers', 'births'] as const
export type ListKind = (typeof listKinds)[number]

export interface ListUpload {
  kind: ListKind
  bytes: Uint8Array
  /** The hash that a trial run told of this very file; null: only tell what would change. */
  confirm: string | null
  /** How many households it may note as gone, said by whoever imports; null: not said. */
  ends: number | null
}

/** What a list would change or has changed, or why it was refused. It names lines and columns, and nobody. */
export interface ListReport {
  status: 'trial' | 'done' | 'nothing' | 'refused'
  /** SHA-256 of the file. */
  hash: string
  rows: number
  added: number
  changed: number
  unchanged: number
  /** Rows that stay as they are here, whatever the list says. */
  kept: number
  /** Households that are noted as gone by it. */
  gone: number
  /** What looks surprising about that. */
  ends: SurprisingEnds
  /** Rows that named a place by a code of former times. */
  renamed: number
  unusedColumns: string[]
  /** The first ones by line, and how many there are. */
  faults: RowFault[]
  faultCount: number
}

/** Households that would end though somebody seems to be there, and villages that would lose many. Lines, and nobody. */
export interface SurprisingEnds {
  /** Whether nothing is written before the number of households that end (`gone`) is said. */
  toConfirm: boolean
  /** The first ones by line, and how many there are. */
  inUse: EndInUse[]
  inUseCount: number
  villages: { place: string; gone: number; households: number }[]
}

export type ListAnswer =
  | { ok: true; report: ListReport }
  /**
   * `fault`: as in `import.file.…`; `line` 0 where it has no place. `otherFile`: not the file that was tried; `endsUnsaid`: the number
   * of households that end was not said, or is another one.
   */
  | { ok: false; fault: string; line: number }

/** Imports of a county through its own pages: rows of other places are refused. All of a file or nothing. */
export interface ListDesk {
  take(officer: Officer, upload: ListUpload): Promise<ListAnswer>
}
