import path from 'node:path'
import { makeReadIntents } from '../conversation/understanding/intents.ts'
import { makeReadValue } from '../conversation/understanding/readValue.ts'
import { compileLibrary, type Library } from '../conversation/library.ts'
import { packFor } from '../domain/regionPacks.ts'
import { buildRegionIndex, type RegionIndex } from '../domain/region.ts'
import type { WorkCalendar } from '../domain/workingDays.ts'
import type { RegionPack } from '../domain/regionPack.ts'
import { loadLibrarySources } from './loadLibrary.ts'
import { loadCalendars, loadRegionData, loadRegionPacks } from './loadRegions.ts'

/** All that is data: flows, texts, places, policy, calendars; read once and compiled. */
export interface Knowledge {
  library: Library
  regions: RegionIndex
  calendars: WorkCalendar[]
  packFor(regionCode: string | null): RegionPack
}

/** @throws BrokenLibrary or an error naming the file when anything in the data is wrong: then nothing starts. */
export function loadKnowledge(root: string): Knowledge {
  const regionsDir = path.join(root, 'regions')
  const packs = loadRegionPacks(regionsDir)
  const regions = buildRegionIndex(loadRegionData(regionsDir))
  const sources = loadLibrarySources(root)
  const library = compileLibrary(sources, {
    readValue: makeReadValue({ regions }),
    readIntents: makeReadIntents([]),
    packFor: code => packFor(packs, code),
  })
  return { library, regions, calendars: loadCalendars(regionsDir), packFor: code => packFor(packs, code) }
}
