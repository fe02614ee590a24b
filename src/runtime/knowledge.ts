import path from 'node:path'
import { commandNames } from '../app/commands/registry.ts'
import { compileLibrary, compileRevisions } from '../conversation/library.ts'
import type { FlowSource } from '../conversation/flowFile.ts'
import type { Library, LibraryTools } from '../conversation/machine.ts'
import { makeReadIntents } from '../conversation/understanding/intents.ts'
import { makeReadValue } from '../conversation/understanding/readValue.ts'
import { buildRegionIndex, type RegionIndex } from '../domain/region.ts'
import { packFor } from '../domain/regionPacks.ts'
import type { WorkCalendar } from '../domain/workingDays.ts'
import { loadLibrarySources } from './loadLibrary.ts'
import { loadCalendars, loadRegionData, loadRegionPacks } from './loadRegions.ts'

/** All that is data: flows, texts, places, policy, calendars; read once and compiled. */
export interface Knowledge {
  library: Library
  regions: RegionIndex
  calendars: WorkCalendar[]
}

/** @throws BrokenLibrary or an error naming the file when anything in the data is wrong: then nothing starts. */
export function loadKnowledge(root: string): Knowledge {
  const regions = loadPlaces(root)
  const sources = loadLibrarySources(root)
  const library = compileLibrary(sources, libraryTools(root, sources.flows, regions))
  return { library, regions, calendars: loadCalendars(path.join(root, 'regions')) }
}

/** What flows are compiled with: readers of values and intents, policy, and the commands that exist. */
export function libraryTools(root: string, flows: FlowSource[], regions = loadPlaces(root)): LibraryTools {
  const packs = loadRegionPacks(path.join(root, 'regions'))
  return {
    readValue: makeReadValue({ regions }),
    readIntents: makeReadIntents(examplesOf(flows)),
    packFor: code => packFor(packs, code),
    commandNames,
  }
}

function loadPlaces(root: string): RegionIndex {
  return buildRegionIndex(loadRegionData(path.join(root, 'regions')))
}

function examplesOf(flows: FlowSource[]): { intent: string; text: string }[] {
  return compileRevisions(flows).flatMap(({ intent, examples }) =>
    intent ? examples.map(text => ({ intent, text })) : [],
  )
}
