import type { LocalDate } from '../world.ts'
import type { ClockEnd } from './caseFigure.ts'
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

/** What counts of a complaint; no word of it. */
export interface CountedComplaint {
  regionCode: string
  receivedOn: LocalDate
  /** Raised for the first time (初信初访). */
  isFirst: boolean
  /** Settled without being raised again. */
  isSettled: boolean
  /** How its time ended; null while it runs. A time that ran out without an answer is missed. */
  end: ClockEnd | null
}

/**
 * All that a complaint counts for: settled ones on the day of the complaint, so that 初信初访结案率 compares like with like.
 * When it changes, add `countDifference` of before and after.
 */
export function complaintCounts({ regionCode, receivedOn, isFirst, isSettled, end }: CountedComplaint): Count[] {
  return [
    ...(isFirst ? [one(regionCode, receivedOn, 'complaintFirst')] : []),
    ...(isFirst && isSettled ? [one(regionCode, receivedOn, 'complaintFirstClosed')] : []),
    ...(end ? [one(regionCode, end.on, 'complaintDue')] : []),
    ...(end?.met ? [one(regionCode, end.on, 'complaintOnTime')] : []),
  ]
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
