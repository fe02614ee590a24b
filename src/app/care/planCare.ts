import type { Actor } from '../../domain/application.ts'
import { planVisits, wasPaid, type PlannedVisit } from '../../domain/care/carePlan.ts'
import { foldCare } from '../../domain/care/careState.ts'
import { careRulesOf, type CareRules } from '../../domain/packs/care.ts'
import { addDays, shanghaiDate, type LocalDate } from '../../domain/world.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { familyName, openCareTask } from './careTask.ts'
import { followGap } from './contacts.ts'
import { recordCare } from './record.ts'

const service: Actor = { kind: 'system' }

/** How families are looked after in a place. */
export const careRulesAt = (parts: Pick<AppParts, 'packFor'>, regionCode: string): CareRules =>
  careRulesOf(parts.packFor(regionCode).care)

/**
 * Opens the tasks of visits that may be paid from today on, and of pairs that are not whole; a visit that was paid meanwhile opens
 * none. Any number of workers may
 * do it at once. Answers how many families were planned.
 */
export async function planCare(parts: AppParts, limit: number): Promise<number> {
  const today = shanghaiDate(parts.world.now())
  const due = await parts.store.transaction({ kind: 'system' }, tx => tx.care.toPlan(today, limit))
  for (const id of due) {
    await parts.store.transaction({ kind: 'system' }, tx => planFamily(parts, tx, id, today))
  }
  return due.length
}

async function planFamily(parts: AppParts, tx: Tx, id: string, today: LocalDate): Promise<void> {
  const found = await tx.care.lock(id)
  // Another worker was faster.
  const plannedTo = found && (await tx.care.plannedUpTo(id))
  if (!found || (plannedTo !== null && plannedTo >= today)) return
  const state = foldCare(found.actions)
  const from = plannedTo === null ? shanghaiDate(state.since ?? parts.world.now()) : addDays(plannedTo, 1)
  const visits = planVisits(state, careRulesAt(parts, found.regionCode), { from, to: today })
  let family = found
  for (const visit of visits) {
    // What nobody could do in time because no worker ran is not asked for afterwards.
    if (visit.due < today || state.planned[visit.key] !== undefined || wasPaid(visit, state)) continue
    const taskId = await openCareTask(parts, tx, family, {
      source: 'careVisit',
      summary: visitSummary(parts, familyName(parts, family), visit),
      due: visit.due,
    })
    if (taskId === null) continue
    const event = { type: 'planned' as const, key: visit.key, taskId }
    family = await recordCare(tx, family, event, { actor: service, at: parts.world.now() })
  }
  await followGap(parts, tx, family)
  await tx.care.setPlannedTo(id, today)
}

/** A kept day sounds like any visit: whoever reads the list over a shoulder learns nothing. */
function visitSummary(parts: AppParts, family: string, { reason, festival }: PlannedVisit): string {
  if (reason === 'birthday') return parts.text('zh-CN', 'care.task.birthday', { family })
  if (festival === null) return parts.text('zh-CN', 'care.task.visit', { family })
  return parts.text('zh-CN', 'care.task.festival', {
    family,
    festival: parts.text('zh-CN', `care.festival.${festival}`),
  })
}
