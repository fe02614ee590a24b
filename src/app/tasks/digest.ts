import type { Officer } from '../../domain/officer.ts'
import { addDays, shanghaiDate, startOfDay, type LocalDate } from '../../domain/world.ts'
import { isWorkingDay } from '../../domain/workingDays.ts'
import { asService } from '../asService.ts'
import type { AppParts } from '../parts.ts'
import { Conflict, type Tx } from '../ports.ts'
import { digestWords, type Digest } from './digestWords.ts'
import { halfwayTasks } from './halfway.ts'
import type { TaskCount } from './taskPort.ts'
import { waitingSurvey } from './waitingSurvey.ts'
import { rulesAt } from './taskTime.ts'
import { tellOfficer } from './tellOfficer.ts'
import { turnOf, type Turn } from './whoseTurn.ts'

/** What lies with this officer on a day. Absent colleagues count with whoever stands in for them. */
export async function digestOf(parts: AppParts, tx: Tx, officer: Officer): Promise<Digest> {
  return countedFor(parts, tx, officer, await turnOf(tx, officer, shanghaiDate(parts.world.now())))
}

async function countedFor(parts: AppParts, tx: Tx, officer: Officer, turn: Turn): Promise<Digest> {
  const at = parts.world.now()
  const today = shanghaiDate(at)
  const [desk] = await asService(tx, () => tx.tasks.desks([officer.id], today, at))
  const waiting = await waitingFor(tx, turn, today)
  const sum = (of: (count: TaskCount) => number) => waiting.reduce((all, count) => all + of(count), 0)
  return {
    held: (desk?.leased ?? 0) + (desk?.paused ?? 0),
    waiting: sum(({ count }) => count),
    dueToday: (desk?.dueToday ?? 0) + sum(({ dueToday }) => dueToday),
    overdue: (desk?.overdue ?? 0) + sum(({ overdue }) => overdue),
    raised: sum(({ count, raisedTo }) => (raisedTo ? count : 0)),
    offered: desk?.offered ?? 0,
  }
}

/** What lies open and is his to take. */
async function waitingFor(tx: Tx, turn: Turn, today: LocalDate): Promise<TaskCount[]> {
  const counts = new Map<string, TaskCount>()
  await turn.inEachPlace(async place => {
    for (const count of await tx.tasks.census(today, place)) counts.set(JSON.stringify(count), count)
  })
  return [...counts.values()].filter(count => count.status === 'open' && turn.isHis(count))
}

const MINUTE_MS = 60_000
/** Days for which it stays known who had a digest, and how many messages. */
const COUNTS_KEPT_DAYS = 30

/**
 * Writes digests of this morning that are not written yet, for at most `limit` officers: once for each officer and working day,
 * from the hour that the pack of the home county says. Nothing for whoever has nothing to do. Each is a transaction of its own,
 * and any number of workers may run it at once. Answers for how many officers it looked.
 */
export async function sendDigests(parts: AppParts, limit: number): Promise<number> {
  const now = parts.world.now()
  const today = shanghaiDate(now)
  const { digestAt } = rulesAt(parts, parts.settings.homeRegion)
  if (!isWorkingDay(parts.calendars, today) || now < startOfDay(today) + digestAt * MINUTE_MS) return 0
  const officers = await parts.store.transaction({ kind: 'system' }, tx => tx.staff.withoutDigest(today, limit))
  for (const officer of officers) await writeOrReport(parts, officer, today)
  if (officers.length > 0) {
    const first = addDays(today, -COUNTS_KEPT_DAYS)
    await parts.store.transaction({ kind: 'system' }, tx => tx.staff.forgetBefore(first))
  }
  return officers.length
}

/** One officer's trouble is not that of the others. */
async function writeOrReport(parts: AppParts, officer: Officer, today: LocalDate): Promise<void> {
  try {
    await writeDigest(parts, officer, today)
  } catch (error) {
    if (!(error instanceof Conflict)) parts.report(error, 'write a digest')
  }
}

function writeDigest(parts: AppParts, officer: Officer, today: LocalDate): Promise<void> {
  return parts.store.transaction({ kind: 'system' }, async tx => {
    if (!(await tx.staff.claimDigest(officer.id, today, parts.world.now()))) return
    const [himself] = (await tx.staff.around([officer.regionCode], today)).filter(one => one.officer.id === officer.id)
    if (himself?.absent) return
    const turn = await turnOf(tx, officer, today)
    const digest = await countedFor(parts, tx, officer, turn)
    const since = await tx.staff.lastDigest(officer.id, today)
    const survey = await waitingSurvey(parts, tx, officer, since)
    if (survey === null && Object.values(digest).every(number => number === 0)) return
    const halfway = await halfwayTasks(parts, tx, officer, { turn, since })
    await tellOfficer(parts, tx, officer, {
      key: 'tasks.digest',
      values: digestWords(parts, { digest, halfway, survey }),
      dedupeKey: `digest:${officer.id}:${today}`,
      uncounted: true,
      url: '/officer',
    })
  })
}
