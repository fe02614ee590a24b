import type { Outcome, ApplicationView } from '../app.ts'
import type { Officer } from '../../domain/officer.ts'
import { eyesOf } from '../officer/eyes.ts'
import { applicationViewer } from '../officer/views.ts'
import type { AppParts } from '../parts.ts'
import type { Page } from '../ports.ts'
import type { CaseQuery } from './figureQuery.ts'
import { frameOf } from './reports.ts'

/** The cases behind a figure, as every officer sees cases: masked. Newest day first. */
export async function figureCases(
  parts: AppParts,
  officer: Officer,
  query: CaseQuery,
): Promise<Outcome<Page<ApplicationView>>> {
  const framed = frameOf(parts, officer, query)
  if (!framed.ok) return framed
  return parts.store.transaction(eyesOf(officer), async tx => {
    const { items: ids, next } = await tx.figures.cases({ ...query, regionCode: framed.value.region.code })
    const applications = await tx.applications.byIds(ids)
    return {
      ok: true,
      value: { items: applications.map(await applicationViewer(parts, tx, officer, applications)), next },
    }
  })
}
