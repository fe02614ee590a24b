import path from 'node:path'
import type { Actor } from '../domain/application.ts'
import type { ListAnswer, ListDesk, ListKind, ListReport } from '../app/listImports.ts'
import { birthFormat } from '../domain/import/births.ts'
import { householdFormat } from '../domain/import/households.ts'
import { registerFormat } from '../domain/import/registers.ts'
import { placeFinder, rowReasons, type RowContext, type RowFault, type RowFormat } from '../domain/import/rowFormat.ts'
import { openTable, type BadRow, type Row } from '../domain/import/table.ts'
import type { RegionIndex } from '../domain/region.ts'
import { officerActor } from '../domain/taskState.ts'
import { shanghaiDate, type World } from '../domain/world.ts'
import type { BulkFeed, BulkImports, BulkOrder, BulkOutcome } from '../store/bulkImport.ts'
import { openRowBytes, UnreadableFile, type RowSource } from './importStream.ts'
import { loadRegionPacks } from './loadRegions.ts'

export interface BulkRequest {
  kind: ListKind
  source: RowSource
  apply: boolean
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
export type BulkFacts = Pick<RowContext, 'documents'> & { regions: RegionIndex }

/** What rows are read against at these places. `words`: other names of a document, apart by 、. */
export function loadBulkFacts(root: string, regions: RegionIndex, words: (document: string) => string): BulkFacts {
  const ids = new Set(
    loadRegionPacks(path.join(root, 'regions')).flatMap(({ documents }) => Object.keys(documents ?? {})),
  )
  const known = [...ids].flatMap(id => [id, ...words(id).split('、')].map(word => [word, id] as const))
  return { regions, documents: new Map(known) }
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
  { source, apply, actor, within }: BulkRequest,
  { world, facts }: BulkDeps,
  format: RowFormat<Name, T>,
  merge: Merge<T>,
): Promise<ListReport> {
  const at = world.now()
  const findPlace = placeFinder(facts.regions, within)
  const context = { findPlace, within, today: shanghaiDate(at), documents: facts.documents }
  const tally = openTally()
  const order = {
    isApplied: () => apply && tally.faultCount === 0,
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
    ...{ hash: source.hash, rows, added, changed, unchanged, kept, gone },
    ...{ renamed, unusedColumns: unused, faults, faultCount },
  }
}

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
    take: async (officer, { kind, bytes, confirm }): Promise<ListAnswer> => {
      try {
        const source = await openRowBytes(bytes)
        if (confirm !== null && confirm !== source.hash) return { ok: false, fault: 'otherFile', line: 0 }
        const who = { actor: officerActor(officer), within: officer.regionCode.slice(0, COUNTY_DIGITS) }
        return { ok: true, report: await runBulkImport({ kind, source, apply: confirm !== null, ...who }, deps) }
      } catch (error) {
        if (error instanceof UnreadableFile) return { ok: false, fault: error.fault, line: error.line }
        throw error
      }
    },
  }
}

const COUNTY_DIGITS = 6
