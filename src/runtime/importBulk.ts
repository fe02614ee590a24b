import path from 'node:path'
import type { Actor } from '../domain/application.ts'
import type { ListAnswer, ListDesk, ListKind, ListReport, SurprisingEnds } from '../app/listImports.ts'
import { birthFormat } from '../domain/import/births.ts'
import { householdFormat } from '../domain/import/households.ts'
import { isToConfirm, surprisingVillages, type EndRules } from '../domain/import/listedEnds.ts'
import { registerFormat } from '../domain/import/registers.ts'
import { placeFinder, rowReasons, type RowContext, type RowFault, type RowFormat } from '../domain/import/rowFormat.ts'
import { openTable, type BadRow, type Row } from '../domain/import/table.ts'
import { regionName, type RegionIndex } from '../domain/region.ts'
import { officerActor } from '../domain/taskState.ts'
import { shanghaiDate, type World } from '../domain/world.ts'
import type { BulkFeed, BulkImports, BulkOrder, BulkOutcome } from '../store/bulkImport.ts'
import { openRowBytes, UnreadableFile, type RowSource } from './importStream.ts'
import { loadEndRules, loadRegionPacks } from './loadRegions.ts'

export interface BulkRequest {
  kind: ListKind
  source: RowSource
  apply: boolean
  /** How many households end, said by whoever imports; null: not said. */
  ends: number | null
  /** Who imports; rows of places outside `within` are refused. */
  actor: Actor
  within: string | null
}

export interface BulkDeps {
  bulk: BulkImports
  world: World
  /** Places and documents as they are now. */
  facts: BulkFacts
}

/** What rows are read against, whoever imports them. */
export type BulkFacts = Pick<RowContext, 'documents'> & { regions: RegionIndex; endRules: EndRules }

/** What rows are read against at these places. `words`: other names of a document, apart by 、. */
export function loadBulkFacts(root: string, regions: RegionIndex, words: (document: string) => string): BulkFacts {
  const ids = new Set(
    loadRegionPacks(path.join(root, 'regions')).flatMap(({ documents }) => Object.keys(documents ?? {})),
  )
  const known = [...ids].flatMap(id => [id, ...words(id).split('、')].map(word => [word, id] as const))
  return { regions, documents: new Map(known), endRules: loadEndRules(path.join(root, 'regions')) }
}

/** Reads a list against the places and documents that are, and merges it if all of it is sound and `apply` says so. */
export function runBulkImport(request: BulkRequest, deps: BulkDeps): Promise<ListReport> {
  switch (request.kind) {
    case 'households':
      return runList(request, deps, householdFormat, deps.bulk.households)
    case 'registers':
      return runList(request, deps, registerFormat, deps.bulk.registers)
    case 'births':
      return runList(request, deps, birthFormat, deps.bulk.births)
  }
}

/** More faults of one file than anybody mends one by one; the rest is counted. */
const MOST_FAULTS = 200

type Merge<T> = (feed: BulkFeed<T>, order: BulkOrder) => Promise<BulkOutcome>

async function runList<Name extends string, T>(
  { source, apply, ends: said, actor, within }: BulkRequest,
  { world, facts }: BulkDeps,
  format: RowFormat<Name, T>,
  merge: Merge<T>,
): Promise<ListReport> {
  const at = world.now()
  const findPlace = placeFinder(facts.regions, within)
  const context = { findPlace, within, today: shanghaiDate(at), documents: facts.documents }
  const tally = openTally()
  const isSaid = (found: Pick<BulkOutcome, 'gone' | 'ends'>) =>
    said === null ? !isToConfirm(found.gone, found.ends, facts.endRules) : said === found.gone
  const order = {
    isApplied: (found: Pick<BulkOutcome, 'gone' | 'ends'>) => apply && tally.faultCount === 0 && isSaid(found),
    actor,
    regionCode: within,
    fileHash: source.hash,
    at,
  }
  const outcome = await merge(feedOf(source, format, context, tally), order)
  const column = format.columns[format.key].headings[0] ?? ''
  const doubled = outcome.doubled.map((line): RowFault => ({ line, column, reason: 'twice' }))
  const faults = [...tally.faults, ...doubled].toSorted((a, b) => a.line - b.line).slice(0, MOST_FAULTS)
  const { rows, renamed, unused } = tally
  const { added, changed, unchanged, kept, gone, doubledCount, applied } = outcome
  const faultCount = tally.faultCount + doubledCount
  const sound = added + changed === 0 ? 'nothing' : 'trial'
  return {
    status: faultCount > 0 ? 'refused' : applied ? 'done' : sound,
    ...{ hash: source.hash, rows, added, changed, unchanged, kept, gone, ends: surprising(outcome, facts) },
    ...{ renamed, unusedColumns: unused, faults, faultCount },
  }
}

function surprising({ gone, ends }: BulkOutcome, { regions, endRules }: BulkFacts): SurprisingEnds {
  const villages = surprisingVillages(ends, endRules).map(({ regionCode, ...counts }) => {
    return { place: regionName(regions, regionCode) || regionCode, ...counts }
  })
  const { inUse, inUseCount } = ends
  return { toConfirm: isToConfirm(gone, ends, endRules), inUse, inUseCount, villages }
}

/** It was to be written, all of it is sound, and yet it was not: how many households end was not said rightly. */
export const areEndsUnsaid = ({ status }: ListReport, apply: boolean): boolean => apply && status === 'trial'

interface Tally {
  rows: number
  renamed: number
  unused: string[]
  faults: RowFault[]
  faultCount: number
}

function openTally(): Tally {
  return { rows: 0, renamed: 0, unused: [], faults: [], faultCount: 0 }
}

/** Sound rows go on, wrong ones into the tally; after all rows it is complete. */
async function* feedOf<Name extends string, T>(
  source: RowSource,
  format: RowFormat<Name, T>,
  context: RowContext,
  tally: Tally,
): BulkFeed<T> {
  const table = openTable(format.columns)
  const refuse = (faults: readonly RowFault[]) => {
    tally.faultCount += faults.length
    tally.faults.push(...faults.slice(0, Math.max(0, MOST_FAULTS - tally.faults.length)))
  }
  const read = (row: Row) => {
    const record = table.take(row)
    if (!record) return []
    tally.rows++
    const reading = format.read(record, context)
    if (!reading.ok) refuse(reading.faults)
    else if (reading.renamed) tally.renamed++
    return reading.ok ? [{ line: row.line, value: reading.value }] : []
  }
  for await (const rows of source.rows()) {
    yield rows.flatMap(read)
    if (table.lost()) break
  }
  const { bad, unused } = table.end()
  refuse(bad.map(faultOf))
  tally.unused = unused
}

/** A fault of the header, which holds no data. */
function faultOf({ line, column, reason }: BadRow): RowFault {
  return { line, column, reason: rowReasons.find(one => one === reason) ?? 'noHeader' }
}

/** The way in for a county's own pages: the file is in memory, and a trial run must have told its hash before. */
export function makeListDesk(deps: BulkDeps): ListDesk {
  return {
    take: async (officer, { kind, bytes, confirm, ends }): Promise<ListAnswer> => {
      try {
        const source = await openRowBytes(bytes)
        if (confirm !== null && confirm !== source.hash) return { ok: false, fault: 'otherFile', line: 0 }
        const who = { actor: officerActor(officer), within: officer.regionCode.slice(0, COUNTY_DIGITS) }
        const apply = confirm !== null
        const report = await runBulkImport({ kind, source, apply, ends, ...who }, deps)
        return areEndsUnsaid(report, apply) ? { ok: false, fault: 'endsUnsaid', line: 0 } : { ok: true, report }
      } catch (error) {
        if (error instanceof UnreadableFile) return { ok: false, fault: error.fault, line: error.line }
        throw error
      }
    },
  }
}

const COUNTY_DIGITS = 6
