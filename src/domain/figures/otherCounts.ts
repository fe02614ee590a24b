import type { LocalDate } from '../world.ts'
import type { ComparedBirth } from './compareList.ts'
import type { Count, Measure } from './counts.ts'

/** One count of something that is no case, on its day and in its place. */
function one(regionCode: string, day: LocalDate, measure: Measure, detail = ''): Count {
  return { regionCode, day, matter: '', way: '', measure, detail, n: 1 }
}

/** A need that a resident told us of. `kind` is a word of ours, never his. */
export function needCount(need: { regionCode: string; kind: string; on: LocalDate }): Count {
  return one(need.regionCode, need.on, 'need', need.kind)
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
  return counted.flatMap(([counts, measure]) => (counts ? [one(regionCode, birthDate, measure)] : []))
}
