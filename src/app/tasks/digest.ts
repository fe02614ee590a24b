import type { Officer } from '../../domain/officer.ts'
import { responsibleFor, type StaffMember } from '../../domain/staff.ts'
import { addDays, shanghaiDate, startOfDay, type LocalDate } from '../../domain/world.ts'
import { isWorkingDay } from '../../domain/workingDays.ts'
import { asService } from '../asService.ts'
import { eyesOf } from '../officer/eyes.ts'
import type { AppParts } from '../parts.ts'
import { Conflict, type Tx } from '../ports.ts'
import type { TaskCount } from './taskPort.ts'
import { rulesAt } from './taskTime.ts'
import { tellOfficer } from './tellOfficer.ts'

/** An officer's morning in numbers. */
export interface Digest {
  /** He holds, leased or paused. */
  held: number
  /** Nobody holds, and he is to take. */
  waiting: number
  /** Of both: due today, and late. */
  dueToday: number
  overdue: number
  /** Of those waiting: came up to him because they are late. */
  raised: number
  /** Others ask him to take. */
  offered: number
}

/** What lies with this officer on a day. Absent colleagues count with whoever stands in for them. */
export async function digestOf(parts: AppParts, tx: Tx, officer: Officer): Promise<Digest> {
  const at = parts.world.now()
  const today = shanghaiDate(at)
  const [desk] = await asService(tx, () => tx.tasks.desks([officer.id], today, at))
  const waiting = await waitingFor(tx, officer, today)
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

/** What lies open and is his to take: in his own place, and in those of colleagues for whom he stands in. */
async function waitingFor(tx: Tx, officer: Officer, today: LocalDate): Promise<TaskCount[]> {
  const before = tx.eyes()
  const places = [officer, ...(await tx.staff.standsInFor(officer.id, today))]
  const staff = await tx.staff.around(
    places.map(({ regionCode }) => regionCode),
    today,
  )
  for (const { regionCode } of places) staff.push(...(await tx.staff.within(regionCode, today)))
  const all = once(staff)
  const counts = new Map<string, TaskCount>()
  for (const place of places) {
    await tx.as(eyesOf({ ...officer, regionCode: place.regionCode }))
    for (const count of await tx.tasks.census(today, place.regionCode)) counts.set(JSON.stringify(count), count)
  }
  await tx.as(before)
  const isHis = (count: TaskCount) => responsibleFor(count, all).some(({ id }) => id === officer.id)
  // What went up stays with the place as well: it is called in, not taken away.
  return [...counts.values()].filter(
    count => count.status === 'open' && (isHis(count) || isHis({ ...count, raisedTo: null })),
  )
}

function once(members: StaffMember[]): StaffMember[] {
  return [...new Map(members.map(member => [member.officer.id, member])).values()]
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
    const digest = await digestOf(parts, tx, officer)
    if (Object.values(digest).every(number => number === 0)) return
    await tellOfficer(parts, tx, officer, {
      key: 'tasks.digest',
      values: { ...digest },
      dedupeKey: `digest:${officer.id}:${today}`,
      uncounted: true,
      url: '/officer',
    })
  })
}
