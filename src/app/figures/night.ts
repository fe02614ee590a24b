import { figureOf, settleClocks } from '../../domain/figures/caseFigure.ts'
import { countChanges, countKey, countsOf, sumCounts, type Count } from '../../domain/figures/counts.ts'
import { shanghaiDate, startOfDay, type LocalDate } from '../../domain/world.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { needCollection } from './collectNeeds.ts'
import { birthComparison } from './compareBirths.ts'
import { wholeFigure } from './countingStore.ts'
import type { NightDone } from './figurePort.ts'

/** Nobody works at one in the morning, and the day before is over for every clock. */
const BEGINS_HOURS = 1
/** Rows of one transaction: well within the three seconds a statement may take. */
const AT_ONCE = 2_000
const CASES_AT_ONCE = 200
/** Changes stay readable for a week after they were added up, should somebody ask what moved a number. */
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const KEPT_MS = 7 * DAY_MS
/** Villages counted anew in one night, and cases of each at most. */
const SAMPLE = 3
const MOST_CASES = 2_000
/** Wrong counters written down for one village; their number is said in full. */
const MOST_NOTED = 20

/**
 * The night's work, once a day and by one worker: settle (clocks that ran out without a decision, listed births held against
 * registrations, what residents asked for the day before), count (open changes into their days), delete (changes that were counted a week ago). Then a sample of
 * villages is counted anew from the actions themselves. Each step may be interrupted and run again: the numbers are the
 * same. For one worker at a time: a second one gives up at the first step where they meet. Null: not yet time, done, or given
 * up.
 */
export async function figureNight(parts: AppParts): Promise<NightDone | null> {
  const now = parts.world.now()
  const today = shanghaiDate(now)
  if (now < startOfDay(today) + BEGINS_HOURS * HOUR_MS) return null
  if ((await system(parts, tx => tx.figures.lastNight())) === today) return null
  const adopted = await untilNone(parts, CASES_AT_ONCE, tx => adopt(parts, tx))
  const settled = await untilNone(parts, CASES_AT_ONCE, tx => settle(tx, today))
  const compared = await untilNone(parts, CASES_AT_ONCE, birthComparison(parts, today, CASES_AT_ONCE))
  const collected = await untilNone(parts, 1, needCollection(parts, today))
  const counted = await untilNone(parts, AT_ONCE, tx => tx.figures.addUp(now, AT_ONCE))
  const deleted = await untilNone(parts, AT_ONCE, tx => tx.figures.forget(now - KEPT_MS, AT_ONCE))
  if (adopted === null || settled === null || compared === null || collected === null) return null
  if (counted === null || deleted === null) return null
  const done = { settled, counted, deleted, ...(await check(parts, today)) }
  return (await system(parts, tx => tx.figures.endNight(today, now, done))) ? done : null
}

const system = <T>(parts: AppParts, run: (tx: Tx) => Promise<T>) => parts.store.transaction({ kind: 'system' }, run)

/** Repeats a step in transactions of its own until it finds less than a full batch; null when another worker is at it. */
async function untilNone(parts: AppParts, batch: number, step: (tx: Tx) => Promise<number>): Promise<number | null> {
  for (let sum = 0; ;) {
    const done = await system(parts, async tx => ((await tx.figures.alone()) ? step(tx) : null))
    if (done === null) return null
    sum += done
    if (done < batch) return sum
  }
}

/** Cases from before there were figures get their rows. */
async function adopt(parts: AppParts, tx: Tx): Promise<number> {
  const ids = await tx.figures.missing(CASES_AT_ONCE)
  for (const application of await tx.applications.byIds(ids)) {
    const figure = wholeFigure(application, parts.clockOf)
    await tx.figures.saveCase(figure, countsOf(figure))
  }
  return ids.length
}

async function settle(tx: Tx, today: LocalDate): Promise<number> {
  const ran = await tx.figures.runOut(today, CASES_AT_ONCE)
  for (const before of ran) {
    const after = settleClocks(before, today)
    await tx.figures.saveCase(after, countChanges(before, after))
  }
  return ran.length
}

/** What counts of cases: all that follows from their actions. Ratings and the rest have no row to hold them against. */
const ofCases = new Set<string>([
  ...['received', 'accepted', 'bySilence', 'notOnline', 'decided', 'noticed', 'noticedAgain', 'noticeException'],
  ...['legalMet', 'legalMissed', 'promiseMet', 'promiseMissed'],
])

/** Counts a few villages anew and writes down every counter that differs. */
async function check(parts: AppParts, today: LocalDate): Promise<Pick<NightDone, 'checked' | 'differences'>> {
  const villages = await system(parts, tx => tx.figures.sample(SAMPLE, Math.floor(startOfDay(today) / DAY_MS)))
  let differences = 0
  for (const regionCode of villages) differences += await checkVillage(parts, regionCode, today)
  return { checked: villages.length, differences }
}

async function checkVillage(parts: AppParts, regionCode: string, today: LocalDate): Promise<number> {
  const first = await system(parts, tx => wrongCounters(parts, tx, regionCode, today))
  if (first.length === 0) return 0
  // An action may have come between two of the queries: what is wrong is still wrong a moment later.
  return system(parts, async tx => {
    const again = new Map((await wrongCounters(parts, tx, regionCode, today)).map(count => [countKey(count), count.n]))
    const wrong = first.filter(count => again.get(countKey(count)) === count.n)
    for (const count of wrong.slice(0, MOST_NOTED)) await note(parts, tx, count)
    return wrong.length
  })
}

/** By how much each counter of a village differs from its cases; empty where there are too many to count anew. */
async function wrongCounters(parts: AppParts, tx: Tx, regionCode: string, today: LocalDate): Promise<Count[]> {
  const ids = await tx.figures.ofRegion(regionCode, MOST_CASES + 1)
  if (ids.length > MOST_CASES) return []
  const applications = await tx.applications.byIds(ids)
  const anew = applications.flatMap(one => countsOf(figureOf(one, parts.clockOf(one), today)))
  const stored = (await tx.figures.buckets(regionCode)).filter(({ measure }) => ofCases.has(measure))
  return sumCounts([...anew, ...stored.map(count => ({ ...count, n: -count.n }))])
}

/** A counter that is wrong is our fault: it is written into the audit trail with by how much, and stays as it is. */
async function note(parts: AppParts, tx: Tx, { n, ...bucket }: Count): Promise<void> {
  await tx.audit.add({
    actor: { kind: 'system' },
    action: 'figure.difference',
    objectKind: 'figure',
    objectId: countKey(bucket),
    regionCode: bucket.regionCode,
    detail: { missing: n },
    at: parts.world.now(),
  })
}
