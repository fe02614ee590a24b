import { createHash } from 'node:crypto'
import type { FreshPassword, OfficerLine, OfficerListReport, OfficerLists } from '../app/officerLists.ts'
import { readOfficers, type OfficerEntry, type OfficerPlan } from '../domain/import/officers.ts'
import { permitOfCounty, planOfCounty } from '../domain/import/officersOfCounty.ts'
import type { Reading } from '../domain/import/table.ts'
import type { Officer } from '../domain/officer.ts'
import type { RegionIndex } from '../domain/region.ts'
import { officerActor } from '../domain/taskState.ts'
import type { World } from '../domain/world.ts'
import { OfficersMoved, type MasterData } from '../store/masterData.ts'
import { readImportBytes } from './importFile.ts'
import { hashPassword, newPassword } from './password.ts'

export interface OfficerListDeps {
  masterData: MasterData
  world: World
  /** Places as they are now. */
  regions: RegionIndex
}

/** More faults of one file than anybody mends one by one; the rest is counted. */
const MOST_FAULTS = 200
/** Each password costs some 0.1 s by purpose: so many are answered before a proxy gives up waiting. */
const MOST_NEW = 200
const COUNTY_DIGITS = 6

/** The way in for a county's own pages. */
export function makeOfficerLists(deps: OfficerListDeps): OfficerLists {
  return {
    take: async (by, { bytes, confirm, disableMissing }) => {
      const content = readImportBytes(bytes)
      if (!content.ok) return content
      const known = await deps.masterData.officers()
      const reading = readOfficers(content.rows, deps.regions, permitOfCounty(by, known))
      if (reading.bad.length > 0) return { ok: true, report: refusedReport(reading, hashOf([bytes])) }
      const plan = planOfCounty(reading.value, known, { by, disableMissing })
      if (plan.create.length > MOST_NEW) return { ok: false, fault: 'tooMany', line: 0 }
      const fileHash = hashOf([bytes])
      const hash = hashOf([fileHash, JSON.stringify([disableMissing, plan])])
      const report = { ...reportOf(plan), hash, unusedColumns: reading.unused }
      if (report.lines.length === 0) return { ok: true, report: { ...report, status: 'nothing' } }
      if (confirm === null) return { ok: true, report: { ...report, status: 'trial' } }
      if (confirm !== hash) return { ok: false, fault: 'changed', line: 0 }
      const passwords = await write(deps, by, plan, fileHash)
      if (!passwords) return { ok: false, fault: 'changed', line: 0 }
      return { ok: true, report: { ...report, status: 'done', passwords } }
    },
    renewPassword: async (by, officerId, reason) => {
      if (officerId === by.id) return null
      const password = newPassword()
      const renewal = { officerId, passwordHash: await hashPassword(password), by: officerActor(by), reason }
      const within = by.regionCode.slice(0, COUNTY_DIGITS)
      const officer = await deps.masterData.renewPassword({ ...renewal, within }, deps.world.now())
      return officer && { username: officer.username, name: officer.name, password }
    },
  }
}

/** Null when somebody changed one of these officers meanwhile; then nothing was written. */
async function write(
  { masterData, world }: OfficerListDeps,
  by: Officer,
  { create, update, disable }: OfficerPlan,
  fileHash: string,
): Promise<FreshPassword[] | null> {
  const accounts: { id: string; entry: OfficerEntry; passwordHash: string }[] = []
  const passwords: FreshPassword[] = []
  // One after another: an officer who logs in meanwhile waits for one of them, not for all.
  for (const entry of create) {
    const password = newPassword()
    accounts.push({ id: world.newId(), entry, passwordHash: await hashPassword(password) })
    passwords.push({ username: entry.username, name: entry.name, password })
  }
  const order = { by: officerActor(by), fileHash, regionCode: by.regionCode }
  try {
    await masterData.changeOfficers({ create: accounts, update, disable }, world.now(), order)
    return passwords
  } catch (error) {
    if (error instanceof OfficersMoved) return null
    throw error
  }
}

type Sound = Omit<OfficerListReport, 'status' | 'hash' | 'unusedColumns'>

function reportOf({ create, update, disable, unchanged }: OfficerPlan): Sound {
  const lines: OfficerLine[] = [
    ...create.map(one => ({ what: 'created' as const, username: one.username, before: null, after: factsOf(one) })),
    ...update.map(({ before, after }) => ({
      what: before.disabled ? ('enabled' as const) : ('changed' as const),
      ...{ username: after.username, before: factsOf(before), after: factsOf(after) },
    })),
    ...disable.map(one => ({ what: 'disabled' as const, username: one.username, before: factsOf(one), after: null })),
  ]
  return { unchanged, lines, faults: [], faultCount: 0, passwords: [] }
}

function refusedReport({ bad, unused }: Reading<unknown>, hash: string): OfficerListReport {
  const faults = bad.toSorted((a, b) => a.line - b.line).slice(0, MOST_FAULTS)
  const counts = { unchanged: 0, faultCount: bad.length }
  return { status: 'refused', hash, lines: [], unusedColumns: unused, faults, passwords: [], ...counts }
}

function factsOf({ name, role, regionCode, officePhone }: Omit<OfficerEntry, 'username'>) {
  return { name, role, regionCode, officePhone }
}

function hashOf(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}
