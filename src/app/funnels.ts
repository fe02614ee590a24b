import { hideSmallCounts, type ShownFunnelStep } from '../domain/funnel.ts'
import type { Officer, OfficerRole } from '../domain/officer.ts'
import { addDays, startOfDay, type LocalDate } from '../domain/world.ts'
import type { App, Outcome } from './app.ts'
import { eyesOf } from './officer/eyes.ts'
import type { AppParts } from './parts.ts'

/** Flows are looked after by the county, whose deployment this is: the counts are of all its places together. */
export const funnelRoles: readonly OfficerRole[] = ['county']

/** One look reads at most so many days: a year and the day that closes it. */
const MOST_DAYS = 366

export interface FunnelFilter {
  /** Name of one flow; null = all. */
  flow: string | null
  /** First and last day, both counted, Asia/Shanghai. */
  from: LocalDate
  to: LocalDate
}

/** Where people stand still, err and leave, step by step; small counts hidden. Refuses other roles, and a range that is none or too long. */
export function makeFunnels({ store }: AppParts): App['funnels'] {
  return async (officer: Officer, { flow, from, to }: FunnelFilter): Promise<Outcome<ShownFunnelStep[]>> => {
    if (!funnelRoles.includes(officer.role)) return { ok: false, refusal: { code: 'notAllowed' } }
    if (from > to || addDays(from, MOST_DAYS) <= to)
      return { ok: false, refusal: { code: 'badInput', fields: ['from', 'to'] } }
    const query = { flow, from: startOfDay(from), until: startOfDay(addDays(to, 1)) }
    const steps = await store.transaction(eyesOf(officer), tx => tx.funnels(query))
    return { ok: true, value: steps.map(hideSmallCounts) }
  }
}
