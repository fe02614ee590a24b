import { showDay } from '../../conversation/showValue.ts'
import type { Officer } from '../../domain/officer.ts'
import { addDays, shanghaiDate, type Instant } from '../../domain/world.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'

/**
 * 干部知晓率 for the morning: the survey that still waits for this officer, said when it is new since his last digest, and once more
 * before it closes. Null: there is none to be told of. Needs the eyes of the service.
 */
export async function staffSurveyLine(
  parts: AppParts,
  tx: Tx,
  officer: Pick<Officer, 'id'>,
  since: Instant,
): Promise<string | null> {
  const now = parts.world.now()
  const lastDay = addDays(shanghaiDate(now), 1)
  const surveys = await tx.staffSurveys.openFor(officer.id, now)
  const told = surveys.find(({ opensAt, closesAt }) => opensAt >= since || shanghaiDate(closesAt) <= lastDay)
  if (!told) return null
  const by = showDay('zh-CN', shanghaiDate(told.closesAt))
  return parts.text('zh-CN', 'tasks.staffSurveyLine', { title: told.title, by })
}
