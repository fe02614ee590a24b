import type { App } from './app.ts'
import { certificatePrint } from './certificates.ts'
import { makeFireTimer } from './fireTimer.ts'
import { makeOfficerDesk } from './officer/desk.ts'
import { makeOutboxReports } from './outboxReports.ts'
import type { AppParts } from './parts.ts'
import { residentApplicationView } from './residentView.ts'
import { makeTakeTurn } from './takeTurn.ts'

/** Puts the use cases together. */
export function makeApp(parts: AppParts): App {
  return {
    takeTurn: makeTakeTurn(parts),
    fireTimer: makeFireTimer(parts),
    outbox: makeOutboxReports(parts),
    officer: makeOfficerDesk(parts),
    resident: {
      applications: residentId =>
        parts.store.transaction({ kind: 'resident', residentId }, async tx => {
          const applications = await tx.applications.ofResident(residentId)
          const views = []
          for (const application of applications) views.push(await residentApplicationView(parts, tx, application))
          return views
        }),
      application: (residentId, id) =>
        parts.store.transaction({ kind: 'resident', residentId }, async tx => {
          const application = await tx.applications.byId(id)
          return application?.residentId === residentId ? residentApplicationView(parts, tx, application) : null
        }),
      certificate: (residentId, number) => certificatePrint(parts, residentId, number),
    },
  }
}
