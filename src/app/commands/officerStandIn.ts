/** 替班 by chat: what waits with the colleagues for whom an officer stands in today. */
import type { Json } from '../../conversation/types.ts'
import { eyesOf } from '../officer/eyes.ts'
import { inPlaceOf, standsInFor } from '../tasks/inWhosePlace.ts'
import { outcome, type CommandHandler } from './command.ts'
import { LIST_LINES, linesOf } from './officerTasks.ts'

/**
 * For each absent colleague his place and what waits there, nearest due date first. Orders about these tasks work in his place
 * and role (`inWhosePlace`). Outcomes: `listed`; `none` for who stands in for nobody.
 */
export const officerStandIn: CommandHandler = async (_args, context) => {
  const { parts, tx, officer } = context
  const colleagues = officer ? await standsInFor(parts, tx, officer) : []
  if (!officer || colleagues.length === 0) return outcome('none')
  // A screen for all of them together.
  const limit = Math.max(1, Math.floor(LIST_LINES / colleagues.length))
  const places: Json[] = []
  for (const colleague of colleagues) {
    const there = inPlaceOf(officer, colleague)
    await tx.as(eyesOf(there))
    const { items } = await tx.tasks.list({ status: ['open', 'leased', 'paused'], limit })
    const place = parts.regionName(colleague.regionCode)
    places.push({ name: colleague.name, place, items: await linesOf(context, there, items) })
  }
  return outcome('listed', { places })
}
