import type { FilingWay, Matter } from '../application.ts'
import type { ServiceRating } from '../rating.ts'
import type { LocalDate } from '../world.ts'
import type { CaseFigure } from './caseFigure.ts'

/**
 * What is counted. Each count stands on the day and place of the case's own denominator, so that a numerator never holds
 * a case which its denominator does not: a rating stands on the day of the decision, a second request on that of the first.
 */
export const measures = [
  'received',
  'accepted',
  'bySilence',
  // Window cases by reason (detail), on the day of acceptance.
  'notOnline',
  // Detail: granted or refused.
  'decided',
  'noticed',
  'noticedAgain',
  'noticeException',
  // How clocks ended; detail: region code of the first receiver's office.
  'legalMet',
  'legalMissed',
  'promiseMet',
  'promiseMissed',
  // Detail: level.
  'rated',
  // Detail: a reason that was chosen for a bad rating; one rating may give several.
  'badReason',
  // First letters and visits; detail: empty.
  'complaintFirst',
  'complaintFirstClosed',
  'complaintDue',
  'complaintOnTime',
  // Needs of residents; detail: kind.
  'need',
  // Imported lists against registrations; `listedDue`: those whose place knows a limit.
  'listed',
  'listedDue',
  'listedRegistered',
  'listedAgreeing',
  'listedTimely',
  // Queries from other places about residents here.
  'crossRegionAsked',
  'crossRegionAnswered',
  'crossRegionOnTime',
] as const
export type Measure = (typeof measures)[number]

/** One bucket: a village (or town, where the village is unknown), a day, and what was counted there. */
export interface CountKey {
  regionCode: string
  day: LocalDate
  /** Empty where no matter is concerned. */
  matter: Matter | ''
  way: FilingWay | ''
  measure: Measure
  /** Finer grain of the measure; never personal. */
  detail: string
}

export interface Count extends CountKey {
  n: number
}

/** Detail of a window case for which no reason was given. */
export const UNSAID = 'unsaid'

/** All that one case counts for. The counters are the sum of this over all cases. */
export function countsOf(figure: CaseFigure): Count[] {
  const { regionCode, matter, way, acceptedOn, decidedOn, noticedOn, promise, legal } = figure
  const one = (day: LocalDate | null, measure: Measure, detail = '', n = 1): Count[] =>
    day === null || n === 0 ? [] : [{ regionCode, day, matter, way, measure, detail, n }]
  const office = figure.office ?? ''
  return [
    ...one(figure.receivedOn, 'received'),
    ...one(acceptedOn, 'accepted'),
    ...one(figure.bySilence ? acceptedOn : null, 'bySilence'),
    ...one(way === 'window' ? acceptedOn : null, 'notOnline', figure.whyNotOnline ?? UNSAID),
    ...one(decidedOn, 'decided', figure.granted ? 'granted' : 'refused'),
    ...one(noticedOn, 'noticed'),
    ...one(figure.notices > 1 ? noticedOn : null, 'noticedAgain'),
    ...one(noticedOn, 'noticeException', '', figure.exceptions),
    ...one(legal?.on ?? null, legal?.met ? 'legalMet' : 'legalMissed', office),
    ...one(promise?.on ?? null, promise?.met ? 'promiseMet' : 'promiseMissed', office),
  ]
}

/** Something that is no case, in its place and on its day: of no matter and no way. */
export function plainCount(
  { regionCode, day }: Pick<CountKey, 'regionCode' | 'day'>,
  measure: Measure,
  { detail = '', n = 1 }: Partial<Pick<Count, 'detail' | 'n'>> = {},
): Count {
  return { regionCode, day, matter: '', way: '', measure, detail, n }
}

/** A rating with the reasons that were chosen for it, on the day on which its case was decided. */
export function ratingCounts(
  { regionCode, matter, way, decidedOn }: CaseFigure,
  { level, reasons }: Pick<ServiceRating, 'level' | 'reasons'>,
  ratedOn: LocalDate,
): Count[] {
  const one = (measure: Measure, detail: string): Count => {
    return { regionCode, day: decidedOn ?? ratedOn, matter, way, measure, detail, n: 1 }
  }
  return [one('rated', String(level)), ...reasons.map(reason => one('badReason', reason))]
}

/** What has to be added to the counters when a case's row changes. */
export function countChanges(before: CaseFigure | null, after: CaseFigure): Count[] {
  return countDifference(before ? countsOf(before) : [], countsOf(after))
}

/** What has to be added so that something which counted for `before` counts for `after`. */
export function countDifference(before: readonly Count[], after: readonly Count[]): Count[] {
  return sumCounts([...after, ...before.map(count => ({ ...count, n: -count.n }))])
}

/** Sums per bucket; buckets that come to nothing are left out. In the order of the keys, so that writers lock alike. */
export function sumCounts(counts: readonly Count[]): Count[] {
  const sums = new Map<string, Count>()
  for (const count of counts) {
    const key = countKey(count)
    sums.set(key, { ...count, n: (sums.get(key)?.n ?? 0) + count.n })
  }
  return [...sums]
    .filter(([, { n }]) => n !== 0)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, count]) => count)
}

/** The bucket as one text. */
export function countKey({ regionCode, day, measure, matter, way, detail }: CountKey): string {
  return [regionCode, day, measure, matter, way, detail].join('|')
}
