import type { AppParts } from '../parts.ts'
import { figureCases } from './figureCases.ts'
import type { FigureDesk } from './figureDesk.ts'
import { figureNight } from './night.ts'
import { makeReports } from './reports.ts'

/** Puts the use cases of the figures together. */
export function makeFigures(parts: AppParts): FigureDesk {
  return {
    ...makeReports(parts),
    cases: (officer, query) => figureCases(parts, officer, query),
    night: () => figureNight(parts),
  }
}
