import type { BadRow } from '../domain/import/table.ts'
import type { Officer } from '../domain/officer.ts'

export interface OfficerUpload {
  bytes: Uint8Array
  /** Whether officers of the county whom the list leaves out are to be disabled. */
  disableMissing: boolean
  /** The hash that a trial run told; null: only tell what would change. */
  confirm: string | null
}

/** One account that a list touches, with what it would be and was: officers are no secret to their county. */
export interface OfficerLine {
  what: 'created' | 'changed' | 'enabled' | 'disabled'
  username: string
  before: OfficerFacts | null
  after: OfficerFacts | null
}

export type OfficerFacts = Pick<Officer, 'name' | 'role' | 'regionCode' | 'officePhone'>

/** What somebody logs in with for the first time. */
export interface FreshPassword {
  username: string
  name: string
  password: string
}

export interface OfficerListReport {
  status: 'trial' | 'done' | 'nothing' | 'refused'
  /** Of the file, what was asked and what would change: only exactly this is written with it. */
  hash: string
  unchanged: number
  lines: OfficerLine[]
  unusedColumns: string[]
  faults: BadRow[]
  faultCount: number
  /** Of new accounts, here and nowhere else: the database has their hash only. */
  passwords: FreshPassword[]
}

export type OfficerListAnswer =
  | { ok: true; report: OfficerListReport }
  /** `fault`: as in `import.file.…`; `changed`: not what was tried, or no longer; `tooMany` new accounts at once. */
  | { ok: false; fault: string; line: number }

/** Accounts of a county's officers through its own pages. */
export interface OfficerLists {
  /** All of a file or nothing, within the place of `by` and never above what he may (`permitOfCounty`). */
  take(by: Officer, upload: OfficerUpload): Promise<OfficerListAnswer>
  /**
   * A new password for an officer of the county, whose sessions end; his second factor stays. Null for whoever is no working
   * officer below `by`, for an auditor and for himself.
   */
  renewPassword(by: Officer, officerId: string, reason: string): Promise<FreshPassword | null>
}
