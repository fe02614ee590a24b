import type { LocalDate } from '../world.ts'
import type { ComparedBirth } from './compareList.ts'
import { plainCount, type Count, type Measure } from './counts.ts'

/** A need that a resident told us of. `kind` is a word of ours, never his. */
export function needCount(need: { regionCode: string; kind: string; on: LocalDate }): Count {
  return plainCount({ regionCode: need.regionCode, day: need.on }, 'need', { detail: need.kind })
}

/** What a birth on an imported list counts for, on the day of the birth. Null: not compared yet. */
export function listCounts({ regionCode, birthDate, ...found }: ComparedBirth): Count[] {
  const counted: [boolean, Measure][] = [
    [true, 'listed'],
    [found.timely !== null, 'listedDue'],
    [found.registered, 'listedRegistered'],
    [found.agrees === true, 'listedAgreeing'],
    [found.timely === true, 'listedTimely'],
  ]
  return counted.flatMap(([counts, measure]) => (counts ? [plainCount({ regionCode, day: birthDate }, measure)] : []))
}
