import { z } from 'zod'
import { caseKinds, type CaseQuery } from '../app/figures/figureQuery.ts'
import { filingWays, matters } from '../domain/application.ts'
import { addDays, shanghaiDate, type Instant } from '../domain/world.ts'
import { zPlace } from './decode.ts'

/** What narrows the list of cases down to those behind a figure. */
export const caseFilters = {
  cases: z.enum(caseKinds).optional(),
  region: zPlace.optional(),
  matter: z.enum(matters).optional(),
  way: z.enum(filingWays).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
}
export type CaseFilters = z.infer<z.ZodObject<typeof caseFilters>>

/** The question behind the filters; null when none was given. Without days it is the year up to today. */
export function caseQueryOf(
  { cases, region, matter, way, from, to }: CaseFilters,
  now: Instant,
  page: Pick<CaseQuery, 'cursor' | 'limit'>,
): CaseQuery | null {
  if ([cases, region, matter, way, from, to].every(value => value === undefined)) return null
  const until = to ?? shanghaiDate(now)
  return {
    cases: cases ?? 'received',
    regionCode: region ?? null,
    from: from ?? addDays(until, -365),
    to: until,
    ...(matter ? { matter } : {}),
    ...(way ? { way } : {}),
    ...page,
  }
}
