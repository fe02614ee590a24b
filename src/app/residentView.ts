import type { Application } from '../domain/application.ts'
import { foldApplication } from '../domain/applicationState.ts'
import { shanghaiDate } from '../domain/world.ts'
import type { ResidentApplicationView } from './app.ts'
import type { AppParts } from './parts.ts'
import type { Tx } from './ports.ts'

/** An application as its own resident sees it: where it is, who has it, both dates. No login names, no other people. */
export async function residentApplicationView(
  parts: AppParts,
  tx: Tx,
  application: Application,
): Promise<ResidentApplicationView> {
  const state = foldApplication(application.actions)
  const pack = parts.packFor(application.regionCode)
  const due = parts.dueDates(shanghaiDate(application.receivedAt), pack)
  const officer = await tx.officers.forRegion(application.regionCode)
  const held = state.certificateNumber === null ? null : await tx.certificates.ofApplication(application.id)
  return {
    id: application.id,
    number: application.number,
    matter: application.matter,
    status: state.status,
    receivedAt: application.receivedAt,
    promiseDue: due.promiseDue,
    legalDue: due.legalDue,
    certificateNumber: state.certificateNumber,
    checkCode: held?.checkCode ?? null,
    office: parts.regionName(officer?.regionCode ?? application.regionCode),
    officePhone: officer?.officePhone ?? pack.officePhone.value,
  }
}
