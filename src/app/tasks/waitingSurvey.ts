import type { Officer } from '../../domain/officer.ts'
import { addDays, shanghaiDate, type Instant } from '../../domain/world.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'

/** A survey of the staff as the morning tells of it. */
export interface WaitingSurvey {
  title: string
  closesAt: Instant
}

/**
 * 干部知晓率 for the morning: the survey that still waits for this officer, said when it is new since his last digest, and once more
 * before it closes. Null: there is none to be told of. Needs the eyes of the service.
 */
export async function waitingSurvey(
  parts: AppParts,
  tx: Tx,
  officer: Pick<Officer, 'id'>,
  since: Instant,
): Promise<WaitingSurvey | null> {
  const now = parts.world.now()
  const lastDay = addDays(shanghaiDate(now), 1)
  const surveys = await tx.staffSurveys.openFor(officer.id, now)
  return surveys.find(({ opensAt, closesAt }) => opensAt >= since || shanghaiDate(closesAt) <= lastDay) ?? null
}
