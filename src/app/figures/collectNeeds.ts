import { needCounts } from '../../domain/figures/needs.ts'
import { addDays, type LocalDate } from '../../domain/world.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'

/** Days that are made up after a standstill: chats that are older may be gone. */
const MOST_DAYS = 31

/**
 * 群众需求: counts what residents came to the chat for on the oldest day that was not counted yet, one day with each call.
 * Answers 1, or 0 when yesterday is counted. A day counts once, however often this runs.
 */
export function needCollection(parts: AppParts, today: LocalDate): (tx: Tx) => Promise<number> {
  const yesterday = addDays(today, -1)
  const earliest = addDays(today, -MOST_DAYS)
  return async tx => {
    const last = await tx.figures.lastNeedDay()
    const next = last === null ? yesterday : addDays(last, 1)
    const day = next < earliest ? earliest : next
    if (day > yesterday) return 0
    if (!(await tx.figures.endNeedDay(day, parts.world.now()))) return 0
    const needs = await tx.figures.needsOf(day, parts.settings.homeRegion)
    await tx.figures.count(needs.flatMap(needCounts))
    return 1
  }
}
