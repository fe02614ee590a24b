import type { Library } from '../../src/conversation/machine.ts'
import { compileLibrary } from '../../src/conversation/library.ts'

import { makeReadIntents } from '../../src/conversation/understanding/intents.ts'
import { makeReadValue } from '../../src/conversation/understanding/readValue.ts'
import { buildRegionIndex } from '../../src/domain/region.ts'
import { packFor } from '../../src/domain/regionPacks.ts'
import { loadLibrarySources } from '../../src/runtime/loadLibrary.ts'
import { loadRegionData, loadRegionPacks } from '../../src/runtime/loadRegions.ts'

/** The library as it goes into service: real flows, texts, packs, places and readers. */
export function realLibrary(): Library {
  const packs = loadRegionPacks('regions')
  return compileLibrary(loadLibrarySources('.'), {
    readValue: makeReadValue({ regions: buildRegionIndex(loadRegionData('regions')) }),
    readIntents: makeReadIntents([]),
    packFor: code => packFor(packs, code),
  })
}
