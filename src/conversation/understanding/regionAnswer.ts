import { levelOf, regionChildren, regionName, regionOwnName, type RegionIndex } from '../../domain/region.ts'
import { searchRegion } from './regionSearch.ts'
import type { Understood, UnderstandContext } from './types.ts'

/** More choices than this are no help in a chat; the person is asked to write the name instead. */
const MOST_OPTIONS = 20

/**
 * Reads a place as finely as the data goes: the village in pilot counties, the county elsewhere.
 * Coarser: its children are offered when they are few, otherwise `approx` with the code to search below next.
 * A chosen option may be coarse again: read its value once more.
 */
export function readRegionAnswer(regions: RegionIndex, text: string, context: UnderstandContext): Understood {
  const found = searchRegion(regions, text, context.within)
  switch (found.kind) {
    case 'none':
      return { status: 'none' }
    case 'several':
      return severalPlaces(regions, found.codes)
    case 'near':
      return onePlace(regions, found.code)
    case 'exact':
      return mended(onePlace(regions, found.code), 'mended' in found)
  }
}

/** A place found by its sound only is shown before it counts. */
function mended(answer: Understood, bySound: boolean): Understood {
  return answer.status === 'ok' && bySound ? { ...answer, confirm: true } : answer
}

function severalPlaces(regions: RegionIndex, codes: string[]): Understood {
  if (codes.length > MOST_OPTIONS) return { status: 'approx', detail: '' }
  return { status: 'ambiguous', options: codes.map(code => ({ value: code, label: regionName(regions, code) })) }
}

function onePlace(regions: RegionIndex, code: string): Understood {
  const shown = regionName(regions, code)
  const children = regionChildren(regions, code)
  const fine = children.length === 0 && levelOf(code) !== 'province'
  if (fine) return { status: 'ok', value: code, confirm: false, shown }
  if (children.length === 0 || children.length > MOST_OPTIONS) return { status: 'approx', detail: shown, within: code }
  return {
    status: 'ambiguous',
    within: shown,
    options: children.map(child => ({ value: child, label: regionOwnName(regions, child) })),
  }
}
