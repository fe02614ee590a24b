import { covers, type Officer } from '../../domain/officer.ts'
import type { GeoPoint } from '../../domain/seats/coordinates.ts'
import { pointOf } from '../../domain/seats/villageSeat.ts'
import type { TaskSource } from '../../domain/task.ts'
import { shanghaiDate } from '../../domain/world.ts'
import type { TaskView } from '../app.ts'
import type { Outcome } from '../caseViews.ts'
import { taskViewer } from '../officer/views.ts'
import { refused } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'

/**
 * Tasks that tell what was done with a family. Who complained, rated badly or was asked for his opinion stays out: beside a
 * name it would say whose opinion it was.
 */
export const familySources: readonly TaskSource[] = [
  'applicationStep',
  'halfFilledCase',
  'noOfficer',
  'unreachable',
  'commitmentCheck',
  'commitmentBreach',
  'supplementOverdue',
  'correction',
  'careVisit',
  'carePromise',
]

/** As far back as anybody scrolls at a door; little enough for a slow network. */
const MOST_OF_A_FAMILY = 30

/** The other tasks of the same family, as far as this officer may see them, newest first. Empty where the task says of none. */
export async function familyTasks(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  taskId: string,
): Promise<Outcome<TaskView[]>> {
  const task = await tx.tasks.byId(taskId)
  if (!task || !covers(officer.regionCode, task.regionCode)) return refused({ code: 'notFound' })
  if (!familySources.includes(task.source)) return { ok: true, value: [] }
  const others = await tx.tasks.ofSameFamily(taskId, familySources, MOST_OF_A_FAMILY)
  return { ok: true, value: others.map(await taskViewer(parts, tx, officer, others)) }
}

/** What waits in a village: tasks that are not over, those of them that are due today, and those that are late. */
export interface VillageCount {
  regionCode: string
  live: number
  dueToday: number
  overdue: number
  /** Where its office lies, in WGS-84; null while nobody recorded it. */
  seat: GeoPoint | null
}

/** Every place in which something waits for this officer's eyes: most late first, then most due today, then by code. */
export async function villageCounts(parts: AppParts, tx: Tx, officer: Officer): Promise<VillageCount[]> {
  const counts = await tx.tasks.census(shanghaiDate(parts.world.now()), officer.regionCode)
  const seats = new Map((await tx.seats.within(officer.regionCode)).map(seat => [seat.regionCode, pointOf(seat)]))
  const villages = new Map<string, VillageCount>()
  for (const { regionCode, count, dueToday, overdue } of counts) {
    const known = villages.get(regionCode) ?? { live: 0, dueToday: 0, overdue: 0 }
    villages.set(regionCode, {
      ...{ regionCode, seat: seats.get(regionCode) ?? null, live: known.live + count },
      ...{ dueToday: known.dueToday + dueToday, overdue: known.overdue + overdue },
    })
  }
  return [...villages.values()].sort(byUrgency)
}

const byUrgency = (one: VillageCount, other: VillageCount): number =>
  other.overdue - one.overdue || other.dueToday - one.dueToday || one.regionCode.localeCompare(other.regionCode)
