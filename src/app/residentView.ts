import type { Application } from '../domain/application.ts'
import { foldApplication } from '../domain/applicationState.ts'
import { limitsOf } from '../domain/packs/limits.ts'
import { shanghaiDate } from '../domain/world.ts'
import type { ResidentApplicationView } from './app.ts'
import { officesOf } from './offices.ts'
import type { AppParts } from './parts.ts'
import type { Tx } from './ports.ts'

/**
 * Shows applications as their own resident sees them: where each is, who has it, both dates. No login names, no other
 * people. As many queries for a page as for one.
 */
export async function residentViewer(
  parts: AppParts,
  tx: Tx,
  applications: Application[],
): Promise<(application: Application) => ResidentApplicationView> {
  const officeOf = await officesOf(
    parts,
    tx,
    applications.map(({ regionCode }) => regionCode),
  )
  const certificates = await tx.certificates.ofApplications(applications.map(({ id }) => id))
  const codes = new Map(certificates.map(({ certificate, checkCode }) => [certificate.applicationId, checkCode]))
  return application => {
    const state = foldApplication(application.actions)
    const pack = parts.packFor(application.regionCode)
    const due = parts.dueDates(shanghaiDate(application.receivedAt), limitsOf(pack, application))
    const office = officeOf(application.regionCode)
    return {
      id: application.id,
      number: application.number,
      matter: application.matter,
      status: state.status,
      receivedAt: application.receivedAt,
      promiseDue: due.promiseDue,
      legalDue: due.legalDue,
      certificateNumber: state.certificateNumber,
      checkCode: codes.get(application.id) ?? null,
      office: office.name,
      officePhone: office.phone,
    }
  }
}
