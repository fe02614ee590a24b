import type { ComparedBirth } from './compareList.ts'
import { plainCount, type Count, type Measure } from './counts.ts'

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
