import path from 'node:path'
import type { ListKind, ListReport } from '../app/listImports.ts'
import type { Texts } from '../conversation/texts.ts'
import { readCalendar } from '../domain/import/calendar.ts'
import { planOfficers, readOfficers, type OfficerEntry, type OfficerPlan } from '../domain/import/officers.ts'
import { planCounty, readCountyList, withCountyLists, type CountyList } from '../domain/import/regions.ts'
import { planSeats, readListedSeats, type SeatPlan } from '../domain/import/seats.ts'
import type { BadRow, Reading, Row } from '../domain/import/table.ts'
import type { Officer } from '../domain/officer.ts'
import { seatBoundsOf } from '../domain/packs/seats.ts'
import { buildRegionIndex, regionName, regionOwnName, type RegionData } from '../domain/region.ts'
import { packFor } from '../domain/regionPacks.ts'
import { nearestOthers, type VillageSeat } from '../domain/seats/villageSeat.ts'
import type { World } from '../domain/world.ts'
import type { MasterData } from '../store/masterData.ts'
import { areEndsUnsaid } from './importBulk.ts'
import { loadCalendars, loadPlaces, loadRegionData, loadRegionPacks } from './loadRegions.ts'
import { hashPassword, newPassword } from './password.ts'

export const importKinds = ['officers', 'regions', 'calendar'] as const
export type ImportKind = (typeof importKinds)[number]

export interface ImportRequest {
  kind: ImportKind
  rows: readonly Row[]
  apply: boolean
  disableMissing: boolean
}

export interface ImportDeps {
  root: string
  masterData: MasterData
  world: World
  say: Say
}

type Values = Record<string, string | number>

/** The sentences of `locales/…/import.yaml`, to print or to put into another. */
export interface Say {
  line(key: string, values?: Values): void
  phrase(key: string, values?: Values): string
}

export function sayer(texts: Texts, print: (line: string) => void): Say {
  const phrase: Say['phrase'] = (key, values = {}) => texts.format('zh-CN', key, name => values[name] ?? null)
  return { phrase, line: (key, values) => print(phrase(key, values)) }
}

/** Says what the file would change or every fault in it; with `apply` changes it. Answers the exit code. */
export async function runImport(request: ImportRequest, deps: ImportDeps): Promise<0 | 1> {
  const run = { officers: importOfficers, regions: importRegions, calendar: importCalendar }[request.kind]
  return (await run(request, deps)) ? 0 : 1
}

/** Names every fault. True when there is none. */
function isSound({ bad, unused }: Reading<unknown>, say: Say): boolean {
  if (unused.length > 0) say.line('import.unused', { columns: unused.join('、') })
  for (const one of bad.toSorted((a, b) => a.line - b.line)) sayBad(one, say)
  if (bad.length > 0) say.line('import.refused', { count: bad.length })
  return bad.length === 0
}

function sayBad({ line, column, reason, value }: BadRow, say: Say): void {
  // What stood in the cell is printed on a terminal: no control characters, no pages.
  const shown = value.replace(/\p{C}/gu, '?').slice(0, 40)
  const why = say.phrase(`import.reason.${reason}`, { value: shown })
  if (line === 0) say.line('import.bad.file', { column, why })
  else say.line('import.bad.row', { line, column, why })
}

/** Says what a long list would change or has changed, or its faults; answers the exit code. */
export function sayBulk(report: ListReport, { kind, apply }: { kind: ListKind; apply: boolean }, say: Say): 0 | 1 {
  const { status, hash, rows, renamed, unusedColumns, faults, faultCount } = report
  if (unusedColumns.length > 0) say.line('import.unused', { columns: unusedColumns.join('、') })
  for (const { line, column, reason } of faults) {
    const why = say.phrase(`import.row.${reason}`)
    say.line(line === 0 ? 'import.bad.file' : 'import.bad.row', { line, column, why })
  }
  if (faultCount > faults.length) say.line('import.bulk.more', { count: faultCount - faults.length })
  if (faultCount > 0) {
    say.line('import.refused', { count: faultCount })
    return 1
  }
  const { added, changed, unchanged, kept, gone } = report
  say.line(`import.bulk.${kind}`, { rows, hash: hash.slice(0, 12) })
  if (renamed > 0) say.line('import.bulk.renamed', { count: renamed })
  say.line('import.counts', { added, changed, unchanged })
  if (gone > 0) say.line('import.bulk.gone', { count: gone })
  sayEnds(report, say)
  if (kept > 0) say.line(`import.bulk.kept.${kind}`, { count: kept })
  const unsaid = areEndsUnsaid(report, apply)
  if (status === 'done') say.line(`import.bulk.done.${kind}`)
  else if (unsaid) say.line('import.ends.unsaid', { count: gone })
  else sayEnd({ apply }, added + changed, say)
  return unsaid ? 1 : 0
}

/** Households that would end though somebody seems to be there, and villages that would lose many: by line, and nobody. */
function sayEnds({ gone, ends }: ListReport, say: Say): void {
  const { toConfirm, inUse, inUseCount, villages } = ends
  for (const { line, why } of inUse) say.line('import.ends.line', { line, why: say.phrase(`import.ends.${why}`) })
  if (inUseCount > inUse.length) say.line('import.ends.more', { count: inUseCount - inUse.length })
  for (const { place, gone: lost, households } of villages) say.line('import.ends.village', { place, lost, households })
  if (toConfirm) say.line('import.ends.toConfirm', { count: gone })
}

function sayEnd({ apply }: Pick<ImportRequest, 'apply'>, changes: number, say: Say): void {
  if (changes === 0) say.line('import.nothing')
  else if (apply) say.line('import.done')
  else say.line('import.dryRun')
}

async function importCalendar(request: ImportRequest, { root, masterData, world, say }: ImportDeps): Promise<boolean> {
  const reading = readCalendar(request.rows)
  if (!isSound(reading, say)) return false
  const calendar = reading.value
  const imported = (await masterData.read()).calendars.find(({ year }) => year === calendar.year)
  const builtIn = loadCalendars(path.join(root, 'regions')).find(({ year }) => year === calendar.year)
  const same = imported !== undefined && JSON.stringify(imported) === JSON.stringify(calendar)
  const { year, daysOff, makeUpDays, source } = calendar
  say.line('import.calendar.read', { year, daysOff: daysOff.length, makeUpDays: makeUpDays.length, source })
  say.line('import.counts', {
    added: Number(!imported && !builtIn),
    changed: Number(!same && Boolean(imported ?? builtIn)),
    unchanged: Number(same),
  })
  if (request.apply && !same) await masterData.saveCalendar(calendar, world.now())
  sayEnd(request, same ? 0 : 1, say)
  return true
}

async function importRegions(request: ImportRequest, { root, masterData, world, say }: ImportDeps): Promise<boolean> {
  const builtIn = loadRegionData(path.join(root, 'regions'))
  const reading = readCountyList(request.rows, builtIn)
  const listed = readListedSeats(request.rows)
  if (!isSound({ ...reading, bad: [...reading.bad, ...listed.bad] }, say)) return false
  const list = reading.value
  const { counties } = await masterData.read()
  const imported = counties.find(({ county }) => county === list.county)
  const now = withCountyLists(builtIn, counties)
  const same = imported !== undefined && JSON.stringify(imported) === JSON.stringify(list)
  sayCounty(list, now, await masterData.officers(), say)
  const known = await masterData.seats(list.county)
  const plan = planSeats(known, listed.value)
  const seats = [...plan.added, ...plan.changed]
  if (listed.value.length > 0) saySeats(plan, { list, known, farKm: farKmIn(root) }, say)
  if (request.apply && (!same || seats.length > 0))
    await masterData.saveCounty({ county: list.county, list: same ? null : list, seats }, world.now())
  sayEnd(request, Number(!same) + seats.length, say)
  return true
}

/** From how many kilometres on a village office looks misplaced, by the packs that hold at its place. */
function farKmIn(root: string): (regionCode: string) => number {
  const packs = loadRegionPacks(path.join(root, 'regions'))
  return regionCode => seatBoundsOf(packFor(packs, regionCode).seats).farKm
}

interface Known {
  list: CountyList
  known: readonly VillageSeat[]
  farKm(regionCode: string): number
}

function saySeats({ added, changed, kept, unchanged }: SeatPlan, { list, known, farKm }: Known, say: Say): void {
  const names = new Map(list.rows)
  const nameOf = (code: string) => ({ code, name: names.get(code) ?? '' })
  for (const { regionCode } of kept) say.line('import.regions.seatKept', nameOf(regionCode))
  const moved = new Map([...known, ...added, ...changed].map(seat => [seat.regionCode, seat]))
  const nearest = nearestOthers([...moved.values()])
  for (const { regionCode } of [...added, ...changed]) {
    const km = nearest.get(regionCode) ?? 0
    if (km > farKm(regionCode)) say.line('import.regions.seatFar', { ...nameOf(regionCode), km: Math.round(km) })
  }
  say.line('import.regions.seats', { added: added.length, changed: changed.length, unchanged })
}

function sayCounty(list: CountyList, now: RegionData, officers: readonly Officer[], say: Say): void {
  const { added, removed, renamed, unchanged } = planCounty(now, list)
  const index = buildRegionIndex(now)
  const [was, is] = [(code: string) => regionOwnName(index, code), new Map(list.rows)]
  const { county: code, rows } = list
  say.line('import.regions.read', { county: regionName(index, code), code, count: rows.length })
  for (const one of added) say.line('import.regions.added', { code: one, name: is.get(one) ?? '' })
  for (const one of renamed)
    say.line('import.regions.renamed', { code: one, before: was(one), after: is.get(one) ?? '' })
  for (const one of removed) say.line('import.regions.removed', { code: one, name: was(one) })
  // They go on to see what lies there; new cases of a place that is no longer listed do not come in.
  for (const { username, regionCode } of officers.filter(officer => removed.includes(officer.regionCode)))
    say.line('import.regions.stranded', { username, code: regionCode })
  const counts = { added: added.length, changed: renamed.length, removed: removed.length, unchanged }
  say.line('import.regions.counts', counts)
}

async function importOfficers(request: ImportRequest, { root, masterData, world, say }: ImportDeps): Promise<boolean> {
  const { counties } = await masterData.read()
  const regions = loadPlaces(path.join(root, 'regions'), counties)
  const reading = readOfficers(request.rows, regions)
  if (!isSound(reading, say)) return false
  const plan = planOfficers(reading.value, await masterData.officers(), request.disableMissing)
  sayPlan(plan, say)
  const changes = plan.create.length + plan.update.length + plan.disable.length
  const passwords = request.apply && changes > 0 ? await applyOfficers(plan, masterData, world) : []
  sayEnd(request, changes, say)
  if (passwords.length > 0) say.line('import.officers.passwords')
  for (const { entry, password } of passwords)
    say.line('import.officers.password', { username: entry.username, name: entry.name, password })
  return true
}

function sayPlan(plan: OfficerPlan, say: Say): void {
  for (const one of plan.create) say.line('import.officers.created', { ...described(one) })
  for (const { before, after } of plan.update) {
    say.line(before.disabled ? 'import.officers.enabled' : 'import.officers.changed', {
      username: after.username,
      before: Object.values(described(before)).join(' '),
      after: Object.values(described(after)).join(' '),
    })
  }
  for (const { username, name } of plan.disable) say.line('import.officers.disabled', { username, name })
  say.line('import.counts', { added: plan.create.length, changed: plan.update.length, unchanged: plan.unchanged })
}

function described({ username, name, role, regionCode, officePhone }: OfficerEntry): Record<string, string> {
  return { username, name, role, regionCode, officePhone: officePhone ?? '—' }
}

/** Passwords exist here and on the paper of whoever runs the import; the database gets their hash. */
async function applyOfficers(
  { create, update, disable }: OfficerPlan,
  masterData: MasterData,
  world: World,
): Promise<{ entry: OfficerEntry; password: string }[]> {
  const accounts = await Promise.all(
    create.map(async entry => {
      const password = newPassword()
      return { id: world.newId(), entry, password, passwordHash: await hashPassword(password) }
    }),
  )
  const rows = accounts.map(({ id, entry, passwordHash }) => ({ id, entry, passwordHash }))
  await masterData.changeOfficers({ create: rows, update, disable }, world.now())
  return accounts
}
