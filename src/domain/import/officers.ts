import { officerRoles, type Officer, type OfficerRole } from '../officer.ts'
import { readPersonName } from '../personName.ts'
import { readPhone } from '../phone.ts'
import type { RegionIndex } from '../region.ts'
import { plainDigits } from '../digits.ts'
import { bad, doubled, readTable, type BadRow, type Column, type Reading, type Row, type TableRecord } from './table.ts'

/** One officer as the office lists him. */
export type OfficerEntry = Pick<Officer, 'username' | 'name' | 'role' | 'regionCode' | 'officePhone'>

/** What a list would change. Passwords of known officers are never part of it. */
export interface OfficerPlan {
  create: OfficerEntry[]
  update: { before: Officer; after: OfficerEntry }[]
  unchanged: number
  /** Officers of the listed counties who are not in the list; empty unless asked for. */
  disable: Officer[]
}

const columns = {
  username: { headings: ['用户名', 'username', '账号', '登录名'] },
  name: { headings: ['姓名', 'name'] },
  role: { headings: ['级别', 'role', '角色'] },
  regionCode: { headings: ['地区代码', 'regionCode', '区划代码', '行政区划代码'] },
  officePhone: { headings: ['办公电话', 'officePhone'], optional: true },
} satisfies Record<string, Column>

/** Letters, digits and . _ - @, as people type them on any keyboard; ours, no platform's. */
const USERNAME = /^[A-Za-z0-9][A-Za-z0-9._@-]{1,63}$/

const roleWords: Record<OfficerRole, readonly string[]> = {
  village: ['village', '村', '村级', '村级专干'],
  town: ['town', '乡镇', '乡镇级', '乡镇经办'],
  county: ['county', '县', '县级', '县级主管'],
  auditor: ['auditor', '审计', '审计员'],
}

/** A village officer works for a village, and so on; the audit trail is read for a county. */
const regionLength: Record<OfficerRole, number> = { village: 12, town: 9, county: 6, auditor: 6 }

/** What whoever brings the list may not write, by column and reason; null for a row that he may. */
export type Permit = (entry: OfficerEntry) => { column: keyof typeof columns; reason: BadRow['reason'] } | null

/** Reads a list of officers against the places that exist; `permit` is asked about rows that are sound. */
export function readOfficers(
  rows: readonly Row[],
  regions: RegionIndex,
  permit: Permit = () => null,
): Reading<OfficerEntry[]> {
  const table = readTable(rows, columns)
  const read = table.records.map(record => permitted(readOfficer(record, regions), record, permit))
  const known = read.map(({ entry }, i) => ({ line: table.records[i]?.line ?? 0, username: entry.username }))
  const twice = doubled(known, ({ username }) => username.toLowerCase())
  return {
    value: read.map(({ entry }) => entry),
    bad: [
      ...table.bad,
      ...read.flatMap(({ faults }) => faults),
      ...twice.map(({ line, username }) => bad(line, columns.username, 'twice', username)),
    ],
    unused: table.unused,
  }
}

type Line = TableRecord<keyof typeof columns>

interface ReadLine {
  entry: OfficerEntry
  faults: BadRow[]
}

function permitted(read: ReadLine, { line, cells }: Line, permit: Permit): ReadLine {
  const refused = read.faults.length === 0 ? permit(read.entry) : null
  if (!refused) return read
  const { column, reason } = refused
  return { ...read, faults: [bad(line, columns[column], reason, cells[column].text)] }
}

function readOfficer({ line, cells }: Line, regions: RegionIndex): ReadLine {
  const faults: BadRow[] = []
  // A cell that was refused already (a formula) is not refused again.
  const fault = (column: keyof typeof columns, reason: BadRow['reason']) => {
    if (cells[column].fault === null)
      faults.push(bad(line, columns[column], cells[column].text === '' ? 'empty' : reason, cells[column].text))
  }
  const username = cells.username.text
  if (!USERNAME.test(username)) fault('username', 'username')
  const name = readPersonName(cells.name.text)
  if (!name.ok) fault('name', 'name')
  const role = officerRoles.find(one => roleWords[one].includes(cells.role.text.toLowerCase()))
  if (!role) fault('role', 'role')
  const regionCode = plainDigits(cells.regionCode.text)
  if (!regions.names.has(regionCode)) fault('regionCode', 'regionUnknown')
  else if (role && regionCode.length !== regionLength[role]) fault('regionCode', 'regionLength')
  const phone = cells.officePhone.text === '' ? null : readPhone(cells.officePhone.text)
  if (phone && (!phone.ok || phone.kind === 'emergency')) fault('officePhone', 'phone')
  return {
    entry: {
      username,
      name: name.ok ? name.name : '',
      role: role ?? 'village',
      regionCode,
      officePhone: phone?.ok ? phone.number : null,
    },
    faults,
  }
}

/**
 * Compares a list with the officers there are, by user name. Somebody in the list who was disabled works again. With
 * `disableMissing` officers of the same counties who are not in the list are to be disabled; other counties are left alone.
 */
export function planOfficers(
  entries: readonly OfficerEntry[],
  known: readonly Officer[],
  disableMissing: boolean,
): OfficerPlan {
  const byName = new Map(known.map(officer => [officer.username, officer]))
  const update = entries.flatMap(after => {
    const before = byName.get(after.username)
    return before && differs(before, after) ? [{ before, after }] : []
  })
  const create = entries.filter(({ username }) => !byName.has(username))
  const listed = new Set(entries.map(({ username }) => username))
  const counties = new Set(entries.map(({ regionCode }) => regionCode.slice(0, 6)))
  const missing = known.filter(
    ({ username, regionCode, disabled }) => !disabled && !listed.has(username) && counties.has(regionCode.slice(0, 6)),
  )
  return {
    create,
    update,
    unchanged: entries.length - create.length - update.length,
    disable: disableMissing ? missing : [],
  }
}

/** Whether the list says anything else about an officer than what is here; somebody disabled always differs. */
export function differs(before: Officer, after: OfficerEntry): boolean {
  return (
    before.disabled ||
    before.name !== after.name ||
    before.role !== after.role ||
    before.regionCode !== after.regionCode ||
    before.officePhone !== after.officePhone
  )
}
